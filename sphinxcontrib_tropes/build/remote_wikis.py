"""Fetches the data of other wikis at the start of a build, before anything is read.

The last good copy of each is kept beside the doctrees. The build uses it if the wiki can't be
reached or its data are invalid; for a remote wiki, also while the copy is fresh.
"""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from requests.exceptions import InvalidSchema
from sphinx.util import requests

from ..messages import warn
from ..pages.site_map import DATA_FILE
from ..stored_files import read_json, replaced, reported
from ..wiki.exchange.foreign_reader import MalformedError, read_foreign, reduced
from ..wiki.index.foreign import Federation, ForeignWiki
from ..wiki.views.parts import digest

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

__all__ = ["FOLDER", "LARGEST", "LONGEST", "load"]

LARGEST = 256 * 2**20
"""Maximum size of a wiki's data, in bytes: some 20,000 pages."""

FOLDER = "tropes-federation"
"""Folder of the copies, beside the doctrees."""
_FORMAT = 1
_DAY = 86400
_TIMEOUT = (10, 30)
"""Seconds to wait for the connection, and for each piece of the response."""
LONGEST = 300
"""Maximum seconds for a whole response, redirects included."""
_PIECE = 2**16
_LONGEST_REASON = 300
"""Maximum characters of a library's error message, which may quote the response."""
_BYTES_FOR_A_VALUE = 16
"""Minimum bytes per value. A real wiki has twice as many; in memory, a value takes 100."""


_NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


class _Source(NamedTuple):
    """Another wiki, as configured."""

    name: str
    base: str
    """Address of the site, for links."""
    location: str
    """Path or address of its data."""

    @property
    def is_remote(self) -> bool:
        return "://" in self.location


class _Copy(NamedTuple):
    """The stored data of a wiki from an earlier build."""

    checked: float
    """When the data were last known to be up to date."""
    validators: dict[str, str]
    """What a server needs to tell whether they still are (ETag, Last-Modified)."""
    data: Any
    wiki: ForeignWiki
    """The data, as read by :func:`read_foreign`."""


def sources(config: Config, source_folder: Path, out_folder: Path) -> list[_Source]:
    """The other wikis of a project, in the order of the configuration."""
    return [
        _source(name, value, source_folder, out_folder)
        for name, value in config.tropes_federation.items()
    ]


def _source(name: str, value: Any, source_folder: Path, out_folder: Path) -> _Source:
    base, place = ("", value) if isinstance(value, str) else value
    if "://" in place:
        location = place if place.endswith(".json") else f"{place.rstrip('/')}/{DATA_FILE}"
        root = _without_user(location.rpartition("/")[0])
    else:
        path = Path(os.path.normpath(source_folder / place))
        location = str(path if path.suffix == ".json" else path / DATA_FILE)
        root = Path(os.path.relpath(Path(location).parent, out_folder)).as_posix()
    return _Source(name, f"{(base or root).rstrip('/')}/", location)


def _without_user(uri: str) -> str:
    """*uri* without user name and password, which must not be shown."""
    parts = urlsplit(uri)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def load(app: Sphinx) -> Federation:
    """The other wikis of the project whose data are available."""
    folder = Path(app.doctreedir, FOLDER)
    wikis = []
    for source in sources(app.config, Path(app.srcdir), Path(app.outdir)):
        wiki = _Loading(app.config, source, folder).load()
        if wiki is not None:
            wikis.append(wiki)
    return Federation(wikis)


class _Loading:
    """Loads one wiki in one build."""

    def __init__(self, config: Config, source: _Source, folder: Path) -> None:
        self._config = config
        self._source = source
        self._path = folder / f"{digest((source.name, source.location))}.json"
        self._copy = self._read_copy()

    def load(self) -> ForeignWiki | None:
        """The current wiki, or its last copy; None if there is neither."""
        wiki = self._found()
        if wiki is not None and wiki.left_out:
            sentence = f"{wiki.left_out} addresses are neither http(s) nor inside it; left out"
            warn("federation", f"tropes_federation: {self._source.name}: {sentence}")
        return wiki

    def _found(self) -> ForeignWiki | None:
        if self._copy is not None and self._is_fresh(self._copy):
            return self._copy.wiki
        try:
            return self._fetch()
        except MalformedError as error:
            why = f"{self._place} is no data of a wiki: {error}"
        except OSError as error:  # before ValueError: some errors of requests are both
            why = f"{self._place} can't be read: {self._reason(error)}"
        except (ValueError, RecursionError) as error:
            why = f"{self._place} is no JSON: {error}"
        kept = "the last copy is used" if self._copy else "nothing of it is shown"
        warn("federation", f"tropes_federation: {self._source.name}: {why}; {kept}")
        return self._copy.wiki if self._copy else None

    def _reason(self, error: OSError) -> str:
        """The message of *error*, on one short line."""
        # the message of a failed request contains the address, possibly with a password
        words = (error.strerror or str(error)).replace(self._source.location, self._place)
        words = _NOT_SHOWN.sub(" ", words)
        return words if len(words) <= _LONGEST_REASON else f"{words[:_LONGEST_REASON]} …"

    @property
    def _place(self) -> str:
        location = self._source.location
        return _without_user(location) if self._source.is_remote else location

    def _understand(self, data: object) -> ForeignWiki:
        return read_foreign(
            data,
            name=self._source.name,
            base=self._source.base,
            here=str(self._config.project),
        )

    def _is_fresh(self, copy: _Copy) -> bool:
        """Whether a copy is used without a request."""
        if not self._source.is_remote:
            return copy.validators == _validators_of(Path(self._source.location))
        days: int = self._config.tropes_federation_cache_limit
        age = time.time() - copy.checked
        return days < 0 or 0 <= age < days * _DAY

    def _fetch(self) -> ForeignWiki:
        if self._source.is_remote:
            raw, validators = self._download()
        else:
            path = Path(self._source.location)
            validators = _validators_of(path)
            raw = _read_file(path)
        unchanged = self._copy.data if raw is None and self._copy is not None else None
        data = unchanged or _parsed(raw or b"")
        wiki = self._understand(data)
        self._write_copy(validators, reduced(data))
        return wiki

    def _download(self) -> tuple[bytes | None, dict[str, str]]:
        """The data, or None if the copy is up to date; and the validators for the next request.

        The request runs in a thread that is abandoned when the time is over: a socket's time limit
        does not apply to a server that keeps sending single bytes.
        """
        answers: list[tuple[bytes | None, dict[str, str]] | Exception] = []
        is_over = Event()

        def ask() -> None:
            try:
                answers.append(self._answer(is_over))
            except Exception as error:  # noqa: BLE001 - libraries raise more than they document
                answers.append(error)

        thread = Thread(target=ask, name=f"tropes_federation: {self._source.name}", daemon=True)
        thread.start()
        thread.join(LONGEST)
        is_over.set()
        if not answers:
            raise OSError(f"it takes more than {LONGEST} seconds")
        answer = answers[0]
        if isinstance(answer, OSError):
            raise answer
        if isinstance(answer, Exception):
            raise OSError(f"{type(answer).__name__}: {answer}") from answer
        return answer

    def _answer(self, is_over: Event) -> tuple[bytes | None, dict[str, str]]:
        """Like :meth:`_download`, but without a time limit.

        :param is_over: set when nobody waits for the answer any more.
        """
        known = self._copy.validators if self._copy else {}
        names = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
        try:
            response = requests.get(
                self._source.location,
                stream=True,
                timeout=_TIMEOUT,
                headers={names[name]: value for name, value in known.items()},
                _user_agent=self._config.user_agent,
                _tls_info=(self._config.tls_verify, self._config.tls_cacerts),
            )
        except InvalidSchema:
            raise OSError("it redirects to an address that is neither http nor https") from None
        with response:
            response.raise_for_status()
            if response.status_code == 304 and self._copy is not None:
                return None, known
            pieces, length = [], 0
            for piece in response.iter_content(_PIECE):
                pieces.append(piece)
                length += len(piece)
                _check_length(length)
                if is_over.is_set():
                    break
            headers = response.headers
            return b"".join(pieces), {name: headers[name] for name in names if name in headers}

    # -- the copy

    def _read_copy(self) -> _Copy | None:
        state = read_json(self._path)
        if not isinstance(state, dict) or state.get("format") != _FORMAT:
            return None
        checked, validators = state.get("checked"), state.get("validators")
        if not isinstance(checked, float) or not isinstance(validators, dict):
            return None
        if not all(isinstance(value, str) for value in validators.values()):
            return None  # they would be sent to a server
        try:
            return _Copy(checked, validators, state["data"], self._understand(state["data"]))
        except (KeyError, ValueError, RecursionError):
            return None

    def _write_copy(self, validators: dict[str, str], data: Any) -> None:
        state = {
            "format": _FORMAT,
            "checked": time.time(),
            "validators": validators,
            "data": data,
        }
        with reported(self._path.parent.parent), replaced(self._path) as temporary:
            temporary.write_text(json.dumps(state), "utf-8")


def _validators_of(path: Path) -> dict[str, str]:
    """The modification time and size of a file, which show whether it has changed."""
    try:
        found = path.stat()
    except OSError:
        return {}
    return {"changed": str(found.st_mtime_ns), "length": str(found.st_size)}


def _read_file(path: Path) -> bytes:
    if path.exists() and not path.is_file():
        raise OSError("it is no file")
    with path.open("rb") as file:
        raw = file.read(LARGEST + 1)
    _check_length(len(raw))
    return raw


def _parsed(raw: bytes) -> Any:
    """The JSON in *raw*, unless it has so many small values that they would take many times as much
    memory as *raw*. A list of empty lists takes thirty times as much.

    :raises ValueError: if *raw* is not JSON.
    :raises OSError: if it has too many values.
    """
    values = sum(map(raw.count, (b",", b"[", b"{")))
    if values > max(LARGEST, len(raw)) // _BYTES_FOR_A_VALUE:
        raise OSError(f"it holds {values:,} values")
    return json.loads(raw)


def _check_length(length: int) -> None:
    if length > LARGEST:
        raise OSError(f"it is larger than {LARGEST // 2**20} MiB")
