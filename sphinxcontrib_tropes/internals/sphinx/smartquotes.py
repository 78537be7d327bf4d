"""Typographic quotes, dashes and ellipses in documents of trope markup.

Touches: ``SphinxSmartQuotes`` (its priority, ``is_available``, ``get_tokens``, ``nodes_to_skip``),
``educate_tokens`` and ``smartchars`` of docutils; the setting ``smart_quotes`` of a document and
``temp_data`` of the environment between two transforms.
Why: Sphinx's transform runs a dozen patterns over each piece of text, but most texts have nothing
to change, and one pattern finds these. With the walks, this is 10 to 17 % of a page of
reStructuredText.
Seen in: Sphinx 8.2 to 9.2, docutils 0.20 to 0.22.
Remove when: docutils skips texts that have nothing to change.
Upstream: none known.
Without it: the same pages, more slowly.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.utils import normalize_language_tag
from docutils.utils.smartquotes import educate_tokens, smartchars
from sphinx.transforms import SphinxSmartQuotes, SphinxTransform
from sphinx.util.nodes import is_smartquotable

from ..docutils.fast_nodes import make_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

__all__ = ["setup"]

_KNOWN_ACTIONS = frozenset("123qbBdDiew")
_EDUCATED = "tropes_quotes_are_educated"
# Quotes, dashes, ellipses, backslashes, what Sphinx escapes, and what options may change.
_MAY_CHANGE = re.compile(r"""["'`\\\x00&]|--|\.\.|\. \.""")
# The same without apostrophes inside words: nine in ten are such, and become one character.
_MORE_THAN_APOSTROPHES = re.compile(r"""["`\\\x00&]|--|\.\.|\. \.|(?<!\w)'|'(?!\w)""")


class EducateQuotes(SphinxSmartQuotes):
    """Does what Sphinx's transform would do, and stops that transform from doing it again."""

    default_priority = SphinxSmartQuotes.default_priority - 1
    suffix = ""
    """The suffix of sources of trope markup."""

    def apply(self, **kwargs: Any) -> None:
        """Changes the texts in place."""
        settings = self.document.settings
        if self.env.doc2path(self.env.docname).suffix != self.suffix or not self.is_available():
            return
        if settings.smart_quotes is not True or settings.smartquotes_locales:
            return  # the project chose its quotes: leave it to Sphinx's transform
        if not _KNOWN_ACTIONS.issuperset(self.config.smartquotes_action):
            return
        languages: dict[str, str | None] = {}
        for block in _blocks(self.document, self.nodes_to_skip):
            texts = _texts(block)
            if any(map(_MAY_CHANGE.search, texts)):
                language = self._language(block, languages)
                if language is None:
                    return  # Sphinx's transform warns of it
                self._educate(texts, language)
        settings.smart_quotes = False
        self.env.temp_data[_EDUCATED] = True

    def _language(self, block: nodes.Element, known: dict[str, str | None]) -> str | None:
        code = block.get_language_code(self.document.settings.language_code)
        if code not in known:
            tags = normalize_language_tag(code)
            known[code] = next((tag for tag in tags if tag in smartchars.quotes), None)
        return known[code]

    def _educate(self, texts: list[nodes.Text], language: str) -> None:
        action = self.config.smartquotes_action
        # "B" makes closing quotes of them
        knows_apostrophes = "q" in action and "B" not in action
        before = " "
        for text in texts:
            last = text[-1:]
            if last and _MAY_CHANGE.search(text) and is_smartquotable(text):
                if knows_apostrophes and not _MORE_THAN_APOSTROPHES.search(text):
                    educated = text.replace("'", smartchars.apostrophe)
                else:
                    tokens = [("literal", before), *self.get_tokens([text])]
                    _, educated = educate_tokens(tokens, action, language)
                if educated != text:
                    _put(text, make_text(educated))
            before = last or before


def _blocks(root: nodes.Element, skipped: tuple[type[Any], ...]) -> Iterator[nodes.Element]:
    """The outermost blocks of text below *root*."""
    stack = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, nodes.TextElement):
            if not isinstance(node, skipped):
                yield node
            # what is nested in a skipped block belongs to it
            continue
        stack += [child for child in node.children if isinstance(child, nodes.Element)]


def _texts(block: nodes.Element) -> list[nodes.Text]:
    """The texts of a block, in order."""
    texts = []
    waiting = block.children[::-1]
    while waiting:
        node = waiting.pop()
        if isinstance(node, nodes.Text):
            texts.append(node)
        else:
            waiting += node.children[::-1]
    return texts


def _put(text: nodes.Text, other: nodes.Text) -> None:
    """Replaces *text* by *other*."""
    parent = text.parent
    assert parent is not None
    at = next(at for at, child in enumerate(parent.children) if child is text)
    parent.children[at] = other
    other.parent = parent


class RestoreSetting(SphinxTransform):
    """Restores the setting that :class:`EducateQuotes` changed: documents may share it."""

    default_priority = SphinxSmartQuotes.default_priority + 1

    def apply(self, **kwargs: Any) -> None:
        """Changes the settings of the document."""
        if self.env.temp_data.pop(_EDUCATED, False):
            self.document.settings.smart_quotes = True


def setup(app: Sphinx, suffix: str) -> None:
    """Registers a transform before Sphinx's and one after it.

    :param suffix: of sources of trope markup.
    """
    EducateQuotes.suffix = suffix
    app.add_transform(EducateQuotes)
    app.add_transform(RestoreSetting)
