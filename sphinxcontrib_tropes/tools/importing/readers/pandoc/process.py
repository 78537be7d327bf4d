"""A Pandoc that reads page after page, in one process, and sees no file and no network."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Timer
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from ....refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Pandoc", "Parsed", "Unparsed", "find_pandoc", "running"]

SECONDS: Final = 30.0
"""The longest that a page may take."""

_LOOP: Final = """
local function read(asked)
  local text = asked.text
  if asked.hex then
    text = asked.hex:gsub('..', function(pair) return string.char(tonumber(pair, 16)) end)
  end
  pandoc.mediabag.empty()
  local doc = pandoc.read(text, asked.format, nil, {})
  local files = {}
  for _, item in ipairs(pandoc.mediabag.list()) do
    local _, content = pandoc.mediabag.lookup(item.path)
    files[#files + 1] = {item.path, (content:gsub('.', function(byte)
      return string.format('%02x', byte:byte())
    end))}
  end
  return '{"doc":' .. pandoc.write(doc, 'json'):gsub('%s+$', '') .. ',"files":'
    .. (#files > 0 and pandoc.json.encode(files) or '[]') .. '}'
end
for line in io.lines() do
  local ok, answer = pcall(function() return read(pandoc.json.decode(line, false)) end)
  if not ok then answer = pandoc.json.encode({error = tostring(answer)}) end
  io.write(answer, '\\n')
  io.flush()
end
"""
"""Reads requests, a line of JSON each, and answers each with one. The empty table in ``pandoc.read``
is the file system that the page sees.
"""
_WORD_OF_THIS_FILE: Final = "seen-by-pandoc"
"""A word of this file: a page that includes this file must not get it."""


class Unparsed(Exception):  # noqa: N818 - it goes into the report
    """The reason why Pandoc did not read a page."""


class Parsed(NamedTuple):
    """A page as Pandoc read it."""

    document: Mapping[str, Any]
    """Pandoc's JSON."""
    files: tuple[tuple[str, bytes], ...] = ()
    """The pictures in it: name and content."""


@cache
def find_pandoc() -> str:
    """The path of Pandoc: on the machine, or in the package ``pypandoc``; empty if there is none."""
    if found := shutil.which("pandoc"):
        return found
    spec = find_spec("pypandoc")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for path in sorted(Path(folder, "files").glob("pandoc*")):
            if path.is_file() and path.suffix in ("", ".exe"):
                return str(path)
    return ""


class Pandoc:
    """Pandoc, as one process for all pages, or one for each where it is too old for that."""

    def __init__(self, path: str, seconds: float = SECONDS) -> None:
        self._path = path
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._is_checked = False
        self._is_one_process = True

    def read(self, text: str | bytes, form: str) -> Parsed:
        """The page with that *text*.

        :param form: the name that Pandoc gives the markup.
        :raises Unparsed: if Pandoc can't read it, or takes too long.
        """
        if not self._is_checked:
            self._check()
        # the last item of a list is lost without an empty line
        text = f"{text}\n\n" if isinstance(text, str) else text
        if self._is_one_process:
            return _parsed(self._ask(text, form))
        return _parsed(self._run(text, form))

    def _check(self) -> None:
        """Finds out whether the process reads pages, and no files: old versions ignore the sandbox."""
        self._is_checked = True
        page = f".. include:: {Path(__file__).resolve().as_posix()}\n   :literal:\n\n"
        try:
            answer = self._ask(page, "rst")
        except Unparsed:
            self._is_one_process = False
        else:
            self._is_one_process = '"doc"' in answer and _WORD_OF_THIS_FILE not in answer
        if not self._is_one_process:
            self.close()

    def _ask(self, text: str | bytes, form: str) -> str:
        content = {"hex": text.hex()} if isinstance(text, bytes) else {"text": _encodable(text)}
        asked = json.dumps({"format": form, **content}).encode("ascii")
        process = self._process or self._start()
        stdin, stdout = _pipes(process)
        timer = Timer(self._seconds, process.kill)
        timer.daemon = True
        timer.start()
        try:
            stdin.write(asked + b"\n")
            stdin.flush()
            answer = stdout.readline()
        except OSError:
            answer = b""
        finally:
            is_late = not timer.is_alive()
            timer.cancel()
        if not answer.endswith(b"\n"):
            self.close()
            why = f"Pandoc took over {self._seconds:g} seconds" if is_late else "Pandoc stopped"
            raise Unparsed(why)
        return answer.decode("utf-8", "replace")

    def _start(self) -> subprocess.Popen[bytes]:
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the path is Pandoc's
                [self._path, "lua", "-e", _LOOP],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise Refusal(f"Pandoc can't be started: {error}") from None
        return self._process

    def _run(self, text: str | bytes, form: str) -> str:
        """What a process for this page alone says."""
        data = text if isinstance(text, bytes) else _encodable(text).encode()
        command = [self._path, "--sandbox", "-f", form, "-t", "json"]
        try:
            done = subprocess.run(  # noqa: S603 - the path is Pandoc's
                command, input=data, capture_output=True, timeout=self._seconds, check=False
            )
        except OSError as error:
            raise Refusal(f"Pandoc can't be started: {error}") from None
        except subprocess.TimeoutExpired:
            raise Unparsed(f"Pandoc took over {self._seconds:g} seconds") from None
        if done.returncode:
            errors = done.stderr.decode("utf-8", "replace")
            if "--sandbox" in errors:
                raise Refusal("this Pandoc is too old: it has no --sandbox (2.15 has it)")
            raise Unparsed(_reason(errors))
        return f'{{"doc":{done.stdout.decode("utf-8", "replace")},"files":[]}}'

    def close(self) -> None:
        """Ends the process, if there is one."""
        if self._process:
            for pipe in _pipes(self._process):
                with suppress(OSError):
                    pipe.close()
            self._process.kill()
            self._process.wait()
            self._process = None


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


def _encodable(text: str) -> str:
    """*text* without half characters, which JSON can spell and Pandoc can't read."""
    return text.encode("utf-8", "replace").decode()


def _reason(message: str) -> str:
    return f"Pandoc can't read it: {' '.join(message.split())[:200]}"


def _parsed(answer: str) -> Parsed:
    try:
        found = json.loads(answer)
        if "error" in found:
            raise Unparsed(_reason(str(found["error"])))
        files = tuple((str(name), bytes.fromhex(content)) for name, content in found["files"])
        return Parsed(found["doc"], files)
    except RecursionError:
        raise Unparsed("it is nested too deeply") from None
    except (ValueError, KeyError, TypeError):
        raise Unparsed("Pandoc's answer is no JSON") from None


_running: dict[tuple[int, str], Pandoc] = {}


def running(page: str) -> Pandoc:
    """The Pandoc of this process, which ends with it.

    :param page: for the message, if there is none.
    :raises Refusal: if there is none.
    """
    path = find_pandoc()
    if not path:
        raise Refusal(f"{page} needs Pandoc: pip install 'sphinxcontrib-tropes[import-pandoc]'")
    key = os.getpid(), path
    if key not in _running:
        _running.clear()  # those of the process that this one was forked from
        _running[key] = Pandoc(path)
        atexit.register(_running[key].close)
    return _running[key]
