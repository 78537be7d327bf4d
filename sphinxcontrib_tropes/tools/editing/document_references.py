"""References to a document by name, which change when its file moves: ``:doc:``, toctrees, and
Markdown links.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["lines_with_document", "with_document_moved"]

_DOC_ROLE = re.compile(r"(?::doc:|\{doc\})`(?P<body>[^`]+)`")
_TOCTREE = re.compile(
    r"^(?P<indent>[ \t]*)(?:\.\.[ \t]+toctree::|(?P<fence>```+|:::+)\{toctree\})[^\n]*$",
    re.MULTILINE,
)
_MD_LINK = re.compile(
    r"(?:\]\(|^[ \t]*\[[^\]\n]+\]:[ \t]*|<(?=project:))<?(?:project:)?(?P<target>[^\s()<>#]+\.\w+)",
    re.MULTILINE,
)
_EXPLICIT = re.compile(r"<(?P<target>[^<>]+)>\s*\Z")


def with_document_moved(text: str, path: str, old: str, new: str) -> tuple[str, int]:
    """*text* with its references to the document *old* changed to *new*, and the number of changes.

    :param path: the file that contains *text*.
    """
    spans = [*_roles(text), *_entries(text)]
    if path.endswith((".md", ".markdown")):
        spans += (match.span("target") for match in _MD_LINK.finditer(text))
    pieces: list[str] = []
    position = count = 0
    for start, end in sorted(spans):
        written = text[start:end]
        if _docname(written, path) == old:
            pieces += text[position:start], _like(written, path, new)
            position = end
            count += 1
    return "".join([*pieces, text[position:]]), count


def lines_with_document(doctree: nodes.Node, docname: str, own: str) -> Iterator[int]:
    """The lines of *doctree* that refer to the document *docname*.

    :param own: the path of the document itself.
    """
    for node in doctree.findall(nodes.Element):
        if node.tagname == "toctree" and not node.get("glob"):
            is_found = docname in (entry for _, entry in node["entries"])
        elif node.tagname == "pending_xref" and "doc" in (node["reftype"], node.get("refdomain")):
            is_found = _docname(node["reftarget"], own) == docname
        else:
            continue
        if is_found:
            at: nodes.Element | None = node
            while at is not None and not at.line:
                at = at.parent
            yield at.line or 0 if at is not None else 0


def _roles(text: str) -> list[tuple[int, int]]:
    return [_target(text, *match.span("body")) for match in _DOC_ROLE.finditer(text)]


def _entries(text: str) -> list[tuple[int, int]]:
    found = []
    for match in _TOCTREE.finditer(text):
        position = match.end() + 1
        indent = len(match["indent"].expandtabs())
        for line in text[position:].splitlines(keepends=True):
            body = line.strip()
            if match["fence"]:
                if body.startswith(match["fence"]):
                    break
            elif body and len(line.expandtabs()) - len(line.expandtabs().lstrip()) <= indent:
                break
            if body and not body.startswith(":"):
                start = position + line.index(body)
                found.append(_target(text, start, start + len(body)))
            position += len(line)
    return found


def _target(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the document's name from *start* to *end*; the text may be ``Label <name>``."""
    explicit = _EXPLICIT.search(text, start, end)
    return explicit.span("target") if explicit else (start, end)


def _docname(written: str, path: str) -> str:
    name = written.strip()
    name = name.removesuffix(".trope")
    if name.startswith("/"):
        return name[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), name))


def _like(written: str, path: str, new: str) -> str:
    """*new* in the style of *written*: from the root, or relative to the folder of *path*."""
    suffix = ".trope" if written.endswith(".trope") else ""
    if written.startswith("/"):
        return f"/{new}{suffix}"
    start = posixpath.dirname(path)
    relative = posixpath.relpath(new, start) if start else new
    return f"{'./' if written.startswith('./') else ''}{relative}{suffix}"
