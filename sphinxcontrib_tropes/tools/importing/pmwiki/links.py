"""Links of PmWiki in trope markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ....markup.dialect import DIALECT
from ....names import MAIN
from .attachments import ATTACH, attached, is_picture
from .bookkeeping import is_bookkeeping
from .drafts import Change
from .intermap import bare_end, intermap_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ....markup import MarkupSettings
    from .drafts import Draft
    from .wiki_facts import WikiFacts, WikiPage

__all__ = ["Links", "linked_groups", "rewrite_links", "switches_wikiwords"]

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:\S")
_BRACKETS = re.compile(r"\[\[(?P<inside>[^\[\]]*)\]\](?P<suffix>.*)", re.DOTALL)
_WORDS = re.compile(r"\s")
# Not text, though it may seem to contain links: directives, variables, translations, styles.
# Each is limited in length: a text of nothing but openings takes linear time.
_NOT_TEXT = re.compile(
    r"\(:[A-Za-z](?:(?!:\)).){0,2000}:\)"
    r"|\{[^{}\n]{0,200}\$:?[A-Za-z][^{}\n]{0,100}\}"
    r"|\$\[[^\]\n]{1,200}\]"
    r"|\$:?[A-Za-z]\w*"
    r"|%[A-Za-z][\w =#.,:;\-]{0,200}%"
    r"|\b(?:Attach:|[a-z]{3,9}://)\S{1,2000}",
    re.DOTALL,
)
_REDIRECT = re.compile(r"\(:redirect[ \t]+(?P<arguments>[^\n]{1,2000}?):\)[ \t]*$", re.MULTILINE)
_ARGUMENT = re.compile(
    r"""(?:(?P<key>\w+)[=:])?(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>\S+))"""
)
_TOOLTIP = re.compile(r"\s*\"[^\"]*\"\s*\Z")
_QUERY = re.compile(r"\?[^#]*")
_ACTION = re.compile(r"\?(?:[^#]*&)?action=")
_SWITCH = re.compile(r"\(:(?P<no>no)?linkwikiwords:\)", re.IGNORECASE)
_GROUP = re.compile(
    r"\[\[(?:[^\[\]|]{0,200}?->)?\s*(?:(?P<sign>[~!])|\(?(?P<group>[A-Z][\w-]*)[./](?=[\w)]))"
    r"|(?:<<?\||\^\|)(?P<trail>[A-Z][\w-]*)[./](?=\w)"
    r"|\(:pagelist[ \t](?:(?!:\))[^\n]){0,500}?(?P<listed>\bCategory[ ./]|!)"
)
_GROUP_OF_SIGN = {"~": "Profiles", "!": "Category"}
_STYLE = re.compile(r"%[A-Za-z][\w =#.,:;\-]{0,200}%|%%")
_PADDED = re.compile(r"\[\[[ \t]{1,20}(?P<inside>[^\s\[\]|][^\[\]\n]{0,500})\]\]")
_PREFIX = re.compile(r"(?P<prefix>[A-Z][\w\-]{0,60}):(?=[^\s/])")
_SCHEMES = ("http", "https", "ftp", "mailto", "news", "tel")
_HOME_PAGE = "HomePage"
_INTERMAP = re.compile(r"(?<![\w:/.\-&?=#@])(?P<prefix>[A-Za-z][\w\-]{0,60}):(?=[\w.~/])")


class _Link(NamedTuple):
    """What a link becomes."""

    text: str
    remark: str = ""
    """A sentence, if it says more than the text."""


def linked_groups(text: str) -> set[str]:
    """The groups that *text* links to."""
    return {
        match["group"]
        or match["trail"]
        or _GROUP_OF_SIGN["!" if match["listed"] else match["sign"]]
        for match in _GROUP.finditer(text)
    }


def switches_wikiwords(text: str) -> bool | None:
    """Whether *text* itself turns WikiWords on or off; None if it does neither."""
    switches = [match["no"] is None for match in _SWITCH.finditer(text)]
    return any(switches) if switches else None


def rewrite_links(draft: Draft, links: Links, *, wikiwords: bool) -> None:
    """Writes the links of *draft* in trope markup.

    ``[[A few words]]`` is one page in PmWiki, and gets braces. A name without a group means a page
    of the same group, and gets that group unless it is Main.
    """
    draft.change(
        Change(*match.span(), f"[[{match['inside'].rstrip()}]]")
        for match in _PADDED.finditer(draft.text)
    )
    draft.change(_changes(draft.text, links, wikiwords=wikiwords))


def _changes(source: str, links: Links, *, wikiwords: bool) -> Iterator[Change]:
    not_text = [(*match.span(), "") for match in _NOT_TEXT.finditer(source)]
    redirects = {match.start(): match for match in _REDIRECT.finditer(source)}
    # marks of styles are no text, and hide no link: some begin what the next mark ends
    without_styles = _STYLE.sub(lambda mark: " " * len(mark[0]), source)
    tokens = DIALECT.scanner(wikiwords=wikiwords).tokens(without_styles)
    found = [token[:3] for token in tokens if not token[2].startswith("_")]
    others = [(*span, "intermap") for span in links.intermap_spans(source)]
    at = 0
    for start, end, construct in sorted([*not_text, *found, *others]):
        if start < at:
            continue
        typed = source[start:end]
        if construct:
            link = _link(typed, construct, links)
            if link.text != typed:
                yield Change(start, end, link.text, link.remark or f"{typed} is now {link.text}")
        elif redirect := redirects.get(start):
            changed, remark = _redirect(redirect, links)
            if changed != redirect[0]:
                remark = remark or f"{redirect[0]} is now {changed}"
                yield Change(*redirect.span(), changed, remark)
        at = max(at, end)


def _redirect(match: re.Match[str], links: Links) -> tuple[str, str]:
    """A redirect in trope markup, and a remark on it."""
    options: dict[str, str] = {}
    for argument in _ARGUMENT.finditer(match["arguments"]):
        value = argument["double"] or argument["single"] or argument["bare"] or ""
        is_address = argument["key"] and (
            value.startswith("//") or links.address(f"{argument['key']}:{value}")
        )
        key = "to" if is_address else (argument["key"] or "to")
        options.setdefault(key, f"{argument['key']}:{value}" if is_address else value)
    target = options.pop("to", "")
    if not target or ("$" in target and "://" not in target):
        return "", f"{match[0]} leads to a page that only the old wiki knows; left out"
    target = links.address(target) or target
    if _URI.match(target):
        shown = f"\u2192 {target}"
        return shown, f"{match[0]} is now {shown}: a redirect must point to a page"
    changed = f"(:redirect {links.spelling(target)}:)"
    if not options:
        return changed, ""
    left_out = ", ".join(sorted(options))
    return changed, f"{match[0]} is now {changed}; left out: {left_out}"


class Links:
    """What the links of a page lead to.

    :param namespace: namespace of the page.
    :param is_written: whether a page with a canonical name exists.
    """

    def __init__(
        self,
        page: WikiPage,
        namespace: str,
        settings: MarkupSettings,
        facts: WikiFacts,
        is_written: Callable[[str], bool],
    ) -> None:
        self._page_of_links = page
        self._namespace = namespace
        self._names = settings.namespaces
        self._facts = facts
        self._is_written = is_written

    def address(self, target: str) -> str:
        """The address of a page of another wiki, ``Wikipedia:Stonehenge``; empty if it is none."""
        if ":" not in target:
            return ""
        return intermap_address(_TOOLTIP.sub("", target), self._facts.intermap)

    def intermap_spans(self, source: str) -> Iterator[tuple[int, int]]:
        """The start and end of each InterMap link without brackets."""
        for match in _INTERMAP.finditer(source):
            if match["prefix"] in self._facts.intermap:
                end = bare_end(source, match.end())
                if end > match.end():
                    yield match.start(), end

    def picture(self, label: str) -> str:
        """The picture that a label, ``Attach:x.png``, shows; empty if it shows none."""
        if not label.startswith(ATTACH):
            return ""
        place = attached(label.removeprefix(ATTACH).partition('"')[0], *self._here).place
        return f"[[image:{place}]]" if place and is_picture(place) else ""

    def words(self, label: str) -> str:
        """*label* as words: the name of a file without what is before it."""
        if not label.startswith(ATTACH):
            return label
        return attached(label.removeprefix(ATTACH).partition('"')[0], *self._here).name

    @property
    def _here(self) -> tuple[WikiPage, WikiFacts]:
        return self._page_of_links, self._facts

    def why_nowhere(self, target: str) -> str:
        """The reason why *target* is no page and no address here; empty if it is one."""
        if "$" in target and not _URI.match(target):
            return "leads to a page that only the old wiki knows"
        if target.startswith(ATTACH):
            return "leads to a file"
        if target.startswith("Path:"):
            return "leads to a path on the server"
        if (prefix := _PREFIX.match(target)) and not self.address(target):
            known = self._names.find(prefix["prefix"]) or prefix["prefix"].lower() in _SCHEMES
            if not known:
                return "leads to another wiki, and its address is not known"
        if _ACTION.search(target) and "://" not in target:
            return "asks the old wiki to do something"
        if not target.startswith("#") and self._is_left_out(target):
            return "leads to a page for PmWiki's own use"
        return ""

    def _is_left_out(self, target: str) -> bool:
        name = target.partition("#")[0].partition("?")[0].strip()
        if not name or _URI.match(name):
            return False
        group = self._page_of_links.group
        full = name.replace("/", ".", 1) if "/" in name or "." in name else f"{group}.{name}"
        spelled = full.replace(" ", "")
        return is_bookkeeping(spelled) and self._facts.page(full, group) is None

    def spelling(self, target: str) -> str:
        """*target* in trope markup: with the group of the page, if it has none and that group is
        not Main; without tooltip and query.
        """
        if target.startswith("#") or _URI.match(target):
            return _TOOLTIP.sub("", target)
        target = _QUERY.sub("", _TOOLTIP.sub("", target), count=1).strip()
        if target.startswith("~"):
            target = f"{_GROUP_OF_SIGN['~']}/{target[1:].strip()}"
        page, sign, section = target.partition("#")
        return f"{self._page(page)}{sign}{section}"

    def _page(self, page: str) -> str:
        names = self._names
        for separator in "/.":
            before, found, after = page.partition(separator)
            if found and names.find(before):
                return page if after.strip() else self._found(before, [before, _HOME_PAGE], page)
        if (here := names.page_name(page, self._namespace)) is None:
            return page
        if not self._is_written(str(here)) and (group := names.find(page)):
            there = self._found(group, [group, _HOME_PAGE], "")
            if there:
                return there
        return page if self._namespace == MAIN else f"{self._namespace}/{page}"

    def _found(self, group: str, pages: list[str], default: str) -> str:
        """The first of *pages* in *group* that exists."""
        namespace = self._names.find(group)
        written = (f"{namespace}/{page}" for page in pages)
        return next((name for name in written if self._is_written(name)), default)

    def braced(self, target: str) -> str:
        """``Film/A few words`` -> ``Film/{{A few words}}``."""
        for separator in "/.":
            before, found, after = target.partition(separator)
            if found and after.strip() and (namespace := self._names.find(before)):
                return f"{namespace}/{{{{{' '.join(after.split())}}}}}"
        return f"{{{{{' '.join(target.split())}}}}}"


def _link(typed: str, construct: str, links: Links) -> _Link:
    """The link *typed*, in trope markup."""
    if construct in ("wikiword", "wikiword_qualified"):
        return _Link(typed if links.why_nowhere(typed) else links.spelling(typed))
    if construct == "intermap":
        return _Link(f"[[{links.address(typed)} | {typed}]]")
    if construct == "piped_labelled":
        target, _, label = typed[2:].partition("|")
        target = links.address(target.strip()) or links.spelling(target.strip())
        return _Link(f"[[{target} |{label}" if "$" not in target else typed)
    match = _BRACKETS.fullmatch(typed)
    if match is None:
        return _Link(typed)
    inside, suffix = match["inside"], match["suffix"]
    if construct == "category":
        name = inside[1:].strip()
        known = any(sign in name for sign in "/.$")
        return _Link(typed if known else f"[[!{_GROUP_OF_SIGN['!']}/{name}]]{suffix}")
    if construct == "hidden_part":
        return _hidden_part(typed, inside, suffix, links)
    if construct == "arrow":
        label, _, target = inside.rpartition("->")
        return _labelled(typed, target.strip(), f"{label}-> {{}}", label, suffix, links)
    if construct == "piped":
        target, _, label = inside.partition("|")
        return _labelled(typed, target.strip(), f"{{}} |{label}", label, suffix, links)
    if construct == "link":
        return _bare(typed, inside.strip(), suffix, links)
    return _Link(typed)


def _words(typed: str, words: str, why: str) -> _Link:
    """The *words* of a link that leads nowhere here."""
    return _Link(words, f"{typed} {why}; its words are kept")


def _hidden_part(typed: str, inside: str, suffix: str, links: Links) -> _Link:
    full = inside.replace("(", "", 1).replace(")", "", 1)
    shown = inside.partition(")")[2].strip()
    if why := links.why_nowhere(full):
        return _words(typed, f"{shown}{suffix}", why)
    if address := links.address(full):
        return _Link(f"[[{address} | {shown}]]{suffix}")
    spelled = links.spelling(full)
    return _Link(typed if spelled == full else f"[[{spelled} | {shown}]]{suffix}")


def _labelled(typed: str, target: str, form: str, label: str, suffix: str, links: Links) -> _Link:
    label = label.strip()
    if label == "+" and (links.why_nowhere(target) or links.address(target)):
        return _bare(typed, target, suffix, links)
    picture = links.picture(label)
    if why := links.why_nowhere(target):
        return _words(typed, f"{picture or links.words(label)}{suffix}", why)
    spelled = links.address(target) or links.spelling(target)
    if label == "+":  # the title of the page
        return _Link(f"[[{spelled}|+]]{suffix}")
    if label.startswith(ATTACH):
        return _Link(f"[[{spelled} | {picture or links.words(label)}]]{suffix}")
    if spelled == target:
        return _Link(typed)
    return _Link(f"[[{form.replace('{}', spelled, 1)}]]{suffix}")


def _bare(typed: str, target: str, suffix: str, links: Links) -> _Link:
    if why := links.why_nowhere(target):
        words = target.partition("?")[0] if "action=" in target else target
        return _words(typed, f"{links.words(words)}{suffix}", why)
    if address := links.address(re.sub(r"[()]", "", target)):
        shown = _TOOLTIP.sub("", re.sub(r"\([^()]*\)", "", target)).strip()
        return _Link(f"[[{address} | {shown or target}]]{suffix}")
    if target.startswith(("#", "!")) or _URI.match(target):
        spelled = _TOOLTIP.sub("", target)
        return _Link(typed if spelled == target else f"[[{spelled}]]{suffix}")
    spelled = links.spelling(target)
    page, sign, section = spelled.partition("#")
    if not _WORDS.search(page):
        return _Link(typed if spelled == target else f"[[{spelled}]]{suffix}")
    braced = links.braced(page)
    if sign:
        return _Link(f"[[{braced}#{''.join(section.split())}]]{suffix}")
    return _Link(f"{braced}{suffix}")
