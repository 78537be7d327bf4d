"""The files of a page in an output directory, and which of the pages there are generated ones."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ..builders import abilities
from ..pages.site_map import NOT_FOUND

if TYPE_CHECKING:
    from sphinx.builders import Builder

__all__ = ["own_pages", "page_files", "page_path"]


def page_path(builder: Builder, docname: str) -> Path | None:
    """The file that *builder* writes for a document; None if that can't be known."""
    if hasattr(builder, "get_output_path"):
        return Path(builder.get_output_path(docname))
    suffix = getattr(builder, "out_suffix", None)
    return Path(builder.outdir, f"{docname}{suffix}") if suffix else None


def page_files(builder: Builder, docname: str) -> list[Path]:
    """The same, and the copy of its source."""
    path = page_path(builder, docname)
    files = [] if path is None else [path]
    if abilities(builder).has_generated_pages:
        suffix = builder.config.html_sourcelink_suffix
        for source_suffix in builder.config.source_suffix:
            copied = f"{docname}{source_suffix}"
            if suffix != source_suffix:
                copied += suffix
            files.append(Path(builder.outdir, "_sources", copied))
    return files


def own_pages(builder: Builder) -> list[Path]:
    """The generated pages that are there, of whatever version: a mark in them tells."""
    if not abilities(builder).has_generated_pages:
        return []
    prefix, root = builder.config.tropes_pages_prefix, Path(builder.outdir)
    suffix = builder.out_suffix  # type: ignore[attr-defined]
    pages = [*(root / prefix).rglob(f"*{suffix}"), *root.glob(f"{NOT_FOUND}{suffix}")]
    return [path for path in pages if _is_own(path)]


def _is_own(path: Path) -> bool:
    try:
        return _MARK.search(path.read_bytes()) is not None
    except OSError:
        return False


# of its section or of what a script fills, in HTML or in JSON that holds HTML
_MARK = re.compile(
    rb'id=\\?"trope-(?:backlinks|index|wanted|health|graph|missing)\\?"'
    rb'|data-trope-tool=\\?"missing\\?"'
)
