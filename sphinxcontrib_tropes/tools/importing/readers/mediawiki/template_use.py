"""A use of a template on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .nodes import is_blank

if TYPE_CHECKING:
    from .nodes import Argument, Template
    from .pieces import Context

__all__ = ["Use"]


class Use(NamedTuple):
    """A use of a template."""

    template: Template
    name: str
    context: Context
    is_alone: bool
    """Whether it stands on a line of its own, at the level of the page."""

    @property
    def arguments(self) -> list[Argument]:
        """The arguments that say something."""
        return [argument for argument in self.template.arguments if not is_blank(argument.value)]

    def tell(self, what: str, *, is_lost: bool = False) -> None:
        remarks = self.context.remarks
        kind = f"template {{{{{self.name}}}}}: {what}"
        (remarks.left_out if is_lost else remarks.changed)(kind, self.template.source)
