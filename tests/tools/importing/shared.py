"""Sources to import, and what becomes of them."""

from __future__ import annotations

import warnings
import zipfile

PMWIKI = b"version=pmwiki-2.3.20 ordered=1 urlencoded=1\n"


def files_in(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def pages_in(folder):
    return {
        name.removeprefix("wiki/"): data
        for name, data in files_in(folder).items()
        if name.startswith("wiki/")
    }


def remarks(report):
    """All remarks of a report: what each is about, or its kind where that says all."""
    return [said(remark) for page in report["pages"] for remark in page["remarks"]]


def said(remark):
    line = f"line {remark['line']}: " if "line" in remark else ""
    return f"{line}{remark['sample'] or remark['kind']}"


def kinds(report):
    """The kinds of remarks of a report."""
    return {kind["kind"] for kind in report["kinds"]}


def zipped(path, entries, pack=zipfile.ZIP_DEFLATED):
    """A zip of *entries*, names and data, in their order, whatever the names."""
    with zipfile.ZipFile(path, "w", pack) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of a name that is there twice
        for name, data in entries:
            info = zipfile.ZipInfo("x")
            info.filename = name
            info.compress_type = pack
            archive.writestr(info, data)
    return path
