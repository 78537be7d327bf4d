"""What several rooms of tests share: small wikis in a few lines of text, and their builds."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import html5lib
import pytest
from hypothesis import HealthCheck, settings
from sphinx.application import Sphinx
from sphinx.locale import translators
from sphinx.util.docutils import docutils_namespace, patch_docutils

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

ROOT = Path(__file__).parent.parent
CONF = 'extensions = ["sphinxcontrib_tropes"]\nhtml_theme = "basic"\nproject = "Wiki"\n'
INDEX = "Wiki\n====\n"

# Pages that sort otherwise by name, key, title and case; digits, apostrophes, other scripts, equal titles,
# names one letter apart. For wikis whose own names are nicer than real ones.
AWKWARD: dict[str, str | bytes | None] = {
    "HumanZoo.trope": "(:laconic A long line here that is longer.:)\nAbout {{Humans}} & {{zebra’s 2nd}}.\n",
    "Humans.trope": "x HumanZoo, HumanZoos\n",
    "HumanZoos.trope": "(:title The Human Zoo:)\n(:alias {{Zoo, the 3rd}}:)\ny {{Humans}}\n",
    "abE.trope": "(:title The Human Zoo:)\nz {{Abe}}, {{Zoo, the 3rd}}, {{12 O’Clock}}\n",
    "Éclair.trope": "(:title Zz:)\n{{abE}}’s, [[鋼の錬金術師 it’s]].\n",
    "鋼の錬金術師.trope": "{{Éclair}}、{{Ёлка}}。\n",
    "Film/12 O'Clock.trope": "On {{HumanZoo}}. [[spoiler:On {{Humans}}.]]\n",
}

# No run is to find what another did not: `make fuzz` is for that. And a busy machine fails no test.
settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")


class Site:
    """A small project in a folder, and its builds."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.source = root / "source"
        self.warnings = ""
        self.source.mkdir(parents=True, exist_ok=True)
        self.write({"conf.py": CONF, "index.rst": INDEX})

    def write(self, files: dict[str, str | bytes | None]) -> Site:
        """Writes files of the project; None deletes one."""
        for name, text in files.items():
            path = self.source / name
            if text is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self

    def build(
        self,
        builder: str = "html",
        *,
        out: str | None = None,
        doctrees: str = "doctrees",
        parallel: int = 0,
        force: bool = False,
        only: list[str] | None = None,
        on_app: Callable[[Sphinx], None] | None = None,
        **config: object,
    ) -> Path:
        """Builds the project; the output folder. What was warned of is in :attr:`warnings`."""
        outdir = self.root / (out or builder)
        warnings = StringIO()
        translators.clear()  # those of another language stay in the process
        with patch_docutils(self.source), docutils_namespace():
            app = Sphinx(
                self.source,
                self.source,
                outdir,
                self.root / doctrees,
                builder,
                confoverrides=config,
                status=None,
                warning=warnings,
                freshenv=False,
                parallel=parallel,
            )
            if on_app:
                on_app(app)
            files = [self.source / name for name in only] if only else []
            try:
                app.build(force, files)
            finally:
                self.warnings = warnings.getvalue()
        return outdir

    def page(self, name: str, out: str = "html") -> Element:
        """A page that was built, parsed as a browser does."""
        return parse(self.root / out / f"{name}.html")


def parse(path: Path) -> Element:
    return html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)


def text_of(element: Element) -> str:
    """The words of an element, blanks folded."""
    return " ".join("".join(element.itertext()).split())


def having_class(root: Element, name: str) -> list[Element]:
    return [e for e in root.iter() if name in e.get("class", "").split()]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """An empty project with the extension."""
    return Site(tmp_path)
