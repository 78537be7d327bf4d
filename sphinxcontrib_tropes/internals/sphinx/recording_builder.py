"""A builder that records which document a reference points to.

Touches: what Sphinx's domains use of a builder in ``resolve_xref``: ``name``, ``format``, ``env``,
``config``, ``get_relative_uri``, ``get_target_uri``. It is not a Sphinx builder.
Why: domains return addresses, which differ by builder, but builders share facts.
Seen in: Sphinx 8.2 to 9.2.
Remove when: a domain returns the docname and id that a reference points to.
Upstream: none known.
Without it: documents and objects have no backlinks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

__all__ = ["MARK", "RecordingBuilder"]

MARK = "\0"
"""Ends the docname in an address. Other addresses do not contain it."""


class RecordingBuilder:
    """Returns addresses such as ``docname#id``, with :data:`MARK` before the ``#``."""

    name = format = "html"

    def __init__(self, env: BuildEnvironment) -> None:
        self.env = env
        self.config = env.config

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """The address of the document *to*, the same from everywhere."""
        return f"{to}{MARK}"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """The address of a document."""
        return f"{docname}{MARK}"
