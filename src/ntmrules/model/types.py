"""
The types of values, and the values themselves.

Source: language.md section 3.
"""

from __future__ import annotations

import datetime

import attrs

from ntmrules.exact import Exact, Share
from ntmrules.measure import Measure
from ntmrules.text import Text
from ntmrules.tree import Tree


@attrs.frozen(repr=False, eq=False)
class Noun(Tree):
    """
    What is counted: a declared unit such as person, or a level such as commune.

    Attributes:
        name: The singular, as rules write it.
        plural: The plural, as rules write it.
        label: What people call it.
    """

    name: str
    plural: str
    label: Text


@attrs.frozen(repr=False, eq=False)
class Enum(Tree):
    """
    A closed list of cases.

    Attributes:
        cases: Names and labels, in the order of the declaration.
        ordered: Whether ``<`` and ``>=`` compare cases by that order.
    """

    name: str
    cases: tuple[tuple[str, Text], ...]
    ordered: bool

    def rank(self, case: str) -> int:
        """Tell the place of *case*, from 0."""
        return [name for name, _ in self.cases].index(case)

    def label(self, case: str) -> Text:
        """Give what people call *case*."""
        return dict(self.cases)[case]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the cases, in order."""
        return tuple(name for name, _ in self.cases)


@attrs.frozen(repr=False, eq=False)
class Condition(Tree):
    """The type of what is met or not: comparisons, quantifiers, boolean facts."""


@attrs.frozen(repr=False, eq=False)
class NumberType(Tree):
    """A plain number without unit, such as a factor; bare literals have it too."""


@attrs.frozen(repr=False, eq=False)
class CountType(Tree):
    """A count of a noun; ``None`` where arithmetic lost track of the noun."""

    noun: Noun


@attrs.frozen(repr=False, eq=False)
class ShareType(Tree):
    """A share of a noun, or of nothing in particular (``95%``, ``a / b``)."""

    noun: Noun | None = None


@attrs.frozen(repr=False, eq=False)
class AmountType(Tree):
    """An amount of a unit of measurement."""

    measure: Measure


@attrs.frozen(repr=False, eq=False)
class DateType(Tree):
    """A calendar date."""


@attrs.frozen(repr=False, eq=False)
class YearType(Tree):
    """A calendar year."""


@attrs.frozen(repr=False, eq=False)
class EnumType(Tree):
    """A case of an enum."""

    enum: Enum


@attrs.frozen(repr=False, eq=False)
class ListType(Tree):
    """A list of values of one type; order is irrelevant."""

    item: Type


Type = (
    Condition
    | NumberType
    | CountType
    | ShareType
    | AmountType
    | DateType
    | YearType
    | EnumType
    | ListType
)


def compatible(first: Type, second: Type) -> bool:
    """Tell whether values of two types compare."""
    match first, second:
        case AmountType(), AmountType():
            return first.measure.dimensions == second.measure.dimensions
        case ShareType(), ShareType():
            return True
        case _:
            return first == second


@attrs.frozen(repr=False, eq=False)
class Listed(Tree):
    """
    A list of values, each with a label or none, as facts give it.

    Attributes:
        items: Pairs of label (``""`` if none) and value.
    """

    items: tuple[tuple[str, Scalar], ...]


Scalar = bool | Exact | Share | str | datetime.date
Value = Scalar | Listed
"""
A value at run time.

A boolean is a `bool`; counts, years and numbers are exact numbers; amounts are exact
numbers of the *unscaled* unit (48 million VND is 48000000); shares are `Share`; enum
cases are their names.
"""
