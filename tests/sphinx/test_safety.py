"""Nothing that a page's source says becomes code in a reader's browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ..conftest import Site, parse

if TYPE_CHECKING:
    from pathlib import Path

SCHEMES = ("http:", "https:", "mailto:", "ftp:")
ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript&#58;alert(1)",
    "&#106;avascript:alert(1)",
    "javascript%3Aalert(1)",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "blob:https://www.example.org/1",
    "//www.example.org/\"onmouseover='alert(1)'",
    'https://www.example.org/"><script>alert(1)</script>',
]
HTML = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    "<iframe src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "</title><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "{{ 7 * 7 }}<script>alert(1)</script>",
]
FORMS = [
    "[[%s]]", "[[%s label]]", "[[%s ''label'']]", "[[label -> %s]]", "[[%s | label]]", "{{%s}}",
    "%s", "[[quoteright:250:%s]]", "[[Foo [[quoteright:250:%s]]]]", "[[folder:%s]]\nx\n[[/folder]]",
    "[[spoiler:%s]]", "[[note]]%s[[/note]]", "[[labelnote:%s]]x[[/labelnote]]", "[[color:%s:x]]",
    "%%%s%% x %%%%", ">>%s<<\nx\n>><<", "!%s", "* %s", ":%s: x", "||border=%s\n||~ %s ~||x||",
    "[=%s=]", "[@%s@]", "[[#%s]]", "[[#%s x]]", "(:title %s:)", "(:laconic %s:)", "(:alias %s:)",
    "(:keywords %s:)", "[[WMG:%s]]\nx", "[[Foo#%s x]]", "[[!%s]]",
]  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    site = Site(tmp_path_factory.mktemp("safety"))
    for number, form in enumerate(FORMS):
        holes = form.replace("%%", "").count("%s")
        for kind, vectors in (("A", ADDRESSES), ("H", HTML)):
            if form.startswith("(:"):
                for at, vector in enumerate(vectors):
                    site.write({f"P{kind}{number}x{at}.trope": f"{form % vector}\n\nText.\n"})
            else:
                text = "\n\n".join(form % ((vector,) * holes) for vector in vectors)
                site.write({f"P{kind}{number}.trope": f"{text}\n"})
    out = site.build()
    return sorted(path for path in out.rglob("*.html") if path.name != "search.html")


def test_no_page_has_a_script_of_its_source(pages: list[Path]) -> None:
    for path in pages:
        root = parse(path)
        for element in root.iter():
            if not isinstance(element.tag, str):
                continue
            assert "alert" not in (element.text or "") or element.tag != "script", path
            assert element.tag not in ("iframe", "svg", "object", "embed"), path
            assert not [name for name in element.attrib if name.startswith("on")], path


def test_no_address_of_a_page_runs_anything(pages: list[Path]) -> None:
    for path in pages:
        for element in parse(path).iter():
            for name in ("href", "src", "action"):
                address = "".join((element.get(name) or "").split()).lower()
                scheme, colon, _ = address.partition(":")
                has_scheme = colon and not set(scheme) & set("/?#")
                assert not has_scheme or address.startswith(SCHEMES), (path, address)
