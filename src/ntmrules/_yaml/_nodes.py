"""
The nodes of a tree of data: values, lists and mappings, each with its place.

They serve plain data of Python as well; those have no places.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

import attrs

from ntmrules.source import Span


Plain = bool | int | Fraction | Decimal | float | str | datetime.date | None


@attrs.define(on_setattr=None, unsafe_hash=True)
class Scalar:
    """
    One value; it never changes.

    It is not guarded against that: a unit has hundreds, and a frozen class takes three
    times as long to make.

    Attributes:
        value: Always text when it comes from YAML; a pair is a share from Python.
        quoted: Whether it was meant as text: in quotes or a block, or a `str`.
    """

    value: Plain | tuple[Plain, Plain]
    quoted: bool = False
    span: Span | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def absent(self) -> bool:
        """Whether it says that there is no value: ``null``, ``~`` or nothing."""
        value = self.value
        return value is None or (
            isinstance(value, str) and not self.quoted and value in _NULLS
        )


@attrs.frozen
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    span: Span | None = attrs.field(default=None, eq=False, repr=False)


@attrs.frozen
class Table:
    """
    A mapping.

    Attributes:
        entries: By key, in the order given.
        keys: The place of each key; empty for data of Python.
    """

    entries: Mapping[str, Node]
    keys: Mapping[str, Span] = attrs.field(
        default=MappingProxyType({}), eq=False, repr=False
    )
    span: Span | None = attrs.field(default=None, eq=False, repr=False)


Node = Scalar | Sequence | Table

_NULLS = frozenset({"", "~", "null"})
