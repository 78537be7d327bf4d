"""The findings of one document are those of the whole wiki that are about it."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.wiki import Wiki
from sphinxcontrib_tropes.wiki.views.audit import faults, faults_of

from ..random_documents import AROUND, DOCUMENTS, RandomDocuments


@pytest.mark.parametrize("around", AROUND, ids=range(len(AROUND)))
def test_a_document_has_the_findings_that_the_wiki_has_of_it(around):
    edited = RandomDocuments(2026, around)
    for _ in range(25):
        edited.edit()
        wiki = Wiki(edited.facts, None, around.external, destinations=edited.destinations)
        found = faults(wiki)
        for docname in DOCUMENTS:
            assert faults_of(wiki, docname) == [f for f in found if f.docname == docname]


def test_a_document_that_is_gone_has_none():
    assert faults_of(Wiki({}), "Gone") == []
