"""Dates, always those of the commits and in UTC: the same commits give the same pages anywhere."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sphinx.locale import get_translation
from sphinx.util.i18n import format_date

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["day_of", "shown_date", "stamp"]

_of_sphinx = get_translation("sphinx")


def stamp(time: int) -> str:
    """A time as RFC 3339 writes it: ``2026-11-30T21:04:05Z``."""
    return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


def day_of(time: int) -> str:
    """The day of a time: ``2026-11-30``."""
    return stamp(time)[:10]


def shown_date(app: Sphinx, time: int) -> str:
    """The day of a time as the project writes dates, in its language."""
    form = app.config.html_last_updated_fmt or _of_sphinx("%b %d, %Y")
    date = datetime.fromtimestamp(time, UTC)
    return format_date(form, date=date, language=app.config.language)
