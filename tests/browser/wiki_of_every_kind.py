"""A small wiki that has every kind of page, and everything that a page can show."""

from __future__ import annotations

__all__ = ["FILES", "KINDS"]

_NAMES = ", ".join(f"Ape Name {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUV")
_MENTIONS = "\n".join(f"* {{{{Bee}}}}: item {number} of a longer list." for number in range(3))

FILES: dict[str, str | bytes | None] = {
    "index.rst": (
        "Wiki\n====\n\nTo :trope:`Ape`, `elsewhere <https://www.example.org/>`_.\n\n"
        ".. toctree::\n   :glob:\n   :maxdepth: 2\n\n   *\n"
    ),
    "Ape.trope": (
        f"(:laconic An ape, in short.:)\n(:alias {_NAMES}:)\n"
        "-> ''A quote of an ape.''\n-->-- Someone\n\n"
        "The ape meets a {{Bee}} and a {{Ghost}}[[note]]A note with a {{Cat}} in it.[[/note]]. "
        "[[spoiler:It stings, says the {{Bee}}.]] [[red:Red]] and [[green:green]] words.\n\n"
        "!!Part\n||~ head ||~ other ||\n||a cell ||a {{Cat}} ||\n\n"
        "[[folder:A to M]]\n* {{Bee}}: an example.\n* Film/{{Long Film}}: another.\n[[/folder]]\n\n"
        "[[folder:N to Z]]\n* Film/{{Ghost Film}}: one more.\n[[/folder]]\n\n"
        "[[spoiler:\nA block that is hidden, of a {{Cat}}.\n]]\n\nSee also: {{Cat}}.\n"
    ),
    "Bee.trope": "(:laconic A bee.:)\n\nA sub-trope of {{Ape}}. It stings an {{Ape}}.\n",
    "Cat.trope": f"A cat, of an {{{{Ape}}}}. And an {{{{Ape}}}}.\n\n{_MENTIONS}\n",
    "Dog.trope": "[[index]]\n* {{Ape}}\n* {{Bee}}\n* {{Cat}}\n[[/index]]\n",
    "Eel.trope": "(:redirect Ape:)\n",
    "Film/LongFilm.trope": (
        "(:laconic A film with a title of some length, which has to be broken on a phone.:)\n\n"
        "* {{Ape}}: the [[spoiler:hidden]] ape.\n* {{Ghost}}: none.\n"
    ),
    "Laconic/Ape.trope": "Short, of the {{Ape}}.\n",
    "guide.rst": (
        "Guide\n=====\n\n.. trope:: Own Page\n\n   Of its own, with an {{Ape}}.\n\n"
        ".. trope-index::\n   :namespace: Film\n\n.. trope-backlinks:: Ape\n\n.. trope-wanted::\n"
    ),
} | {
    f"Fox{number}.trope": f"Fox {number}, a friend of the {{{{Ape}}}}, wants {{{{Ghost}}}}.\n"
    for number in range(20)
}  # fmt: skip

KINDS = {
    "a page": "Ape",
    "a work": "Film/LongFilm",
    "a document": "guide",
    "the index": "tropes/index",
    "wanted pages": "tropes/wanted",
    "health": "tropes/health",
    "the graph": "tropes/graph",
    "backlinks": "tropes/backlinks/main/ape",
    "a wanted name": "tropes/backlinks/main/ghost",
}
"""Kind of page -> one of that kind."""
