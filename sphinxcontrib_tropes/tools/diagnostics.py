"""Findings as diagnostics, with file, line and level: in SARIF, or as GitHub annotations."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from .._version import __version__
from ..printable import printable
from .finding_places import FindingPlaces

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from sphinx.environment import BuildEnvironment

    from ..wiki.views.audit import Finding
    from .finding_places import Region

__all__ = ["Diagnostic", "as_github", "as_sarif", "diagnostics"]

_SENTENCES = {
    "duplicate": "{name} is claimed twice: links to it go to the first page that claims it",
    "ambiguous": "{name} does not exist, and several namespaces have a page of that name",
    "redirect-loop": "{name} redirects in a circle",
    "broken-redirect": "{name} redirects to {other}, which does not exist",
    "double-redirect": "{name} points to another redirect; link to {other}",
    "missing-section": "{name} links to {other}, but there is no such section",
    "parted-title": "a link in {name} points to the first word of {other} and shows the rest",
    "wanted": "{name} is linked to but does not exist",
    "orphan": "no page links to {name}",
    "dead-end": "{name} links to no existing page",
    "unindexed": "no index lists {name}",
    "one-sided": "{other} gives an example of {name} that {name} does not give",
    "one-sided-relation": "{other} says how it relates to {name}; {name} does not",
    "relation-contradiction": "{name} and {other} are each called the other's super-trope",
    "relation-cycle": "{name} is its own super-trope, through {other}",
    "unlinked": "{name} names {other} without a link",
}
_LEVELS = {
    "config": "error",
    "collision": "error",
    "encoding": "error",
    "markup": "warning",
    "federation": "warning",
    "duplicate": "error",
    "ambiguous": "error",
    "redirect-loop": "error",
    "broken-redirect": "error",
    "double-redirect": "warning",
    "missing-section": "warning",
    "parted-title": "warning",
    "wanted": "warning",
}
"""The level of each kind of finding; other kinds are notes."""


class Diagnostic(NamedTuple):
    """A finding and its place."""

    finding: Finding
    path: str
    """Path of the file, relative to the current folder."""
    is_known: bool
    """Whether it is in the baseline."""
    region: Region | None = None
    """What it is about; None if only the line is known."""

    @property
    def line(self) -> int:
        """Line in the file, from 1."""
        return self.region.line if self.region else max(self.finding.line, 1)

    @property
    def sentence(self) -> str:
        """The description of the problem."""
        finding = self.finding
        if finding.sentence:
            return printable(finding.sentence)
        sentence = _SENTENCES.get(finding.kind, "{name}: " + finding.kind)
        return printable(sentence.format(name=finding.name, other=finding.other))

    @property
    def level(self) -> str:
        """``error``, ``warning`` or ``note``."""
        return _LEVELS.get(self.finding.kind, "note")


def diagnostics(
    env: BuildEnvironment, findings: Iterable[Finding], known: AbstractSet[str]
) -> list[Diagnostic]:
    """Each of *findings* with its place.

    :param known: the identities of the findings in the baseline.
    """
    from ..build.health_builder import place  # needs Sphinx's builders, which are slow to import

    source = os.path.relpath(env.srcdir)
    places = FindingPlaces(env)
    return [
        Diagnostic(
            finding,
            Path(source, place(env, finding).rpartition(":")[0]).as_posix(),
            finding.identity in known,
            places.region(finding),
        )
        for finding in findings
    ]


def as_sarif(found: Sequence[Diagnostic]) -> dict[str, Any]:
    """SARIF 2.1.0, for services that scan code."""
    kinds = sorted({diagnostic.finding.kind for diagnostic in found})
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "sphinx-tropes",
                        "version": __version__,
                        "rules": [{"id": kind} for kind in kinds],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(diagnostic, kinds) for diagnostic in found],
            }
        ],
    }


def _result(diagnostic: Diagnostic, kinds: list[str]) -> dict[str, Any]:
    return {
        "ruleId": diagnostic.finding.kind,
        "ruleIndex": kinds.index(diagnostic.finding.kind),
        "level": diagnostic.level,
        "message": {"text": diagnostic.sentence},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(diagnostic.path)},
                    "region": _region(diagnostic),
                }
            }
        ],
        "partialFingerprints": {"identity/v1": printable(diagnostic.finding.identity)},
        "baselineState": "unchanged" if diagnostic.is_known else "new",
    }


def _region(diagnostic: Diagnostic) -> dict[str, int]:
    region = diagnostic.region
    if region is None:
        return {"startLine": diagnostic.line}
    return {
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.last_line,
        "endColumn": region.last_column,
    }


def _uri(path: str) -> str:
    return Path(path).as_uri() if Path(path).is_absolute() else quote(path)


def as_github(found: Iterable[Diagnostic]) -> str:
    """Workflow commands, which GitHub shows beside the lines; without findings in the baseline."""
    return "\n".join(
        f"::{_COMMANDS[diagnostic.level]} file={_property(diagnostic.path)},line={diagnostic.line},"
        f"{_columns(diagnostic.region)}title={_property(diagnostic.finding.kind)}::{_message(diagnostic.sentence)}"
        for diagnostic in found
        if not diagnostic.is_known
    )


def _columns(region: Region | None) -> str:
    """The rest of the place; GitHub takes columns within one line, and the last one belongs to it."""
    if region is None or region.line != region.last_line:
        return ""
    return f"col={region.column},endColumn={region.last_column - 1},"


_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
