"""``sphinx-build -b tropes-health``: the wiki's health as text and JSON, and a gate for CI."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sphinx.builders import Builder
from sphinx.util import logging

from ..builders import abilities
from ..domain import get_wiki
from ..findings import findings_of, is_suppressed
from ..internals.sphinx.exit_status import fail
from ..messages import warn
from ..pages.collisions import all_collisions
from ..printable import one_line
from ..wiki.views.audit import KINDS, Finding, audit, kinds_chosen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

__all__ = [
    "HealthBuilder",
    "as_data",
    "as_text",
    "counted_kinds",
    "found_in",
    "identities",
    "known_findings",
    "place",
    "setup",
]

_logger = logging.getLogger(__name__)


class HealthBuilder(Builder):
    """Writes ``health.txt`` and ``health.json``, and fails if there are too many findings.

    ``tropes_health_threshold`` says how many findings are allowed, and ``tropes_health_kinds``
    which kinds count. Findings in the file ``tropes_health_baseline`` (a ``health.json`` of an
    earlier build) do not count.
    """

    name = "tropes-health"
    epilog = "The findings are in %(outdir)s/health.txt"
    allow_parallel = True
    supported_image_types: ClassVar[list[str]] = []
    has_failed = False

    def __init__(self, app: Sphinx, env: BuildEnvironment) -> None:
        super().__init__(app, env)
        self._application = app  # Sphinx's own attribute has another name in each version

    def get_outdated_docs(self) -> Iterable[str]:
        """No documents: the stored facts are enough."""
        return []

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """An empty address: no pages are written."""
        return ""

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        """Does nothing: there is nothing to prepare."""

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Does nothing: no documents are written."""

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Does nothing: never called."""

    def finish(self) -> None:
        """Writes the report and sets the exit status."""
        known = known_findings(self.env)
        findings = found_in(self._application)
        counted = counted_kinds(self.config)
        new = [f for f in findings if f.identity not in known and f.kind in counted]
        text = as_text(self.env, findings, known)
        out = Path(self.outdir)
        out.mkdir(parents=True, exist_ok=True)
        (out / "health.txt").write_text(text, "utf-8")
        data = as_data(self.env, findings, known)
        (out / "health.json").write_text(
            json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8"
        )
        _logger.info(text.rstrip())
        threshold = self.config.tropes_health_threshold
        if 0 <= threshold < len(new):
            count = "1 new finding" if len(new) == 1 else f"{len(new)} new findings"
            sentence = f"{count} ({threshold} allowed by tropes_health_threshold)"
            warn("health", f"{sentence}; see {out / 'health.txt'}")
            self.has_failed = True


def identities(path: Path) -> frozenset[str]:
    """The identities of the findings in the report *path*.

    :raises ValueError: if the file is not a report or can't be read.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
        return frozenset(str(finding["identity"]) for finding in data["findings"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        msg = f"{path.name!r} can't be read as a report: {error}"
        raise ValueError(msg) from error


def known_findings(env: BuildEnvironment) -> frozenset[str]:
    """The identities of the findings in the project's baseline."""
    name: str = env.config.tropes_health_baseline
    if not name:
        return frozenset()
    try:
        return identities(Path(env.srcdir, name))
    except ValueError as error:
        warn("config", f"tropes_health_baseline: {error}")
        return frozenset()


def found_in(app: Sphinx) -> tuple[Finding, ...]:
    """All findings, including warnings of type ``trope``, except those the project suppresses."""
    of_build = findings_of(app)
    if not abilities(app.builder).has_generated_pages and not is_suppressed(
        app.config, "collision"
    ):
        of_build += tuple(_collisions(app))
    found = audit(get_wiki(app.env), of_build)
    return tuple(finding for finding in found if not is_suppressed(app.config, finding.kind))


def _collisions(app: Sphinx) -> Iterator[Finding]:
    """The collisions that an HTML build would report."""
    for document, line, sentence in all_collisions(app, get_wiki(app.env)):
        yield Finding("collision", document, "", document, line, (), sentence)


def counted_kinds(config: Config) -> frozenset[str]:
    """The kinds of findings that count towards the threshold."""
    return kinds_chosen(config.tropes_health_kinds)


def place(env: BuildEnvironment, finding: Finding) -> str:
    """The file, relative to the source folder, and the line of *finding*."""
    if finding.file:
        included = os.path.relpath(Path(finding.file).absolute(), env.srcdir)
        return f"{Path(included).as_posix()}:{finding.line}"
    path = env.doc2path(finding.docname, base=False)
    return f"{Path(path).as_posix()}:{finding.line}"


def as_text(env: BuildEnvironment, findings: Iterable[Finding], known: frozenset[str]) -> str:
    """The report as text, for people."""
    lines = []
    findings = list(findings)
    counts = Counter(finding.kind for finding in findings)
    for finding in findings:
        mark = " (known)" if finding.identity in known else ""
        if finding.sentence:
            lines.append(f"{place(env, finding)}: {finding.kind}: {finding.sentence}{mark}")
            continue
        other = f" -> {finding.other}" if finding.other else ""
        if finding.candidates:
            other = f" (did you mean {' or '.join(finding.candidates)}?)"
        lines.append(f"{place(env, finding)}: {finding.kind}: {finding.name}{other}{mark}")
    by_kind = ", ".join(f"{counts[kind]} {kind}" for kind in KINDS if counts[kind])
    lines.append(f"findings: {len(findings)}" + (f" ({by_kind})" if by_kind else ""))
    return "\n".join(map(one_line, lines)) + "\n"


def as_data(
    env: BuildEnvironment, findings: Iterable[Finding], known: frozenset[str]
) -> dict[str, Any]:
    """The report as data, for scripts; also usable as a baseline for later builds."""
    return {
        "version": 1,
        "findings": [
            {
                "kind": finding.kind,
                "name": finding.name,
                "other": finding.other,
                "near": list(finding.candidates),
                "sentence": finding.sentence,
                "file": place(env, finding).rpartition(":")[0],
                "line": finding.line,
                "identity": finding.identity,
                "known": finding.identity in known,
            }
            for finding in findings
        ],
    }


def _set_exit_status(app: Sphinx, exception: Exception | None) -> None:
    if isinstance(app.builder, HealthBuilder) and app.builder.has_failed:
        fail(app)


def setup(app: Sphinx) -> None:
    """Registers the builder."""
    app.add_builder(HealthBuilder)
    app.connect("build-finished", _set_exit_status)
