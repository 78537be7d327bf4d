"""Reads what stands in a line of TiddlyWiki's wikitext."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from ...tree import Break, Code, Link, Markup, Picture, Text, WebLink
from ..files import without_file
from ..inline_stack import HTML_STYLES, InlineStack, trimmed
from .html_tags import BLOCKS, tag_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...tree import Inline
    from .. import Page
    from .html_tags import Tag

__all__ = ["MACRO", "Inlines", "parameters"]

_UPPER = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0150\u0170"
_LOWER = "a-z\u00df-\u00f6\u00f8-\u00ff\u0151\u0171"
MACRO: Final = r"(?:\"\"\"(?:[^\"]|\"(?!\"\"))*+\"\"\"|\"[^\"]*+\"|[^<>\"]++|>(?!>)|<(?!<)){1,300}+"
"""What stands in ``<<...>>``: macros may be in its quoted parameters."""
_TOKEN: Final = re.compile(
    r"``(?P<code2>(?:[^`]|`(?!`)){1,5000})``|`(?P<code>[^`]{1,5000})`"
    r"|\[\[(?P<link>[^\[\]\n]{1,2000}(?:\][^\[\]\n]{1,200}){0,5})\]\]"
    r"|\[ext\[(?P<ext>[^\]\n]{1,4000})\]\]"
    r"|\[img(?P<size>[^\[\]\n]{0,200})\[(?P<img>[^\[\]\n]{1,2000})\]\]"
    r"|\{\{\{(?P<filter>[^{}]{1,4000}(?:\{[^{}]{0,1000}\}[^{}]{0,1000}){0,5})\}\}[^}\n]{0,100}\}"
    r"|\{\{(?P<transclusion>[^{}]{1,1000})\}\}"
    rf"|<<(?P<macro>{MACRO})>>"
    r"|(?P<url>~?\b(?:file|https?|mailto|ftp|irc|news|data|skype):[^\s<>{}\[\]`|\"\\^]+)"
    rf"|(?P<word>(?<![\w\-])~?[{_UPPER}]{{1,50}}[{_LOWER}]{{1,50}}[{_UPPER}]\w{{0,100}})"
    r"|(?P<mark>''|(?<!:)//|__|~~|\^\^|,,)"
    r"|(?P<lines>\"\"\")|(?P<dash>(?<!-)-{2,3}(?!-))|(?P<entity>&#?[a-zA-Z0-9]{2,8};)"
    r"|(?P<look>@@(?:(?:[^.\r\n\s:@]{1,40}:[^\r\n;@]{1,80};){1,9}|\.[^\s@]{1,80}[ \t]+)?)"
    r"|(?P<comment><!--)|(?P<condition><%(?:[^%]|%(?!>)){0,1000}%>)|(?P<tag></?\$?[a-zA-Z])"
)
_MARKS: Final = {
    "''": "strong",
    "//": "emphasis",
    "__": "insert",
    "~~": "strike",
    "^^": "superscript",
    ",,": "subscript",
}
_ADDRESS: Final = re.compile(r"(?:file|https?|mailto|ftp|irc|news|data|skype):|//")
_PARAMETER: Final = re.compile(
    r"\s*(?:([\w\-.]{1,60})\s*:\s*)?"
    r"(?:\"\"\"((?:[^\"]|\"(?!\"\"))*)\"\"\"|\"([^\"]*)\"|'([^']*)'|\[\[([^\]]*)\]\]|([^\s\"']+))"
)
_WIDTH: Final = re.compile(r"\bwidth\s*=\s*[\"']?(\d{1,4})(?![\d%])")
_ARGUMENT: Final = re.compile(r"\$([0-9])")
_WORDS: Final = re.compile(r"['\"(/~`]{0,3}\w(?![^\s]*:/)(?!.*<<)", re.DOTALL)
"""How a parameter begins that is text, rather than a filter or a part of the program."""
_SENTENCE: Final = re.compile(r"\s*(?:''|//)?[\"'(]?(?:\[\[)?[^\W\d_][^\s]*(?:\s+[^\s]+){4}")
"""How a parameter begins that says something to readers: with five words, the first of letters."""
_LONGEST: Final = 50_000
"""Of a script or a style sheet in a line."""
_LINKS: Final = frozenset(("a", "$link", "$button"))


class Inlines:
    """Reads the lines of one tiddler."""

    def __init__(self, page: Page, fields: Mapping[str, str], *, links_words: bool = True) -> None:
        self._page = page
        self._remarks = page.remarks
        self._fields = fields
        self._links_words = links_words

    def read(self, text: str) -> tuple[Inline, ...]:
        """What stands in *text*."""
        stack = InlineStack()
        has_lines = False
        at = 0
        last = {name: text.rfind(f"</{name}>") for name in _LINKS} | {"!--": text.rfind("-->")}
        while token := _TOKEN.search(text, at):
            _add_text(text[at : token.start()], stack, has_lines=has_lines)
            at = token.end()
            kind = str(token.lastgroup)
            if kind in ("img", "size"):
                stack.add(_picture(token["size"], token["img"]))
            elif kind == "lines":
                has_lines = not has_lines
            elif kind == "comment":
                end = text.find("-->", at) if at <= last["!--"] else -1
                stack.text("" if end >= 0 else token[0])
                at = end + 3 if end >= 0 else at
            elif kind == "url":
                at = token.start() + _add_address(token["url"], stack)
            elif kind == "tag":
                at = self._tag(text, token.start(), last, stack)
            else:
                self._token(kind, token[kind], stack)
        _add_text(text[at:], stack, has_lines=has_lines)
        return trimmed(stack.finished())

    def _token(self, kind: str, value: str, stack: InlineStack) -> None:
        if kind in ("code", "code2"):
            stack.add(Code(value.strip("\n")))
        elif kind in ("link", "ext"):
            stack.add(*without_file(_link(value), self._remarks))
        elif kind == "word":
            if value.startswith("~"):
                stack.text(value[1:])
            elif self._links_words and self._page.is_page(value):
                stack.add(Link(value))
            else:
                stack.text(value)
        elif kind == "mark":
            stack.toggle(_MARKS[value], value)
        elif kind == "dash":
            stack.text("\u2013" if value == "--" else "\u2014")
        elif kind == "entity":
            stack.text(unescape(value))
        elif kind == "look":
            if value != "@@":
                self._remarks.changed("look of @@: left out, its words stay", value)
        else:
            self._live(kind, value, stack)

    def _live(self, kind: str, value: str, stack: InlineStack) -> None:
        """Adds what TiddlyWiki computes when it shows the tiddler."""
        if kind == "macro":
            stack.add(*self._macro(value))
        elif kind == "transclusion":
            stack.add(*self._transclusion(value))
        elif kind == "filter":
            self._remarks.left_out("list {{{filter}}}: left out", value)
        else:
            self._remarks.left_out("condition <% %>: left out, its words stay", value)

    def _transclusion(self, value: str) -> tuple[Inline, ...]:
        reference, _, template = value.partition("||")
        title, marks, field = reference.partition("!!")
        title = title.partition("##")[0].strip()
        if marks and not title:
            if text := self._fields.get(field.strip(), ""):
                return (Text(text),)
            self._remarks.left_out("field {{!!name}}: left out", value)
            return ()
        if not title:
            self._remarks.left_out(f"template {{{{||{template.strip()}}}}}: left out", value)
            return ()
        if title.startswith("$:/"):
            self._remarks.left_out("part of the program {{$:/...}}: left out", value)
            return ()
        if field.strip() not in ("", "text"):
            self._remarks.changed("field of another tiddler {{...!!name}}: a link to it", value)
            return (_to(title, ()),)
        return (Link(title, embeds=True),)

    def _macro(self, value: str) -> tuple[Inline, ...]:
        name, values = parameters(value)
        if name in ("tag", "tag-pill", "tag-link") and values:
            return (Link(values[0]),)
        rule = self._page.rules.get(name.lower())
        has_words = len(values) == 1 and _WORDS.match(values[0])
        self._remarks.template(name, "$1" if has_words else "")
        if rule is None and has_words:
            self._remarks.changed(f"macro <<{name}>>: its words stay", f"<<{value}>>")
            return self.read(values[0])
        if rule is None and (said := tuple(filter(_SENTENCE.match, values))):
            self._remarks.changed(f"macro <<{name}>>: its words stay", f"<<{value}>>")
            return self.read(" ".join(map(str.strip, said)))
        if rule is None:
            self._remarks.left_out(f"macro <<{name}>>: left out", f"<<{value}>>")
            return ()
        known = dict(enumerate(values, 1))
        text = _ARGUMENT.sub(lambda found: known.get(int(found[1]), ""), rule)
        return (Markup(text),) if text else ()

    def _tag(self, text: str, at: int, last: Mapping[str, int], stack: InlineStack) -> int:
        """Adds the tag that begins at *at*; gives where the text after it begins."""
        tag = tag_at(text, at)
        if not tag:
            stack.text(text[at])
            return at + 1
        typed = text[at : tag.end]
        if tag.name in HTML_STYLES:
            if not tag.is_empty:
                (stack.close if tag.is_end else stack.open)(HTML_STYLES[tag.name], typed)
        elif tag.name == "br":
            stack.add(Break())
        elif tag.name in ("img", "$image"):
            source = tag.attributes.get("src") or tag.attributes.get("source", "")
            if source:
                stack.add(_picture(f"width={tag.attributes.get('width', '')}", source))
        elif tag.name in _LINKS and not tag.is_end:
            return self._link_by_tag(tag, text, last[tag.name], stack)
        elif tag.name in ("script", "style") and not tag.is_end:
            end = text.find(f"</{tag.name}>", tag.end, tag.end + _LONGEST)
            self._remarks.left_out(f"<{tag.name}>: left out", text[at : max(end, tag.end)])
            return end if end >= 0 else tag.end
        else:
            stack.add(*self.widget(tag, typed))
        return tag.end

    def _link_by_tag(self, tag: Tag, text: str, last: int, stack: InlineStack) -> int:
        target = tag.attributes.get("href") or tag.attributes.get("to", "")
        end = text.find(f"</{tag.name}>", tag.end) if last >= tag.end and not tag.is_empty else -1
        if not target or end < 0:
            if target and tag.is_empty:
                stack.add(_to(target, ()))
            else:
                self.note_tag(tag, f"<{tag.name}>")
            return tag.end
        stack.add(_to(target, self.read(text[tag.end : end])))
        return end

    def widget(self, tag: Tag, typed: str) -> tuple[Inline, ...]:
        """What stands for *tag*: a link for a transclusion, words, or nothing."""
        values = tag.attributes
        if tag.name in ("$transclude", "$tiddler") and not tag.is_end:
            title = values.get("$tiddler") or values.get("tiddler", "")
            if title and not title.startswith(("$:/", "<<", "{{")) and tag.is_empty:
                return self._transclusion(title)
        elif tag.name == "$text" and values.get("text", "").isprintable():
            return (Text(values.get("text", "")),)
        elif tag.name == "$macrocall" and values.get("$name"):
            name = values["$name"]
            self._remarks.template(name, "")
            self._remarks.left_out(f"macro <<{name}>>: left out", typed)
            return ()
        self.note_tag(tag, typed)
        return ()

    def note_tag(self, tag: Tag, typed: str) -> None:
        """Notes that *tag* is left out."""
        if tag.is_end:
            return
        if tag.name.startswith("$"):
            self._remarks.left_out(f"widget <{tag.name}>: left out, its words stay", typed)
        elif tag.attributes or tag.name not in BLOCKS | {"span", "a"}:
            self._remarks.changed(f"look of <{tag.name}>: left out, its words stay", typed)


def _add_text(text: str, stack: InlineStack, *, has_lines: bool) -> None:
    if not has_lines:
        stack.text(text)
        return
    for number, line in enumerate(text.split("\n")):
        if number:
            stack.add(Break())
        stack.text(line)


def _add_address(value: str, stack: InlineStack) -> int:
    """Adds the address that *value* begins with, and gives its length; a mark may follow it."""
    end = len(value.rstrip(".,;:!?'*_)(=&#@$%+-~"))
    if value.endswith("//", 0, end) and stack.has(_MARKS["//"]):
        end -= 2
    if value.startswith("~"):
        stack.text(value[1:end])
    else:
        stack.add(WebLink(value[:end]))
    return end


def _link(value: str) -> Inline:
    label, bar, target = value.rpartition("|")
    return _to(target.strip(), (Text(label.strip()),) if bar and label.strip() else ())


def _to(target: str, children: tuple[Inline, ...]) -> Inline:
    if _ADDRESS.match(target):
        return WebLink(target, children)
    if target.startswith("#"):
        target = unquote(target[1:])
    # the last part alone is no title
    return Link(target, children or ((Text(target),) if "/" in target else ()))


def _picture(size: str, value: str) -> Picture:
    alt, _, source = value.rpartition("|")
    width = _WIDTH.search(size or "")
    return Picture(source.strip(), alt.strip(), int(width[1]) if width else 0)


def parameters(value: str) -> tuple[str, list[str]]:
    """The name of a macro, and the values of its parameters."""
    name, *more = value.split(maxsplit=1) or [""]
    rest = "".join(more)
    name, colon, begin = name.partition(":")
    values = [
        next((one for one in found[1:] if one), "")
        for found in _PARAMETER.findall(f"{begin} {rest}" if colon else rest)
    ]
    return name.strip() or value.strip(), values
