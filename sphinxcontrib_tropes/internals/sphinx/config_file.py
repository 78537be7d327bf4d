"""What a project's ``conf.py`` and the command line assign.

Touches: ``Config._raw_config`` and ``Config.overrides``; reads them.
Why: Sphinx silently drops a name that no extension knows, so a misspelled option has no effect and
causes no warning.
Seen in: Sphinx 8.2 to 9.2.
Remove when: Sphinx warns of names that look like an option of an extension.
Upstream: none known.
Without it: no warning of a misspelled option.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.config import Config

__all__ = ["assigned_values"]


def assigned_values(config: Config) -> dict[str, Any]:
    """Name -> value, of options and anything else."""
    return {**config._raw_config, **config.overrides}  # noqa: SLF001
