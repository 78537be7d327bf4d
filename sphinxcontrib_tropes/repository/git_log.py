"""The commits that changed the files of a folder, newest first, from one ``git log``.

Nothing that comes with a repository or stands in the environment is executed: no pagers, hooks,
external programs for differences, filters or transports. Names and subjects are data.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from shutil import which
from threading import Timer
from typing import NamedTuple

__all__ = [
    "Commit",
    "FileChange",
    "LateError",
    "Log",
    "LogError",
    "commits_of",
    "is_in_repository",
    "parsed",
    "read_log",
]

SECONDS = 30.0
"""How long git may take."""
MOST_BYTES = 64 * 1024 * 1024
"""How much of the log is read; older commits are left out."""
_LONGEST_SUBJECT = 500
_LATEST = 253_402_300_799
"""The last second of the year 9999."""


class LogError(Exception):
    """Git can't tell what was changed; the text says why."""


class LateError(LogError):
    """Git takes too long."""


class FileChange(NamedTuple):
    """What a commit did to one file."""

    kind: str
    """``new``, ``edited``, ``renamed`` or ``gone``."""
    path: str
    """Path of the file, from the folder that was asked about, with slashes."""
    before: str = ""
    """For a renamed file, its path before."""


class Commit(NamedTuple):
    """A commit with what it changed in the folder."""

    id: str
    time: int
    """When it was committed, in seconds since 1970."""
    subject: str
    changes: tuple[FileChange, ...]
    is_edge: bool = False
    """Whether older commits are not there, as in a shallow clone: what it changed is not known."""


class Log(NamedTuple):
    """The commits of a folder."""

    commits: tuple[Commit, ...]
    is_whole: bool = True
    """False if there was too much of it to be read."""


_FORMAT = "%x01%H%x02%ct%x02%D%x02%s"
_HEAD = re.compile(r"\x01([0-9a-f]{40,64})\x02(\d+)\x02([^\x02]*)\x02(.*)", re.DOTALL)
_EDGE = re.compile(r"(?:\A|, )grafted(?:,|\Z)")
_STATUS = re.compile(r"([ACDMRTUX])\d*\Z")
_KINDS = {"A": "new", "C": "new", "M": "edited", "T": "edited", "R": "renamed", "D": "gone"}
_WITH_TWO_PATHS = frozenset("CR")

_SETTINGS = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "diff.external": "",
    "diff.orderFile": os.devnull,
    "i18n.logOutputEncoding": "UTF-8",
    "log.follow": "false",
    "log.showRoot": "true",
    "log.showSignature": "false",
    # a partial clone would fetch what it lacks
    "protocol.allow": "never",
}


def is_in_repository(folder: Path) -> bool:
    """Whether *folder* is in the working tree of a git repository, as far as can be seen without
    git.
    """
    try:
        resolved = folder.resolve()
        return any((above / ".git").exists() for above in (resolved, *resolved.parents))
    except (OSError, RuntimeError):
        return False


def commits_of(folder: Path, *, seconds: float = SECONDS) -> Log:
    """The commits that changed files in *folder*, newest first.

    :raises LogError: as :func:`read_log` and :func:`parsed`.
    """
    return parsed(read_log(folder, seconds=seconds))


def read_log(folder: Path, *, seconds: float = SECONDS) -> bytes:
    """What git says of the commits that changed files in *folder*, for :func:`parsed`.

    :raises LogError: if git is missing, refuses, takes too long, or says what can't be understood.
    """
    git = _git()
    try:
        return _output(_command(git, folder, "--find-renames=50%"), seconds)
    except _FailedError:
        # a partial clone lacks the texts of old versions, by which similar files are found
        try:
            return _output(_command(git, folder, "--find-renames=100%"), seconds)
        except _FailedError as error:
            raise LogError(str(error)) from None


def _git() -> str:
    """The path of git. Not one in the current folder, where systems look first."""
    found = which("git")
    if found is None or not Path(found).is_absolute():
        raise LogError("git is not installed")
    return found


def _command(git: str, folder: Path, renames: str) -> list[str]:
    settings = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
    return [
        git,
        "--no-pager",
        "--no-optional-locks",
        "--no-replace-objects",
        "--literal-pathspecs",
        *settings,
        "-C",
        os.fspath(folder),
        "log",
        "-z",
        "--relative",
        "--name-status",
        renames,
        "-l400",
        "--no-ext-diff",
        "--no-textconv",
        "--no-color",
        "--no-show-signature",
        "--no-notes",
        "--encoding=UTF-8",
        # of all decorations only "grafted", at the edge of a shallow clone, and HEAD
        "--decorate=full",
        "--decorate-refs-exclude=refs/*",
        f"--format={_FORMAT}",
        "HEAD",
        "--",
        ".",
    ]


def _environment() -> dict[str, str]:
    """The environment without what steers git: other folders, programs, traces, settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }


class _FailedError(Exception):
    """Git ended with an error."""


def _output(command: list[str], seconds: float) -> bytes:
    """What a process writes, up to :data:`MOST_BYTES`."""
    try:
        process = subprocess.Popen(  # noqa: S603 - the path is git's, and no shell reads this
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
    except OSError as error:
        raise LogError(f"git can't be started: {error.strerror or error}") from None
    timer = Timer(seconds, process.kill)
    timer.daemon = True
    timer.start()
    try:
        with process:
            assert process.stdout is not None
            output = process.stdout.read(MOST_BYTES)
            is_whole = len(output) < MOST_BYTES
            if not is_whole:
                process.kill()
        is_late = not timer.is_alive()
    finally:
        timer.cancel()
    if is_whole and process.returncode:
        if is_late:
            raise LateError(f"git took over {seconds:g} seconds")
        raise _FailedError("git can't tell what was changed")
    return output


def parsed(output: bytes) -> Log:
    """The commits in the output of git. If that was too long, the last of them is left out.

    :raises LogError: if it has another form.
    """
    is_whole = len(output) < MOST_BYTES
    found: list[Commit] = []
    tokens = output.split(b"\0")
    at, end = 0, len(tokens) - 1  # after the last token there is nothing
    while at < end:
        head = _HEAD.fullmatch(tokens[at].decode("utf-8", "replace"))
        if head is None:
            raise LogError("git log can't be read")
        at += 1
        changes: list[FileChange] = []
        if at < end and tokens[at].startswith(b"\n"):
            tokens[at] = tokens[at][1:]
            at = _read_changes(tokens, at, end, changes)
        id_, time, decoration, subject = head.groups()
        is_edge = _EDGE.search(decoration) is not None
        shown = subject[:_LONGEST_SUBJECT]
        seconds = min(int(time[:_DIGITS]), _LATEST)
        found.append(Commit(id_, seconds, shown, () if is_edge else tuple(changes), is_edge))
    return Log(tuple(found if is_whole else found[:-1]), is_whole)


_DIGITS = 15
"""How many digits of a time are read."""


def _read_changes(tokens: list[bytes], at: int, end: int, changes: list[FileChange]) -> int:
    """Adds the changes of one commit. Returns where the next commit begins."""
    while at < end:
        status = _STATUS.match(tokens[at].decode("ascii", "replace"))
        if status is None:
            break
        count = 2 if status[1] in _WITH_TWO_PATHS else 1
        paths = [os.fsdecode(path) for path in tokens[at + 1 : at + 1 + count]]
        at += 1 + count
        if len(paths) < count:
            break  # the output was cut here
        if kind := _KINDS.get(status[1]):
            changes.append(FileChange(kind, paths[-1], paths[0] if kind == "renamed" else ""))
    return at
