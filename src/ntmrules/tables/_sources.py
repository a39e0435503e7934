"""
Where a fact or a title stands in a table, and which of its cells are plain.

A plain cell has the usual form of its kind, such as ``4800/5000`` or ``51.2``, and goes
into a column of whole numbers, decimals, truth values or cases without being looked at
one by one.  Whatever is not plain is left to the reader of units, which reads it or
says what is wrong: so a cell may pass for not plain, and never the other way round.

Source: engine.md section 2, language.md section 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import attrs
import polars
from polars import DataFrame, Expr, Series

from ntmrules._yaml import Scalar
from ntmrules.model.types import NumberType
from ntmrules.model.vocabulary import Fact


Row = Mapping[str, Any]
"""A row of a table: texts, or values of Python; `None` where a cell is empty."""

DIGITS = "[0-9]{1,18}"
"""So many digits surely have room in 64 bits."""

_TRUE, _FALSE = ("true", "True", "TRUE"), ("false", "False", "FALSE")
_DECIMALS = 6
_AMOUNT = rf"^[0-9]{{1,12}}(?:\.[0-9]{{1,{_DECIMALS}}})?$"
# In a Vietnamese text `1.200` is a thousand: the reader of units asks about it.
_THOUSANDS = r"^[1-9][0-9]{0,2}\.[0-9]{3}$"


@attrs.frozen(eq=False)
class Plain:
    """
    A source in columns.

    Attributes:
        columns: What `ntmrules.evaluate_frame` takes, by name.
        fits: Whether the cells of a row are plain; an empty cell is.
    """

    columns: Mapping[str, Expr]
    fits: Expr


class HalfError(Exception):
    """
    One part of a share is there, and the other is not.

    Attributes:
        column: The part that is there.
        value: What stands there.
    """

    def __init__(self, column: str, value: object) -> None:
        self.column = column
        self.value = value


class Source(Protocol):
    """Where the figures of a fact stand."""

    @property
    def fact(self) -> Fact:
        """The fact."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table."""

    def plain(self, frame: DataFrame) -> Plain:
        """Give the columns of the cells of *frame* that are plain."""

    def cell(self, row: Row) -> Scalar | None:
        """
        Give what stands in a row, as a unit file would have it.

        Raises:
            HalfError: It is half a share.
        """


def digits(text: Expr) -> Expr:
    """Tell which texts are digits alone, and not too many."""
    return text.str.contains(f"^{DIGITS}$")


def whole_number(text: Expr) -> Expr:
    """Read whole numbers; what is none is null."""
    return text.cast(polars.Int64, strict=False)


def has(given: Series, sign: str) -> bool:
    """Tell whether any text has a sign in it."""
    return bool(given.str.contains(sign, literal=True).any())


def where(fits: Expr, value: Expr) -> Expr:
    """Keep what fits; the rest is null."""
    return polars.when(fits).then(value)


@attrs.frozen
class Count:
    """A count."""

    fact: Fact
    column: str
    texts: bool

    @property
    def columns(self) -> tuple[str, ...]:
        """The one column."""
        return (self.column,)

    def plain(self, frame: DataFrame) -> Plain:  # noqa: ARG002 - as all sources
        """Give it where it is whole."""
        value = polars.col(self.column)
        whole = whole_number(value)
        fits = digits(value) if self.texts else (whole == value) & (whole >= 0)
        fits = fits.fill_null(value=False)
        columns = {self.fact.name: where(fits, whole)}
        return Plain(columns, fits | value.is_null())

    def cell(self, row: Row) -> Scalar | None:
        """Give it as it stands there."""
        return _as_it_is(row[self.column])


@attrs.frozen
class Number:
    """An amount in the unit of the vocabulary, or a number."""

    fact: Fact
    column: str
    texts: bool

    @property
    def columns(self) -> tuple[str, ...]:
        """The one column."""
        return (self.column,)

    def plain(self, frame: DataFrame) -> Plain:
        """Give it where it is written out, or is a number that is not negative."""
        value = polars.col(self.column)
        if self.texts:
            fits = value.str.contains(_AMOUNT)
            number = whole_number(value)
            if has(frame[self.column], "."):
                fits &= ~value.str.contains(_THOUSANDS)
                number = value.cast(polars.Decimal(38, _DECIMALS), strict=False)
        else:
            fits = value.cast(polars.Float64).is_finite()
            number = value
            if not isinstance(self.fact.type, NumberType):
                fits &= value >= 0
        fits = fits.fill_null(value=False)
        columns = {self.fact.name: where(fits, number)}
        return Plain(columns, fits | value.is_null())

    def cell(self, row: Row) -> Scalar | None:
        """Give it as it stands there."""
        return _as_it_is(row[self.column])


@attrs.frozen
class Truth:
    """A truth value; as text also in the capitals of Excel and of Python."""

    fact: Fact
    column: str
    texts: bool

    @property
    def columns(self) -> tuple[str, ...]:
        """The one column."""
        return (self.column,)

    def plain(self, frame: DataFrame) -> Plain:  # noqa: ARG002 - as all sources
        """Give it as a truth value."""
        value = polars.col(self.column)
        if not self.texts:
            return Plain({self.fact.name: value}, polars.lit(value=True))
        yes, no = value.is_in(_TRUE), value.is_in(_FALSE)
        truth = polars.when(yes).then(statement=True).when(no).then(statement=False)
        fits = (yes | no).fill_null(value=True)
        return Plain({self.fact.name: truth}, fits)

    def cell(self, row: Row) -> Scalar | None:
        """Give it in small letters."""
        value = row[self.column]
        if value in _TRUE[1:] or value in _FALSE[1:]:
            value = str(value).lower()
        return _as_it_is(value)


@attrs.frozen
class Case:
    """The case of an enum."""

    fact: Fact
    column: str
    names: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The one column."""
        return (self.column,)

    def plain(self, frame: DataFrame) -> Plain:  # noqa: ARG002 - as all sources
        """Give it where there is such a case."""
        value = polars.col(self.column)
        fits = value.is_in(self.names).fill_null(value=True)
        return Plain({self.fact.name: where(fits, value)}, fits)

    def cell(self, row: Row) -> Scalar | None:
        """Give it as it stands there."""
        return _as_it_is(row[self.column])


@attrs.frozen
class Rare:
    """A date or a year, which `ntmrules.evaluate_frame` does not take."""

    fact: Fact
    column: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The one column."""
        return (self.column,)

    def plain(self, frame: DataFrame) -> Plain:  # noqa: ARG002 - as all sources
        """Give nothing: each is left to the reader of units."""
        return Plain({}, polars.col(self.column).is_null())

    def cell(self, row: Row) -> Scalar | None:
        """Give it as it stands there."""
        return _as_it_is(row[self.column])


def _as_it_is(value: Any) -> Scalar | None:  # noqa: ANN401 - of any library
    return None if value is None else Scalar(value)
