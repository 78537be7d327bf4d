"""Tables that outlive an edit.

An index makes its tables when they are first needed. When a document changes and all names stay the
same, each table follows its rule, which stands where the table is made:

* a ``cached_property``, or anything that ``__init__`` makes, has no rule: it is made anew;
* :func:`lasting`, :class:`Lasting`: depends on names only, so it stays;
* :class:`ByKey`, :class:`ByOwnKey`, :class:`ByDocument`: entries go with their page or document;
* :func:`kept_with`: stays as long as another table does not change;
* :func:`patched`: has a rule of its own.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Self, TypeAlias

    from .edits import Edit

    Rule: TypeAlias = Callable[[Any, Any, Edit], bool]

__all__ = [
    "ByDocument",
    "ByKey",
    "ByOwnKey",
    "Lasting",
    "Part",
    "Table",
    "WithTables",
    "kept_with",
    "lasting",
    "patched",
]

_Key = TypeVar("_Key")
_Made = TypeVar("_Made")


class Table(cached_property[_Made]):
    """A cached property with a rule: called with its owner, its value and the edit, it patches the
    value in place and tells whether it stays.
    """

    stays: Rule

    def rule(self, rule: Rule) -> Rule:
        """Decorates the rule."""
        self.stays = rule
        return rule

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> _Made: ...
    def __get__(self, instance: object, owner: type[Any] | None = None) -> Any:
        """The value; during an edit, after it has followed."""
        if isinstance(instance, WithTables) and instance.waiting is not None:
            self.follow(instance)
            made = instance.made()
            if self.attrname in made:
                return made[self.attrname]
        return super().__get__(instance, owner)

    def follow(self, owner: WithTables) -> None:
        """Follows the edit of which the tables of *owner* are waiting for their turn. A rule that
        uses other tables finds them as they are after the edit.
        """
        waiting, name = owner.waiting, self.attrname
        assert name is not None
        is_its_own = getattr(type(owner), name, None) is self
        if waiting is None or not is_its_own or name not in waiting.values:
            return
        value = waiting.values.pop(name)
        if self.stays(owner, value, waiting.edit):
            owner.made()[name] = value
        else:
            waiting.edit.changed.add(self)


class _Waiting(NamedTuple):
    """The tables of a part that have not yet followed an edit."""

    edit: Edit
    values: dict[str, Any]
    """Name of a table -> its value before."""


def patched(make: Callable[[Any], _Made]) -> Table[_Made]:
    """A table with a rule of its own, which follows: ``@name_of_the_table.rule``."""
    return Table(make)


def lasting(make: Callable[[Any], _Made]) -> Table[_Made]:
    """A table that stays as long as all names do."""
    table = Table(make)
    table.stays = lambda _owner, _value, _edit: True
    return table


def kept_with(*others: Table[Any]) -> Callable[[Callable[[Any], _Made]], Table[_Made]]:
    """A table that stays as long as none of the tables that it is made from changes."""

    def stays(owner: WithTables, _value: object, edit: Edit) -> bool:
        for other in others:
            other.follow(owner)
        return edit.changed.isdisjoint(others)

    def with_rule(make: Callable[[Any], _Made]) -> Table[_Made]:
        table = Table(make)
        table.stays = stays
        return table

    return with_rule


class Lasting(dict[_Key, _Made]):
    """Answers that depend on names only."""

    def follow(self, edit: Edit) -> None:
        """Drops what *edit* may change."""

    def forget(self, keys: Iterable[_Key]) -> None:
        """Drops the entries of *keys*."""
        for key in keys:
            self.pop(key, None)


class ByKey(Lasting[str, _Made]):
    """Key of a page -> something that depends on who links to it."""

    def follow(self, edit: Edit) -> None:
        self.forget(edit.keys)


class ByOwnKey(Lasting[str, _Made]):
    """Key of a page -> something that depends on the page itself."""

    def follow(self, edit: Edit) -> None:
        self.forget(edit.own_keys)


class ByDocument(Lasting[str, _Made]):
    """Docname -> something that depends on that document."""

    def follow(self, edit: Edit) -> None:
        self.forget(edit.documents)


class WithTables:
    """Something whose tables may outlive an edit."""

    waiting: _Waiting | None = None
    """The tables that have not yet followed the edit that is under way."""

    def made(self) -> dict[str, Any]:
        """What it has made, by name."""
        return vars(self)

    def follow_tables(self, edit: Edit) -> dict[str, Any]:
        """Lets its tables follow an edit, and drops those that do not stay.

        :returns: those that it has now.
        """
        made, waiting = vars(self), _Waiting(edit, {})
        for name, value in list(made.items()):
            made_by = getattr(type(self), name, None)
            if isinstance(made_by, Table):
                waiting.values[name] = made.pop(name)
            elif isinstance(made_by, cached_property):
                del made[name]
            elif isinstance(value, Lasting):
                value.follow(edit)
        self.waiting = waiting
        try:
            for name in list(waiting.values):
                getattr(type(self), name).follow(self)
        finally:
            self.waiting = None
        return {
            name: value
            for name, value in made.items()
            if isinstance(value, Lasting) or isinstance(getattr(type(self), name, None), Table)
        }

    def drop_tables(self) -> None:
        """Drops all its tables."""
        for name in list(vars(self)):
            if isinstance(getattr(type(self), name, None), cached_property):
                del vars(self)[name]


class Part(WithTables):
    """An index with tables that may outlive an edit."""

    _made_of: tuple[Any, ...]

    def __new__(cls, *made_of: Any) -> Self:
        """Notes what it is made of."""
        self = super().__new__(cls)
        self._made_of = made_of
        return self

    def follow(self, edit: Edit) -> None:
        """Makes it anew, except for the tables that stay."""
        kept = self.follow_tables(edit)
        made_of = self._made_of
        vars(self).clear()
        self._made_of = made_of
        type(self).__init__(self, *made_of)
        vars(self).update(kept)
