"""From text to docutils nodes (for Markdown alone: to its own tree), page by page."""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
import warnings
from functools import partial
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .forms import source_of
from .measure import Cost, interleaved, median_ratio
from .results import Result
from .wiki import Wiki

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

__all__ = ["measure_parsers"]

_PAGES = 40
_GOALS = {"rst": ("docutils rST", 6), "myst": ("MyST", 10), "mistune": ("mistune, its tree", 2.5)}


def measure_parsers(rounds: int) -> Iterator[Result]:
    """How many times as fast as others the markup is read."""
    pages = list(islice(Wiki(1000), _PAGES))
    with tempfile.TemporaryDirectory() as folder:
        app = _application(Path(folder))
        warnings.simplefilter("ignore", DeprecationWarning)  # there is no other way yet
        readers = {
            "trope": (_reader_of_tropes(app), "trope"),
            "rst": (_reader_of_rst(app), "rst"),
            "myst": (_reader_of_myst(app), "myst"),
            "mistune": (_reader_by_mistune(), "markdown"),
            "markdown-it": (_reader_by_markdown_it(), "markdown"),
        }
        contenders = {
            name: _batch(reader, [source_of(form, page) for page in pages])
            for name, (reader, form) in readers.items()
        }
        for batch in contenders.values():
            batch()  # what is done once
        costs = interleaved(contenders, max(rounds, 5))
    shown = {n: statistics.median(c.cpu for c in cost) * 1000 for n, cost in costs.items()}
    for name in ("rst", "myst", "mistune", "markdown-it"):
        label, goal = _GOALS.get(name, ("markdown-it-py, its tokens", None))
        yield Result(
            f"parser: {label}, against trope markup",
            median_ratio(costs[name], costs["trope"]),
            "times",
            goal,
            is_least=True,
            detail=f"{shown[name]:.2f} against {shown['trope']:.2f} ms a page",
            samples={n: [c.cpu for c in costs[n]] for n in (name, "trope")},
        )


def _batch(reader: _Reader, texts: list[str]) -> Callable[[], Cost]:
    def batch() -> Cost:
        # to look at what Sphinx has loaded again and again is no part of parsing
        gc.collect()
        gc.freeze()
        cpu = wall = 0.0
        for text in texts:
            document = reader.prepare()
            begun, begun_wall = time.process_time(), time.perf_counter()
            reader.read(text, document)
            cpu += time.process_time() - begun
            wall += time.perf_counter() - begun_wall
        return Cost(cpu / len(texts), wall / len(texts))

    return batch


class _Reader(NamedTuple):
    """Reads a page."""

    prepare: Callable[[], Any]
    """Makes what is read into: not measured."""
    read: Callable[[str, Any], object]


def _application(folder: Path) -> Sphinx:
    """A project without documents, for the roles that reStructuredText and MyST need."""
    from sphinx.application import Sphinx

    (folder / "conf.py").write_text("extensions = ['myst_parser']\nsmartquotes = False\n")
    (folder / "index.rst").write_text("Index\n=====\n")
    return Sphinx(
        folder, folder, folder / "out", folder / "doctrees", "html", status=None, warning=StringIO()
    )


def _document(app: Sphinx, settings: Any) -> nodes.document:
    from docutils.utils import new_document

    app.env.prepare_settings("index")
    return new_document("index", settings)


def _settings(app: Sphinx) -> Any:
    from docutils.frontend import get_default_settings
    from docutils.parsers.rst import Parser

    settings = get_default_settings(Parser)
    for name, value in app.env.settings.items():
        setattr(settings, name, value)
    settings.env = app.env
    settings.record_dependencies = None
    return settings


def _reader_of_tropes(app: Sphinx) -> _Reader:
    from sphinxcontrib_tropes.markup import Parser

    return _Reader(partial(_document, app, _settings(app)), Parser().parse)


def _reader_of_rst(app: Sphinx) -> _Reader:
    from sphinx.parsers import RSTParser

    return _in_sphinx(app, RSTParser())


def _reader_of_myst(app: Sphinx) -> _Reader:
    from myst_parser.parsers.sphinx_ import MystParser

    return _in_sphinx(app, MystParser())


def _in_sphinx(app: Sphinx, parser: Any) -> _Reader:
    from sphinx.util.docutils import sphinx_domains

    parser.set_application(app)

    def read(text: str, document: nodes.document) -> None:
        with sphinx_domains(app.env):
            parser.parse(text, document)

    return _Reader(partial(_document, app, _settings(app)), read)


def _reader_by_mistune() -> _Reader:
    import mistune

    markdown = mistune.create_markdown(renderer="ast")
    return _Reader(_nothing, lambda text, document: markdown(text))


def _reader_by_markdown_it() -> _Reader:
    from markdown_it import MarkdownIt

    parse = MarkdownIt("commonmark").parse
    return _Reader(_nothing, lambda text, document: parse(text))


def _nothing() -> None:
    """What is read into, where the reader makes that itself."""
