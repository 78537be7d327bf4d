"""The files that a builder writes, and what they depend on.

Touches: ``get_output_path``, ``out_suffix``, ``templates``, ``build_info`` and ``imagedir`` of
builders, and ``images`` of the environment; reads them.
Why: a page is up to date if its file is there and newer than the templates, and was written with
these settings. Only a builder knows where it copies pictures to.
Seen in: Sphinx 8.2 to 9.2.
Remove when: ``get_output_path`` is documented for all builders.
Upstream: none known.
Without it: pages that show content of other pages are not updated.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder

if TYPE_CHECKING:
    from sphinx.builders import Builder

__all__ = [
    "image_path",
    "modified",
    "newest_template",
    "output_path",
    "output_suffix",
    "settings_digests",
]


def output_suffix(builder: Builder) -> str:
    """The suffix of the files that *builder* writes; empty if it is unknown."""
    suffix: str | None = getattr(builder, "out_suffix", None)
    return suffix or ""


def output_path(builder: Builder, docname: str) -> Path | None:
    """The file that *builder* writes for a document; None if it is unknown."""
    if hasattr(builder, "get_output_path"):
        return Path(builder.get_output_path(docname))
    suffix = output_suffix(builder)
    return Path(builder.outdir, f"{docname}{suffix}") if suffix else None


def image_path(builder: Builder, path: str) -> str:
    """Where a picture of the sources is, from the root of the output; empty if it is not there."""
    folder: str | None = getattr(builder, "imagedir", None)
    found = builder.env.images.get(path) if path and folder else None
    return f"{folder}/{found[1]}" if found else ""


def modified(builder: Builder, docname: str) -> int | None:
    """When the file of a document changed, in nanoseconds; None if there is none."""
    find = getattr(getattr(builder, "get_output_path", None), "__func__", None)
    path: Path | str | None
    if find is StandaloneHTMLBuilder.get_output_path:
        # thousands in each build: a tenth of the time that pathlib takes
        path = f"{builder.outdir}/{docname}{output_suffix(builder)}"
    else:
        path = output_path(builder, docname)
    try:
        return None if path is None else os.stat(path).st_mtime_ns  # noqa: PTH116
    except OSError:
        return None


def newest_template(builder: Builder) -> int:
    """When the theme's newest template changed, in nanoseconds; 0 without a theme."""
    templates = getattr(builder, "templates", None)
    # seconds, as a float, since Sphinx 8.2
    return 0 if templates is None else int(templates.newest_template_mtime() * 1e9)


def settings_digests(builder: Builder) -> tuple[str, str]:
    """The digests of configuration and tags that *builder* compares with those of the last build."""
    info: Any = getattr(builder, "build_info", None)
    return getattr(info, "config_hash", ""), getattr(info, "tags_hash", "")
