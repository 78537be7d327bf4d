"""The files of a page in an output directory, and which pages there are generated."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ..builders import abilities
from ..internals.sphinx.output_files import output_path, output_suffix
from ..pages.site_map import NOT_FOUND

if TYPE_CHECKING:
    from sphinx.builders import Builder

__all__ = ["own_pages", "page_files"]


def page_files(builder: Builder, docname: str) -> list[Path]:
    """The file that *builder* writes for a document, and the copies of its source."""
    path = output_path(builder, docname)
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
    """The generated pages in the output directory, of any version, recognised by a mark."""
    if not abilities(builder).has_generated_pages:
        return []
    prefix, root = builder.config.tropes_pages_prefix, Path(builder.outdir)
    suffix = output_suffix(builder)
    pages = [*(root / prefix).rglob(f"*{suffix}"), *root.glob(f"{NOT_FOUND}{suffix}")]
    return [path for path in pages if _is_own(path)]


def _is_own(path: Path) -> bool:
    try:
        return _MARK.search(path.read_bytes()) is not None
    except OSError:
        return False


# the id of its section or of what a script fills, in HTML or in JSON that holds HTML
_MARK = re.compile(
    rb'id=\\?"trope-(?:backlinks|index|wanted|health|graph|missing)\\?"'
    rb'|data-trope-tool=\\?"missing\\?"'
)
