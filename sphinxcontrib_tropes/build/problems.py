"""Problems that only the whole wiki shows, as warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..messages import warn
from ..wiki.views.audit import own_problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..wiki import Wiki

__all__ = ["problems_of", "warn_of"]


def warn_of(problems: Iterable[list[Any]]) -> None:
    """Warns of each problem."""
    for subtype, sentence, docname, line, file in problems:
        place = f"{file}:{line}" if file else (docname, line)
        warn(subtype, sentence, place, is_found=True)


def problems_of(wiki: Wiki, *, is_wanted_wrong: bool) -> Iterator[list[Any]]:
    """Subtype, sentence, document, line and included file of each problem."""
    for problem in (*wiki.problems, *own_problems(wiki)):
        yield [problem.kind, problem.sentence, problem.docname, problem.line, ""]
    for found in wiki.parted_titles.all():
        yield ["markup", found.sentence, found.docname, found.link.line, found.link.file]
    if is_wanted_wrong:
        yield from _wanted(wiki)


def _wanted(wiki: Wiki) -> Iterator[list[Any]]:
    for docname, facts in wiki.documents.items():
        links = ((link.target, link.line, link.file) for link in facts.links)
        namings = (
            (naming.target, naming.line, naming.file)
            for naming in facts.namings
            # a redirect's link is among those above
            if naming.target and naming.how != "redirect"
        )
        for target, line, file in (*links, *namings):
            to = wiki.resolve(target)
            if to.kind == "wanted":
                yield ["wanted", f"no page is called {to.name}", docname, line, file]
