"""Which commit a repository stands at, read from its files: faster than a process, for builds that
follow one another in one process.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["head_of"]

_MOST = 4096
"""Maximum bytes of a file that names a commit or a folder."""


def head_of(folder: Path) -> tuple[str, ...] | None:
    """Something that changes with what ``git log`` tells of *folder*; None if it is not known."""
    try:
        resolved = folder.resolve()
        dot_git = next(
            above / ".git" for above in (resolved, *resolved.parents) if (above / ".git").exists()
        )
        own = dot_git if dot_git.is_dir() else dot_git.parent / _named(dot_git, "gitdir: ")
        common = own / _read(own / "commondir") if (own / "commondir").exists() else own
        head = _read(own / "HEAD")
        commit = _commit(own, common, head.removeprefix("ref: ")) if "ref: " in head else head
        shallow = common / "shallow"
        edge = str(shallow.stat().st_mtime_ns) if shallow.exists() else ""
    except (OSError, RuntimeError, StopIteration, ValueError):
        return None
    return (str(own), commit, edge) if commit else None


def _commit(own: Path, common: Path, ref: str) -> str:
    """The commit of a branch; empty if it is stored in another way."""
    for root in (own, common):
        if (root / ref).is_file():
            return _read(root / ref)
    packed = (common / "packed-refs").stat()
    return f"{ref} {packed.st_mtime_ns} {packed.st_size} {packed.st_ino}"


def _named(path: Path, before: str) -> str:
    text = _read(path)
    if not text.startswith(before):
        raise ValueError(path)
    return text.removeprefix(before)


def _read(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(_MOST).decode("utf-8", "surrogateescape").strip()
