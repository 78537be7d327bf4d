"""An edit between two builds of one process, for the tests of what makes such builds fast."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinxcontrib_tropes.build.live import LiveBuild

from ...conftest import AWKWARD, Site
from ...sphinx.test_incremental import snapshot

__all__ = ["edited"]


def edited(site: Site, *, first: bool = True, told: bool = True) -> dict[str, bytes]:
    """The output after an edit in the same process.

    :param first: whether the edited page is written before the rest.
    :param told: whether the build is told what changed.
    """
    site.write({**AWKWARD, "HumanZoo.trope": "As before: {{abE}}.\n"})
    out, doctrees = site.root / "html", site.root / "doctrees"
    with patch_docutils(site.source), docutils_namespace():
        app = Sphinx(site.source, site.source, out, doctrees, "html", status=None, warning=None)
        live = LiveBuild(app)
        live.build_rest()
        site.write({"HumanZoo.trope": "Edited: {{Humans}}’s 2nd.\n"})
        if first:
            live.write_first(["HumanZoo"])
        live.build_rest([site.source / "HumanZoo.trope"] if told else None)
    output = snapshot(out)
    assert b"Edited" in output["HumanZoo.html"]
    return output
