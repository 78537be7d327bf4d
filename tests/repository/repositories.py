"""Small git repositories for tests."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Repository"]

START = 1_780_000_000
_WHO = {
    "GIT_AUTHOR_NAME": "<b>Ann</b>",
    "GIT_AUTHOR_EMAIL": "ann@example.org",
    "GIT_COMMITTER_NAME": "Bo",
    "GIT_COMMITTER_EMAIL": "bo@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


class Repository:
    """A repository whose commits have the same ids in every run."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._time = START
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, cwd: Path | None = None) -> str:
        times = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{self._time} +0900")
        done = subprocess.run(
            ["git", *arguments],
            cwd=cwd or self.root,
            env={**os.environ, **_WHO, **times},
            check=True,
            capture_output=True,
        )
        return done.stdout.decode()

    def commit(
        self, subject: str, files: dict[str, str | None] | None = None, *, later: int = 86_400
    ) -> str:
        """Commits all changes, and *files*: None deletes one. Returns the id."""
        for name, text in (files or {}).items():
            path = self.root / name
            if text is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        self._time += later
        self.git("add", "-A", ".")
        self.git("commit", "-q", "--allow-empty", "--cleanup=verbatim", "-m", subject)
        return self.git("rev-parse", "HEAD").strip()
