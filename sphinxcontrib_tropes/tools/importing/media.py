"""The pictures and other files of a source, and where they are copied to."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from ...names import file_stem
from .pmwiki import place_of_upload

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .readers import Reader
    from .remarks import Remarks

__all__ = ["FOLDER", "Media", "place_of"]

FOLDER = "images"
"""The folder of all files that pages show."""

_PLACE = re.compile(rf":/({FOLDER}/[\w./\-]+)")
_UNUSUAL = re.compile(r"[^\w.\-]+")


class Media(NamedTuple):
    """The files of a source that pages may show."""

    files: Mapping[str, str]
    """Path in the source -> path in the project."""
    by_key: Mapping[str, str]
    """The path in lower case, and its last part -> the path in the source, the shortest if there are
    several.
    """
    uploads: Mapping[str, str]
    """Path in the project -> path below PmWiki's folder of attached files."""

    @classmethod
    def of(cls, paths: Iterable[str], uploads: Iterable[str] = ()) -> Media:
        """The files with these *paths*.

        :param uploads: paths below PmWiki's folder of attached files.
        """
        files: dict[str, str] = {}
        by_key: dict[str, str] = {}
        in_order = sorted(paths, key=lambda path: (path.count("/"), path))
        places = [place_of(path) for path in in_order]
        # a file can't have the name of a folder
        taken = {str(folder).casefold() for at in places for folder in PurePosixPath(at).parents}
        last: dict[str, int] = {}
        for path, place in zip(in_order, places, strict=True):
            files[path] = _free(place, taken, last)
            by_key.setdefault(path.casefold(), path)
        for path in in_order:
            by_key.setdefault(path.rpartition("/")[2].casefold(), path)
        return cls(files, by_key, {place_of_upload(path)[1:]: path for path in uploads})

    def uploads_in(self, text: str) -> tuple[str, ...]:
        """The paths in the project of the attached files that *text*, in trope markup, shows."""
        found = (match[1] for match in _PLACE.finditer(text)) if self.uploads else ()
        return tuple(dict.fromkeys(path for path in found if path in self.uploads))

    def find(
        self, reader: Reader, target: str, here: str, remarks: Remarks, shown: dict[str, None]
    ) -> str:
        """The path in the project, from its root, of the file that *target* names; empty, with a
        remark, if the source does not have it.

        :param here: the key of the page.
        :param shown: gets the path in the project.
        """
        for path in reader.media(target, here):
            found = self.by_key.get(path.casefold())
            if found:
                shown[self.files[found]] = None
                return f"/{self.files[found]}"
        remarks.left_out("a picture or file that the source does not have", target)
        return ""


def place_of(path: str) -> str:
    """*path* below the folder of files in the project, with names that every file system takes."""
    pure = PurePosixPath(path)
    steps = [
        _stem(_UNUSUAL.sub("-", step).strip(".-") or "file")
        for step in (*pure.parent.parts, pure.stem)
        if step not in ("..", "/", ".")
    ]
    return "/".join([FOLDER, *steps]) + _UNUSUAL.sub("", pure.suffix)


def _stem(step: str) -> str:
    found = file_stem(step.casefold())
    return step if found == step.casefold() else found


def _free(path: str, taken: set[str], last: dict[str, int]) -> str:
    """*path*, with a number added if it is taken.

    :param last: path -> its highest number so far.
    """
    stem, dot, suffix = path.rpartition(".")
    number, found = last.get(path.casefold(), 1), path
    while found.casefold() in taken:
        number += 1
        found = f"{stem}-{number}{dot}{suffix}"
    last[path.casefold()] = number
    taken.add(found.casefold())
    return found
