"""Tables that follow an edit, each by its rule."""

from __future__ import annotations

from functools import cached_property

from sphinxcontrib_tropes.wiki import Wiki
from sphinxcontrib_tropes.wiki.index.edits import Edit
from sphinxcontrib_tropes.wiki.index.tables import Part, kept_with, lasting, patched

from ..documents import document


class Counts(Part):
    """Tables with all kinds of rules."""

    def __init__(self, wiki: Wiki) -> None:
        self._wiki = wiki
        self.memo: dict[str, int] = {}

    @patched
    def links(self) -> dict[str, int]:
        return {name: len(facts.links) for name, facts in self._wiki.documents.items()}

    @links.rule
    def _count_again(self, links: dict[str, int], edit: Edit) -> bool:
        for docname, before, after in edit.changes:
            links[docname] = len(after.facts.links)
            if len(before.facts.links) != links[docname]:
                edit.changed.add(Counts.links)
        return True

    @patched
    def sums(self) -> list[int]:
        return [sum(self.links.values())]

    @sums.rule
    def _add_again(self, sums: list[int], edit: Edit) -> bool:
        sums[0] = sum(self.twice.values()) // 2
        return True

    @kept_with(links)
    def twice(self) -> dict[str, int]:
        return {name: 2 * count for name, count in self.links.items()}

    @lasting
    def names(self) -> list[str]:
        return list(self._wiki.pages)

    @cached_property
    def anew(self) -> object:
        return object()


def counts() -> tuple[Wiki, Counts]:
    wiki = Wiki({"Abc": document("Abc", "[Human] and [Zoo]."), "Zoo": document("Zoo", "[Abc].")})
    return wiki, wiki.part(Counts)


def test_a_table_stays_patched_kept_or_made_anew_as_its_rule_says() -> None:
    wiki, found = counts()
    links, twice, names, anew = found.links, found.twice, found.names, found.anew
    found.memo["Abc"] = 1
    wiki.replace("Abc", document("Abc", "[Human] or [Zoo]."))
    assert found.links is links
    assert found.twice is twice
    assert found.names is names
    assert found.anew is not anew
    assert found.memo == {}
    wiki.replace("Abc", document("Abc", "[Human]."))
    assert found.links is links
    assert found.twice == {"Abc": 2, "Zoo": 2}
    assert found.names is names


def test_a_rule_finds_other_tables_as_they_are_after_the_edit() -> None:
    wiki, found = counts()
    assert (found.sums, found.twice) == ([3], {"Abc": 4, "Zoo": 2})  # sums come first
    wiki.replace("Abc", document("Abc", "[Human]."))
    assert found.sums == [2]
    wiki.replace("Abc", document("Abc", "No more."))
    assert found.sums == [1]


def test_nothing_stays_when_a_name_changes() -> None:
    wiki, found = counts()
    assert found.names == ["main/abc", "main/zoo"]
    wiki.replace("Human", document("Human"))
    assert wiki.part(Counts) is not found
    assert wiki.part(Counts).names == ["main/abc", "main/human", "main/zoo"]
