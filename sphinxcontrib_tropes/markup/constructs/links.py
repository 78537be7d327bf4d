"""Links in brackets: ``[[Target label]]``, ``[[Target]]s``, and PmWiki's bar and arrow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes

from ...addresses import is_safe, well_formed
from ...internals.docutils.fast_nodes import fill, make_text
from ...names import decoded, slug
from ..characters import LETTERS, has_visible_characters
from ..declaration import Atom, Block, Span
from ..labels import is_visible
from ..nodes import make_link, trope_link
from ..other_dialects import MEDIAWIKI_PREFIXES
from ..reports import nearest

if TYPE_CHECKING:
    from ..blocks import BlockReader
    from ..declaration import Made
    from ..inline import InlineContext

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:(?!\s)")
_MOST_BARE = 100
"""Maximum anchors of a page without a node around them: Sphinx counts siblings before each."""
_HIDDEN_PART = re.compile(r"(?<=.)\([^()]*\)\Z")

# A label without markup, so that one match is the whole link.
_PLAIN = r"[^\[\]{}'@\\%`|&\ufdd0]*+"
_LABEL = rf"{_PLAIN}(?:(?:'(?!['^_+\-])|@(?!@)|%(?![%A-Za-z])|&(?!#?[A-Za-z0-9]++;)){_PLAIN})*+"
_TARGET = r"(?!/)(?:[^\s\[\]{}|]*\{\{[^{}]++\}\}[^\s\[\]{}|]*|[^\s\[\]{}|]++)"
# In braces, a bar is part of the target.
_BEFORE_BAR = r"(?:[^\[\]|{]|\{(?:\{[^{}\[\]]++\}\})?+)"

# Words that other constructs start with, ``[[word:``: for warnings about incomplete ones.
_WITH_COLON = (
    "AC",
    "caption-width",
    "caption-width-left",
    "caption-width-right",
    "center",
    "color",
    "hottip",
    "image",
    "indent",
    "labelnote",
    "math",
    "played",
    "quoteleft",
    "quoteright",
    "rtl",
    "spoiler",
    "strike",
)
# Words that are hardly ever meant as targets.
_NO_TARGETS = frozenset(["spoiler", "folder", "labelnote", "quoteright", "quoteleft", "strike"])
# Words that start markup, and where they can.
_MARKS = {
    "folder": "it stands at the head of a line",
    "WMG": "it stands at the head of a line",
    "box": "it stands at the head of a line",
    "redirect": "it stands alone on a line",
    "note": "it is [[note]]",
    "index": "it is [[index]], at the head of a line",
} | dict.fromkeys(_WITH_COLON, "it is not complete")
_AFTER = {"note": "]]", "index": "]]"}
_ENDS = {"folder": "", "index": "", "note": "", "labelnote": "", "WMG": "", "box": "", "math": ""}

_CATEGORY = r"(?:[^\[\]{}|]|\{\{[^{}\[\]]++\}\})++"


def page_link(
    context: InlineContext,
    spelling: str,
    children: list[nodes.Node],
    *,
    explicit: bool = False,
    suffix: str = "",
) -> trope_link:
    """A link to the page that *spelling* names, or to a section of it after ``#``.

    :raises ValueError: if it does not name a page.
    """
    spelled = context.settings.namespaces.spelled(spelling)
    if spelled is None:
        msg = f"{spelling!r} names no page"
        raise ValueError(msg)
    return make_link(children, "", context.line, spelled.name, spelled.section, explicit, suffix)


def _destination(
    target: str, children: list[nodes.Node], context: InlineContext, **options: object
) -> nodes.Element | None:
    """The link to *target*; None, with a warning, if no link is possible."""
    target = context.escapes.plain(target)
    if target.startswith("#"):
        reference = nodes.reference("", "", *children, refid=slug(target), internal=True)
        reference.line = context.line
        return reference
    if ":" in target and _is_uri(target, context):
        target = decoded(target)
        if is_safe(target):
            return nodes.reference("", "", *children, refuri=well_formed(target), internal=False)
        if not target.startswith(MEDIAWIKI_PREFIXES):  # the page gets a single warning about these
            context.warn(_why_not(target))
        return None
    if target.endswith(":") and nearest(target[:-1], _MARKS):
        context.warn(_why_not(target))
        return None
    try:
        return page_link(context, target, children, **options)  # type: ignore[arg-type]
    except ValueError:
        context.warn(f"[[{target}]] names no page: it has no letter or digit; shown as text")
        return None


def _why_not(target: str) -> str:
    """Why ``[[target ...]]``, which starts with a word and a colon, is text: a sentence."""
    word = target.partition(":")[0]
    meant = nearest(word, _MARKS)
    if not meant:
        return f"no link to {target!r}: http, https, mailto and ftp are possible; shown as text"
    if meant == word:
        return f"[[{word}: is no markup in this place; shown as text ({_MARKS[meant]})"
    return (
        f"[[{word}: is no markup; shown as text (did you mean [[{meant}{_AFTER.get(meant, ':')}?)"
    )


def _is_uri(target: str, context: InlineContext) -> bool:
    before = target.partition(":")[0]
    return _URI.match(target) is not None and not context.settings.namespaces.find(before)


def _link(match: re.Match[str], context: InlineContext) -> Made:
    target, label, suffix = match.group("link_target", "link_label", "link_suffix")
    if target in _NO_TARGETS:
        context.warn(f"[[{target} ...]] is a link to a page; did you mean [[{target}:...]]?")
    if label and not label.isascii() and not has_visible_characters(label):
        return _with_label(target, "", suffix, match, context)
    if label and not suffix and target.replace("/", "").isalnum() and "://" not in label:
        spelled = context.spelled(target)
        if spelled is not None:  # most links: saves 4 % of the parser's time
            name, section, _ = spelled
            return make_link([make_text(label)], "", context.line, name, section, True, "")
    if label:
        children: list[nodes.Node] = [make_text(label)]
        if "://" in label:
            children = context.label(label)
        if suffix:
            children.append(make_text(suffix))
        return _joined(target, children, match, context, explicit=True)
    if target.startswith("#"):
        if not slug(target):
            return context.as_typed(match)
        anchor: nodes.Element = nodes.target("", "", ids=[context.new_id(target)])
        context.anchors += 1
        if context.anchors > _MOST_BARE:
            anchor = nodes.inline("", "", anchor)
        return [anchor, make_text(suffix)] if suffix else anchor
    if _URI.match(target):
        return _joined(target, [make_text(decoded(target) + suffix)], match, context)
    shown = _HIDDEN_PART.sub("", target)
    words = context.words(context.escapes.plain(shown)) + suffix
    if shown != target or "|" in target:  # the writer chose the text
        return _joined(target, [make_text(words)], match, context, explicit=True)
    return _joined(target, [make_text(words)], match, context, suffix=suffix)


def _hidden_part(match: re.Match[str], context: InlineContext) -> Made:
    """``[[(wiki) word]]``: the part in parentheses belongs to the target and is not shown."""
    before, shown, suffix = match.group("hidden_in", "hidden_shown", "hidden_suffix")
    children = context.label(shown.strip())
    if not is_visible(children):
        children = [make_text(before.strip())]
    children.append(make_text(suffix))
    return _joined(f"{before} {shown}", children, match, context, explicit=True)


def _joined(
    target: str,
    children: list[nodes.Node],
    match: re.Match[str],
    context: InlineContext,
    **options: object,
) -> Made:
    link = _destination(target, children, context, **options)
    return context.as_typed(match) if link is None else link


def _piped(match: re.Match[str], context: InlineContext) -> Made:
    target, label, suffix = match.group("piped_target", "piped_label", "piped_suffix")
    if label.strip() == "+":  # as in PmWiki: the title of the page
        label = ""
    return _with_label(target, label, suffix, match, context)


def _arrow(match: re.Match[str], context: InlineContext) -> Made:
    target, label, suffix = match.group("arrow_target", "arrow_label", "arrow_suffix")
    return _with_label(target, label, suffix, match, context)


def _with_label(
    target: str, label: str, suffix: str, match: re.Match[str], context: InlineContext
) -> Made:
    target = target.strip()
    children = context.label(label.strip())
    if not is_visible(children):
        made = _joined(target, [], match, context)
        if isinstance(made, nodes.Element):
            _show_target(made, target, context, suffix)
        return made
    children.append(make_text(suffix))
    return _joined(target, children, match, context, explicit=True)


def _show_target(
    link: nodes.Element, target: str, context: InlineContext, suffix: str = ""
) -> None:
    """Makes the name of its target the text of *link* if its label is not visible. Notes and
    anchors in the label stay.
    """
    target = context.escapes.plain(target)
    kept = [child for child in link.children if isinstance(child, nodes.Element)]
    if isinstance(link, trope_link):
        words = context.words(target)
        link["explicit"], link["suffix"] = bool(kept), suffix
    else:
        words = decoded(target).removeprefix("#")
    fill(link, [make_text(words + suffix), *kept])


def _labelled(match: re.Match[str], context: InlineContext) -> nodes.Element | None:
    return _destination(match["labelled_target"], [], context, explicit=True)


def _complete_labelled(
    link: nodes.Element, match: re.Match[str], context: InlineContext, suffix: str
) -> None:
    _show_target(link, match["labelled_target"], context, suffix)


def _piped_labelled(match: re.Match[str], context: InlineContext) -> nodes.Element | None:
    return _destination(match["barred_target"].strip(), [], context, explicit=True)


def _complete_piped(
    link: nodes.Element, match: re.Match[str], context: InlineContext, suffix: str
) -> None:
    _show_target(link, match["barred_target"].strip(), context, suffix)


def _category(match: re.Match[str], context: InlineContext) -> Made:
    target = match["category_name"].strip()
    try:
        link = page_link(context, target, [make_text(context.words(target))])
    except ValueError:
        context.warn(f"[[!{target}]] names no index: it has no letter or digit; shown as text")
        return context.as_typed(match)
    link["classes"].append("trope-category")
    return link


def _categories(match: re.Match[str], reader: BlockReader) -> None:
    """A line that is only ``[[!...]]``: says which indexes list the page, and is not part of the
    text around it.
    """
    if reader.is_in_paragraph and reader.peek():
        reader.add_text(match[0])
        return
    paragraph = reader.text_block(nodes.paragraph, match[0])
    paragraph["classes"].append("trope-categories")
    reader.add(paragraph)


def unclosed(match: re.Match[str], context: InlineContext) -> Made:
    """A mark that nothing in its block closes: becomes text, with a warning."""
    context.unclosed(match[0])
    return context.as_typed(match)


def _end(match: re.Match[str], context: InlineContext) -> Made:
    """A mark that looks like the end of markup but ends none."""
    meant = nearest(match["end_unclosed_name"], _ENDS)
    hint = f" (did you mean [[/{meant}]]?)" if f"[[/{meant}]]" not in ("[[/]]", match[0]) else ""
    context.warn(f"{match[0]} closes nothing; shown as text{hint}")
    return context.as_typed(match)


def _unclosed_link(match: re.Match[str], context: InlineContext) -> Made:
    context.unclosed(match[0] + match["link_unclosed_target"])
    return context.as_typed(match)


def _incomplete(match: re.Match[str], context: InlineContext) -> Made:
    """A mark with a word and a colon that is neither markup nor an address."""
    context.warn(_why_not(match["word_unclosed_target"]))
    return context.as_typed(match)


CONSTRUCTS = [
    Atom(
        "category",
        rf"\[\[!(?P<category_name>{_CATEGORY})\]\]",
        _category,
        "one of the [[!RomanceTropes]]",
    ),
    Block(
        "categories",
        rf"(?:\[\[!{_CATEGORY}\]\][ \t,;]*+)++\Z",
        _categories,
        "[[!RomanceTropes]], [[!LoveTropes]]",
    ),
    Atom(
        "piped",
        rf"\[\[(?P<piped_target>{_BEFORE_BAR}++)\|"
        r"(?P<piped_label>(?:[^\[\]|]|\[[^\[\]]*+\](?!\]))++)\]\]"
        rf"(?P<piped_suffix>{LETTERS})",
        _piped,
        "[[half human hybrid | such a child]]",
        needs="|",
    ),
    Atom(
        "arrow",
        rf"\[\[(?P<arrow_label>(?:[^\[\]|\-]|-(?!>))*+)->(?P<arrow_target>{_BEFORE_BAR}++)\]\]"
        rf"(?P<arrow_suffix>{LETTERS})",
        _arrow,
        "[[such a child -> half human hybrid]]",
        needs=">",
    ),
    Atom(
        "hidden_part",
        r"\[\[\((?P<hidden_in>[^()\[\]|]++)\)(?P<hidden_shown>[^()\[\]|]++)\]\]"
        rf"(?P<hidden_suffix>{LETTERS})",
        _hidden_part,
        "[[(wiki) word]]",
    ),
    Atom(
        "link",
        rf"\[\[(?P<link_target>{_TARGET})(?:[ \t\n]++(?P<link_label>{_LABEL}))?\]\]"
        rf"(?P<link_suffix>{LETTERS})",
        _link,
        "[[MohsScaleOfScienceFictionHardness less realistic]]",
    ),
    Span(
        "piped_labelled",
        rf"\[\[(?P<barred_target>{_BEFORE_BAR}++)\|[ \t]*+",
        "]]",
        _piped_labelled,
        "[[half human hybrid | such ''a'' child]]",
        needs="|",
        is_link=True,
        complete=_complete_piped,
    ),
    Span(
        "labelled",
        rf"\[\[(?P<labelled_target>{_TARGET})[ \t\n]++",
        "]]",
        _labelled,
        "[[HumanAliens a ''human'' form]]",
        is_link=True,
        complete=_complete_labelled,
    ),
    Atom("end_unclosed", r"\[\[/(?P<end_unclosed_name>[A-Za-z]++)\]\]", _end, "[[/foldr]]"),
    # followed by more words, it is an unclosed link with a label
    Atom(
        "link_unclosed",
        r"\[\[(?=(?P<link_unclosed_target>[^\s\[\]{}|']++)\s*+\Z)",
        _unclosed_link,
        "[[HumanAliens",
    ),
    # with other markup instead of a word: [[hottip:[[spoiler:x]]:y]]
    Atom(
        "word_unclosed",
        r"\[\[(?P<word_unclosed_target>[A-Za-z][\w\-]*+:[\w:]*+)(?=\[)",
        _incomplete,
        "[[labelnote:[[HumanAliens]]]]",
    ),
]
