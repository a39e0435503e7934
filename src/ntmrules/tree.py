"""
What every node of a tree can do: be compared, hashed and shown.

There are a hundred kinds of nodes.  Generated methods would cost a third of the time
that importing ntmrules takes, so the nodes share these instead.
"""

from __future__ import annotations

from functools import cache

import attrs


make = tuple.__new__
"""
Makes a named tuple out of all its fields, in half the time that calling it takes.

For where hundreds are made of one unit; nothing checks that the fields are those of the
class.
"""


@cache
def _compared(kind: type[object]) -> tuple[str, ...]:
    fields: tuple[attrs.Attribute[object], ...] = vars(kind)["__attrs_attrs__"]
    return tuple(field.name for field in fields if field.eq)


@attrs.frozen(repr=False, eq=False)
class Tree:
    """A value that equals another of its class with equal fields, spans aside."""

    def _names(self) -> tuple[str, ...]:
        # mypy takes the __hash__ of instances for that of the class.
        return _compared(type(self))  # type: ignore[arg-type]  # see above

    def _key(self) -> tuple[object, ...]:
        return (type(self), *(getattr(self, name) for name in self._names()))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tree):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name in self._names())
        return f"{type(self).__name__}({', '.join(shown)})"
