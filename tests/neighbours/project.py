"""The project that is built with each extension: awkward on purpose, with words that nobody may see.

There are two of it: ours, and a control of the same pages as plain reStructuredText, without ours.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field

__all__ = ["CONTROL", "NEIGHBOURS", "OURS", "SECRET", "WIKI_PAGES", "Neighbour"]

SECRET = "qqsecret"
"""What every word under a spoiler begins with."""

_SHARED = {
    "index.rst": (
        "Apes & Ålanders 3\n=================\n\nAll there is on apes.\n\n"
        ".. toctree::\n   :glob:\n\n   *\n   */*\n"
    ),
    "apes.py": (
        '"""All about apes."""\n\n\nclass Chimp:\n    """A chimp.\n\n    Args:\n'
        '        name: What it is called.\n    """\n\n    def __init__(self, name: str) -> None:\n'
        "        self.name = name\n"
    ),
}
OURS = _SHARED | {
    "Ape2.trope": (
        '(:laconic An "ape" of <sorts> & more, [[spoiler:qqsecretlaconic]].:)\n'
        "(:alias O'Ape, 見よ猿:)\n\n"
        "An ape is [[spoiler:qqsecretinline]] with {{Ghost}} and {{O'Hara3}}."
        "[[note]]A notedword.[[/note]] [[spoiler:qqsecretwith {{Ape II}}]].\n\n"
        "[[spoiler:\nA qqsecretblock.\n\n* A qqsecretitem of {{O'Hara3}}.\n]]\n\n"
        "!!見よ, 2 [[spoiler:qqsecretheading]]\n[[#see]]Text of [[#see this]].\n\n"
        "[[folder:Fold]]\n* In it: [[spoiler:qqsecretfolded]].\n[[/folder]]\n\n"
        "[@\nprint('ape')\n@]\n"
    ),
    "ApeII.trope": "(:title Ape II:)\n\n[[spoiler:\nA qqsecretfirst.\n]]\n\nOne letter from {{Ape2}}.\n",
    "Film/Ape2.trope": "The film of {{Ape2}}, with [[spoiler:qqsecretfilm {{O'Hara3}}]].\n",
    "OHara3.trope": "(:title O'Hara3:)\n\nPaneltext of {{Ape2}} and [[Film/Ape2 the film]].\n",
    "OldApe.trope": "(:redirect Ape2:)\n",
    "ape2x.trope": "猿も木から落ちる {{見よ猿}}, {{ Nobody's }}.\n",
    "guide.rst": (
        "Guide\n=====\n\nIt begins with :trope:`Ape2` and\n"
        ":trope:`[[spoiler:qqsecretrole]] of O'Hara3`.\n\n"
        ".. trope-markup::\n\n   A [[spoiler:qqsecretmarkup]] of Ape2.\n\n"
        ".. trope:: In Guide\n   :laconic: [[spoiler:qqsecretoption]] only.\n\n"
        "   Of {{Ape2}}, [[spoiler:qqsecretdirective]].\n\n"
        "See :doc:`Ape2` and :doc:`Film/Ape2`.\n\n.. code-block:: python\n\n   print('guide')\n"
    ),
}
CONTROL = _SHARED | {
    "Ape2.rst": (
        "Ape2\n====\n\nAn ape is with Ghost and :doc:`OHara3`.\n\n* A list.\n\n"
        "見よ, 2\n-------\n\nText.\n\n.. code-block:: python\n\n   print('ape')\n"
    ),
    "ApeII.rst": "Ape II\n======\n\nOne letter from :doc:`Ape2`.\n",
    "Film/Ape2.rst": "Ape2\n====\n\nThe film of :doc:`/Ape2`.\n",
    "OHara3.rst": "O'Hara3\n=======\n\nPaneltext of :doc:`Ape2` and :doc:`Film/Ape2`.\n",
    "OldApe.rst": "Old Ape\n=======\n\nText.\n",
    "ape2x.rst": "Ape2x\n=====\n\n猿も木から落ちる :doc:`Ape2`.\n",
    "guide.rst": (
        "Guide\n=====\n\nIt begins with :doc:`Ape2` and :doc:`OHara3`.\n\n"
        "See :doc:`Ape2` and :doc:`Film/Ape2`.\n\n.. code-block:: python\n\n   print('guide')\n"
    ),
}
WIKI_PAGES = ["Ape2", "ApeII", "Film/Ape2", "OHara3", "ape2x"]
"""Those with content of their own."""


@dataclass(frozen=True)
class Neighbour:
    """An extension, or some that are nearly always together, and what shows that they are there."""

    extensions: list[str]
    files: dict[str, str | bytes] = field(default_factory=dict)
    """What the project has for it. The control has other words on a line after ``TROPES``, and no
    ``trope-markup``."""
    settings: dict[str, object] = field(default_factory=dict)
    jobs: int = 2


def _inventory() -> bytes:
    lines = "other.Thing py:class 1 things.html#$ -\nother label std:label -1 l.html#other Other\n"
    head = "# Sphinx inventory version 2\n# Project: Other\n# Version: 1\n"
    return f"{head}# The remainder of this file is compressed using zlib.\n".encode() + (
        zlib.compress(lines.encode())
    )


def _notebook(title: str) -> bytes:
    def cell(kind: str, *source: str, **more: object) -> dict[str, object]:
        return {"cell_type": kind, "id": kind, "metadata": {}, "source": list(source), **more}

    output = {"output_type": "stream", "name": "stdout", "text": ["42\n"]}
    cells = [
        cell("raw", f"{title}\n", "=" * len(title))
        | {"metadata": {"raw_mimetype": "text/restructuredtext"}},
        cell("code", "print(6 * 7)", execution_count=1, outputs=[output]),
    ]
    if title == "MyST":
        cells[0] = cell("markdown", "# MyST\n")
    return json.dumps(
        {
            "cells": cells,
            "metadata": {"language_info": {"name": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    ).encode()


_SPOILED = "\n   .. trope-markup::\n\n      A [[spoiler:qqsecret{}]] of Ape2.\n"

NEIGHBOURS: dict[str, Neighbour] = {
    "sphinx": Neighbour(
        [
            "sphinx.ext.autodoc",
            "sphinx.ext.napoleon",
            "sphinx.ext.autosummary",
            "sphinx.ext.intersphinx",
            "sphinx.ext.viewcode",
            "sphinx.ext.autosectionlabel",
        ],
        {
            "api.rst": (
                "API\n===\n\n.. autosummary::\n\n   apes.Chimp\n\n.. automodule:: apes\n   :members:\n\n"
                "See :py:class:`other.Thing` and :ref:`guide:Guide`.\n"
            ),
            "other.inv": _inventory(),
        },
        {
            "autosectionlabel_prefix_document": True,
            "intersphinx_mapping": {"other": ("https://other.example/", "other.inv")},
        },
    ),
    "myst_parser": Neighbour(
        ["myst_parser"],
        {
            "mystical.md": "# Mystical\n\nTROPES{trope}`Ape2` and {trope}`[[spoiler:qqsecretmyst]] too`.\n"
        },
    ),
    "sphinx_design": Neighbour(
        ["sphinx_design"],
        {
            "design.rst": (
                "Design\n======\n\n.. card:: A card\n"
                + _SPOILED.format("card")
                + "\n.. dropdown:: More\n"
                + _SPOILED.format("dropdown")
                + "\n   Text.\n"
            )
        },
    ),
    "sphinx_copybutton": Neighbour(["sphinx_copybutton"]),
    "sphinx_tabs": Neighbour(
        ["sphinx_tabs.tabs"],
        {
            "tabbed.rst": "Tabbed\n======\n\n.. tabs::\n\n   .. tab:: One\n\n      Text.\n"
            + _SPOILED.format("tab").replace("\n   ", "\n      ")
        },
    ),
    "sphinx_togglebutton": Neighbour(
        ["sphinx_togglebutton"],
        {
            "toggled.rst": "Toggled\n=======\n\n.. toggle::\n\n   Text.\n"
            + _SPOILED.format("toggle")
        },
    ),
    "notfound": Neighbour(["notfound.extension"]),
    "sphinx_sitemap": Neighbour(
        ["sphinx_sitemap"],
        settings={
            "html_baseurl": "https://apes.example/",
            "sitemap_url_scheme": "{link}",
            "sitemap_show_lastmod": True,
        },
    ),
    "opengraph": Neighbour(
        ["sphinxext.opengraph"],
        settings={"ogp_site_url": "https://apes.example/", "ogp_social_cards": {"enable": False}},
    ),
    "rediraffe": Neighbour(
        ["sphinxext.rediraffe"], settings={"rediraffe_redirects": {"gone": "Ape2"}}
    ),
    "last_updated": Neighbour(["sphinx_last_updated_by_git"]),
    "sphinx_tags": Neighbour(
        ["sphinx_tags"],
        {"tagged.rst": "Tagged\n======\n\n.. tags:: primates, 2nd\n\nTROPESOf :trope:`Ape2`.\n"},
        {"tags_create_tags": True},
    ),
    "sphinx_needs": Neighbour(
        ["sphinx_needs"],
        {
            "needed.rst": (
                "Needed\n======\n\n.. req:: An ape\n   :id: APE_1\n\n   Text.\n"
                + _SPOILED.format("need")
                + "\n.. needtable::\n"
            )
        },
    ),
    "bibtex": Neighbour(
        ["sphinxcontrib.bibtex"],
        {
            "cited.rst": "Cited\n=====\n\nAs in :cite:p:`goodall`.\n\n.. bibliography::\n",
            "apes.bib": "@book{goodall, author={Jane Goodall}, title={Apes}, publisher={P}, year={1986}}\n",
        },
        {"bibtex_bibfiles": ["apes.bib"]},
    ),
    "mermaid": Neighbour(
        ["sphinxcontrib.mermaid"],
        {"drawn.rst": "Drawn\n=====\n\n.. mermaid::\n\n   graph LR\n   A-->B\n"},
    ),
    "sphinx_tippy": Neighbour(
        ["sphinx_tippy"],
        settings={"tippy_enable_wikitips": False, "tippy_enable_doitips": False},
        jobs=1,  # it says that several may write, and then loses the tooltips
    ),
    "codeautolink": Neighbour(
        ["sphinx.ext.autodoc", "sphinx_codeautolink"],
        {
            "linked.rst": (
                "Linked\n======\n\n.. automodule:: gibbons\n   :members:\n\n"
                ".. code-block:: python\n\n   import gibbons\n\n   gibbons.Lar()\n"
            ),
            "gibbons.py": '"""All about gibbons."""\n\n\nclass Lar:\n    """A lar."""\n',
        },
    ),
    "autoapi": Neighbour(
        ["autoapi.extension"],
        settings={"autoapi_dirs": ["package"], "autoapi_keep_files": False},
        files={
            "package/lemurs.py": '"""All about lemurs."""\n\n\ndef jump() -> None:\n    """Jumps."""\n'
        },
    ),
    "ablog": Neighbour(
        ["ablog"],
        {
            "posted.rst": (
                "Posted\n======\n\n.. post:: May 02, 2024\n   :tags: primates\n   :author: Ann\n\n"
                "TROPESAn ape, :trope:`[[spoiler:qqsecretpost]] of Ape2`.\n\n"
                "Second.\n" + "\n.. trope-markup::\n\n   A [[spoiler:qqsecretlater]] of Ape2.\n"
            ),
            "posts.rst": "Posts\n=====\n\n.. postlist::\n   :excerpts:\n",
        },
        {"blog_baseurl": "https://apes.example/", "blog_feed_fulltext": True, "blog_path": "blog"},
    ),
    "nbsphinx": Neighbour(
        ["nbsphinx"], {"book.ipynb": _notebook("Book")}, {"nbsphinx_execute": "never"}
    ),
    "myst_nb": Neighbour(
        ["myst_nb"], {"myst.ipynb": _notebook("MyST")}, {"nb_execution_mode": "off"}
    ),
    "llms": Neighbour(["sphinx_llms_txt"], settings={"llms_txt_title": "Apes"}),
}
