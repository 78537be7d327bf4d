"""References to a document whose file moves."""

from __future__ import annotations

import pytest

from sphinxcontrib_tropes.tools.editing.document_references import with_document_moved


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        (":doc:`../Old`", ":doc:`../New`"),
        (":doc:`a </Old>`", ":doc:`a </New>`"),
        (":doc:`Old`", ":doc:`Old`"),
        (".. toctree::\n\n   ../Old\n   x\n\n../Old", ".. toctree::\n\n   ../New\n   x\n\n../Old"),
        ("```{toctree}\n../Old\n```\n", "```{toctree}\n../New\n```\n"),
    ],
)
def test_references_to_the_document_follow_it(text, moved):
    assert with_document_moved(text, "guide/x.rst", "Old", "New")[0] == moved
