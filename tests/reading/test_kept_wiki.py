"""The wiki of a process that builds again: edited where few documents changed, else made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sphinxcontrib_tropes import get_wiki
from sphinxcontrib_tropes.reading.kept_wiki import KeptWiki, WikiSettings
from sphinxcontrib_tropes.wiki.facts.packed import Names, pack_links
from sphinxcontrib_tropes.wiki.text.unlinked_mentions import NOTHING_REFUSED

from ..conftest import Site
from ..wiki.documents import document

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinxcontrib_tropes.wiki import DocumentFacts, Wiki

NAMES: list[str] = []
SETTINGS = WikiSettings(
    (("main", ""), ("film", "Film")), {}, 200, NOTHING_REFUSED, (), False, NAMES
)


def packed(**documents: DocumentFacts) -> dict[str, tuple[str, tuple[Any, ...]]]:
    found = {}
    for name, facts in documents.items():
        title, pages, _links, *rest = facts.pack()
        links = pack_links(facts.links, facts.texts, Names(NAMES))
        found[name] = repr(facts), (title, pages, links, *rest)
    return found


def kept(**documents: DocumentFacts) -> KeptWiki:
    found = KeptWiki(dict)
    found.update(packed(**documents), SETTINGS)
    return found


def wanted(wiki: Wiki) -> list[str]:
    return [found.name for found in wiki.wanted]


def test_a_changed_document_is_replaced_in_the_wiki_of_the_build_before() -> None:
    found = kept(Abc=document("Abc", "To [Human]."), Zoo=document("Zoo", "[Abc]."))
    wiki = found.wiki
    assert wanted(wiki) == ["Main/Human"]
    found.update(packed(Abc=document("Abc", "To [Ape]."), Zoo=document("Zoo", "[Abc].")), SETTINGS)
    assert found.wiki is wiki
    assert wanted(wiki) == ["Main/Ape"]


def test_documents_come_and_go() -> None:
    found = kept(Abc=document("Abc", "To [Human]."), Zoo=document("Zoo", "[Abc]."))
    found.update(packed(Human=document("Human"), Zoo=document("Zoo", "[Abc].")), SETTINGS)
    assert list(found.wiki.documents) == ["Human", "Zoo"]
    assert wanted(found.wiki) == ["Main/Abc"]


def test_the_wiki_is_made_anew_with_other_settings() -> None:
    found = kept(Abc=document("Abc", "To [Human]."))
    wiki = found.wiki
    found.update(packed(Abc=document("Abc", "To [Human].")), SETTINGS._replace(context_length=9))
    assert found.wiki is not wiki
    assert found.wiki.context_length == 9


def test_the_wiki_is_made_anew_if_many_documents_changed() -> None:
    found = kept(**{f"Abc{n}": document(f"Abc{n}", "To [Human].") for n in range(30)})
    wiki = found.wiki
    edited = {f"Abc{n}": document(f"Abc{n}", "To [Ape].") for n in range(30)}
    found.update(packed(**edited), SETTINGS)
    assert found.wiki is not wiki
    assert wanted(found.wiki) == ["Main/Ape"]


def test_an_update_that_breaks_off_is_not_built_upon(monkeypatch: pytest.MonkeyPatch) -> None:
    found = kept(Abc=document("Abc", "To [Human]."))
    wiki = found.wiki

    def break_off(*_arguments: object) -> None:
        raise KeyboardInterrupt

    edited = packed(Abc=document("Abc", "To [Ape]."))
    with monkeypatch.context() as patched:
        patched.setattr(type(wiki), "update", break_off)
        with pytest.raises(KeyboardInterrupt):
            found.update(edited, SETTINGS)
    found.update(edited, SETTINGS)
    assert found.wiki is not wiki
    assert wanted(found.wiki) == ["Main/Ape"]


def test_an_application_that_builds_again_edits_its_wiki(site: Site) -> None:
    wikis, targets = [], []

    def look(app: Sphinx, *_more: object) -> None:
        wiki = get_wiki(app.env)
        wikis.append(wiki)
        targets.append("main/another" in wiki.targets)

    def build_again(app: Sphinx) -> None:
        app.connect("build-finished", look)
        app.build()
        site.write({"O'Brien 2.trope": "To {{Ætherpunk}} and {{Another}}.\n"})
        app.build()

    site.write({"O'Brien 2.trope": "To {{Ætherpunk}}.\n"})
    site.build(on_app=build_again)
    assert wikis[0] is wikis[1]
    assert targets[:2] == [False, True]
