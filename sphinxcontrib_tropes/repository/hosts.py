"""The addresses of a repository at its host: forms to edit and create files, histories, commits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from ..addresses import is_safe

__all__ = [
    "FIELDS",
    "FORMS",
    "Host",
    "host_kind",
    "hosted",
    "is_form",
    "is_web_address",
    "templates",
]

_MOST = 2000
"""Maximum characters of an address with a text in it. Servers and browsers refuse long ones, from
some 8,000 on, and a login page may encode it once more.
"""


class Host(NamedTuple):
    """Where the sources of a project are on the web."""

    forms: Mapping[str, str]
    """Name of a form, of :data:`FORMS`, -> template of its address, with :data:`FIELDS` in braces."""
    branch: str = ""
    folder: str = ""
    """The folder of the sources, from the root of the repository."""

    def edit(self, path: str) -> str:
        """The form to edit the source with this *path*; empty if there is none."""
        return self._address("edit", path)

    def history(self, path: str) -> str:
        """The history of that source."""
        return self._address("history", path)

    def commit(self, id_: str) -> str:
        """The page of a commit."""
        form = self.forms.get("commit", "")
        return form.replace("{commit}", quote(id_, safe="")) if form else ""

    def create(self, path: str, text: str) -> str:
        """The form to create the file with this *path*, filled in with *text* if that fits."""
        whole = self._address("create", path, text)
        return whole if len(whole) <= _MOST else self._address("create", path, "")

    @property
    def creation_template(self) -> str:
        """The template of the form to create a file, for a script that fills in the fields of the
        file; empty if there is none.
        """
        branch = _quoted(self.branch)
        return self.forms.get("create", "").replace("{branch}", branch)

    def _address(self, form: str, path: str, text: str = "") -> str:
        template = self.forms.get(form, "")
        if not template:
            return ""
        whole = "/".join(part for part in (self.folder, path) if part)
        folder, _, file = whole.rpartition("/")
        values = {
            "path": _quoted(whole),
            "source": _quoted(path),
            "folder": _quoted(folder),
            "file": _quoted(file, safe=""),
            "text": _quoted(text, safe=""),
            "branch": _quoted(self.branch),
        }
        address = _FIELD.sub(lambda found: values.get(found[1], found[0]), template)
        return address if len(address) <= _MOST or text else ""


def _quoted(text: str, safe: str = "/") -> str:
    return quote(text, safe=safe, errors="surrogateescape")


FIELDS = ("path", "source", "folder", "file", "text", "branch", "commit")
_FIELD = re.compile(r"\{(\w+)\}")

FORMS: Mapping[str, tuple[str, ...]] = {
    "edit": ("path", "source"),
    "history": ("path", "source"),
    "create": ("path", "source", "file"),
    "commit": ("commit",),
}
"""Name of each form -> the fields of which a template must have one."""

_OF_KINDS: Mapping[str, Mapping[str, str]] = {
    "github": {
        "edit": "/edit/{branch}/{path}",
        "history": "/commits/{branch}/{path}",
        "create": "/new/{branch}/{folder}?filename={file}&value={text}",
        "commit": "/commit/{commit}",
    },
    "gitlab": {
        "edit": "/-/edit/{branch}/{path}",
        "history": "/-/commits/{branch}/{path}",
        "create": "/-/new/{branch}/{folder}?file_name={file}&content={text}",
        "commit": "/-/commit/{commit}",
    },
    "gitea": {
        "edit": "/_edit/{branch}/{path}",
        "history": "/commits/branch/{branch}/{path}",
        "create": "/_new/{branch}/{folder}?filename={file}&value={text}",
        "commit": "/commit/{commit}",
    },
    "bitbucket": {
        "edit": "/src/{branch}/{path}?mode=edit",
        "history": "/history-node/{branch}/{path}",
        "commit": "/commits/{commit}",
    },
}
_HOSTS = {
    "github.com": "github",
    "gitlab.com": "gitlab",
    "codeberg.org": "gitea",
    "gitea.com": "gitea",
    "bitbucket.org": "bitbucket",
}
_IN_NAME = ("github", "gitlab", "gitea", "forgejo", "codeberg", "bitbucket")


def host_kind(address: str) -> str:
    """The kind of host that a repository's *address* is at, by its name; empty if unknown."""
    name = (urlsplit(address).hostname or "") if is_web_address(address) else ""
    if name in _HOSTS:
        return _HOSTS[name]
    found = next((kind for kind in _IN_NAME if kind in name.split(".")), "")
    return "gitea" if found in ("forgejo", "codeberg") else found


def hosted(kind: str, address: str, branch: str, folder: str) -> Host | None:
    """The host of a repository; None if its *address* or *kind* is none.

    :param kind: ``github``, ``gitlab``, ``gitea`` (Forgejo, Codeberg) or ``bitbucket``.
    :param address: of the repository, such as ``https://github.com/owner/name``.
    """
    base = address.strip().rstrip("/").removesuffix(".git")
    if kind not in _OF_KINDS or not branch or not is_web_address(base) or _IS_MORE.search(base):
        return None
    if "/" not in urlsplit(base).path.strip("/"):
        return None
    parts = [part for part in folder.replace("\\", "/").split("/") if part not in ("", ".")]
    if ".." in parts:
        return None
    clean = base.replace("{", "%7B").replace("}", "%7D")
    forms = {name: clean + form for name, form in _OF_KINDS[kind].items()}
    return Host(forms, branch, "/".join(parts))


_IS_MORE = re.compile(r"[?#\\\s\x00-\x20\x7f-\x9f]|/\.\.?(?:/|\Z)")


def templates(forms: Mapping[str, str], branch: str = "", folder: str = "") -> Host:
    """The host with these *forms*: name -> template, as :func:`is_form` checks it."""
    return Host(dict(forms), branch, folder)


def is_form(name: object, template: object) -> bool:
    """Whether *template* is that of a form with this *name*: an address, with the fields it needs,
    and no other field.
    """
    if not isinstance(name, str) or not isinstance(template, str) or name not in FORMS:
        return False
    fields = set(_FIELD.findall(template))
    if not fields <= set(FIELDS) or fields.isdisjoint(FORMS[name]):
        return False
    rest = _FIELD.sub("x", template)
    host = template.partition("://")[2].partition("/")[0]
    return is_web_address(rest) and not {"{", "}"} & {*rest, *host}


def is_web_address(text: str) -> bool:
    """Whether *text* is an absolute http(s) address without a password."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    is_plain = is_safe(text) and not re.search(r"[\s\x00-\x20\x7f-\x9f\"<>\\]", text)
    has_host = bool(parts.hostname) and "@" not in parts.netloc
    return parts.scheme in ("http", "https") and has_host and is_plain
