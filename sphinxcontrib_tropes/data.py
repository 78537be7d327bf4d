"""``tropes.json``: the whole wiki as data, beside the pages."""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .wiki.export import as_data

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from .wiki import Wiki

__all__ = ["DATA_FILE", "as_json", "exported", "write_data"]

DATA_FILE = "tropes.json"


def exported(builder: Builder, wiki: Wiki) -> dict[str, Any]:
    """What the file holds, with the addresses of *builder*."""

    def url(docname: str, anchor: str) -> str:
        uri = builder.get_target_uri(docname)
        return f"{uri}#{anchor}" if anchor else uri

    return as_data(wiki, url, str(builder.config.project))


def write_data(builder: Builder, wiki: Wiki) -> None:
    """Writes the file, if what it would hold is new."""
    path = Path(builder.outdir, DATA_FILE)
    data = exported(builder, wiki)
    text = as_json(data)
    try:
        if path.read_text("utf-8") == text:
            return
    except OSError:
        pass
    path.write_text(text, "utf-8")


def as_json(data: Any) -> str:
    """A line for each page and link, so that a change of one is a change of a line."""
    return _indented(data, "\n") + "\n"


def _indented(value: Any, line_end: str) -> str:
    """What ``json.dumps`` gives with an indent of 1 and sorted keys, in a quarter of the time: with
    an indent, that is pure Python, piece by piece.
    """
    if isinstance(value, str):
        return encode_basestring(value)
    within = f"{line_end} "
    if isinstance(value, dict) and value:
        lines = (
            f"{encode_basestring(key)}: {_indented(value[key], within)}" for key in sorted(value)
        )
        return f"{{{within}{f',{within}'.join(lines)}{line_end}}}"
    if isinstance(value, list | tuple) and value:
        lines = (_indented(item, within) for item in value)
        return f"[{within}{f',{within}'.join(lines)}{line_end}]"
    return json.dumps(value)
