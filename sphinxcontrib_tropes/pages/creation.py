"""How a page that is not written yet begins: its file, its first lines, and the form to create it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ..messages import _

if TYPE_CHECKING:
    from ..repository.hosts import Host

__all__ = ["creation_address", "file_of", "skeleton"]

_LONGEST_NAME = 255
"""Maximum bytes of a file name."""


def file_of(name: str) -> str:
    """The file, from the folder of the sources, of the page with the canonical *name*."""
    return f"{name.removeprefix('Main/')}.trope"


def skeleton(title: str) -> str:
    """What to begin a page with."""
    laconic = _("One sentence.")
    return f"(:laconic {laconic}:)\n\n{title}: ...\n"


def creation_address(host: Host | None, name: str, title: str) -> str:
    """The form, at the host of the sources, that creates a page; empty if there is none, or if its
    file would have too long a name.
    """
    path = file_of(name)
    if host is None or any(len(os.fsencode(part)) > _LONGEST_NAME for part in path.split("/")):
        return ""
    return host.create(path, skeleton(title))
