"""Shares in a table: as text, as one number, or as two numbers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import attrs
import polars
from polars import DataFrame, Expr, Series

from ntmrules._yaml import Scalar
from ntmrules.exact import decimal_text, read_number
from ntmrules.model.vocabulary import Fact
from ntmrules.tables._sources import (
    DIGITS,
    HalfError,
    Plain,
    Row,
    digits,
    has,
    where,
    whole_number,
)


MET, OF = ".met", ".of"
"""What follows the name of a share in the names of its two columns."""

_PAIR = f"^{DIGITS}/{DIGITS}$"
_PERCENT = r"^([0-9]{1,9})(?:\.([0-9]{1,6}))?%$"
_BARE = r"^([0-9]{1,9})(?:\.([0-9]{1,6}))?$"


@attrs.frozen
class ShareText:
    """
    A share in one column of text: ``4800/5000``, ``96%``, or both.

    Attributes:
        scale: What a bare number is: ``"percent"``, ``"fraction"``, or ``""`` where
            nobody has said so.
    """

    fact: Fact
    column: str
    scale: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The one column."""
        return (self.column,)

    def plain(self, frame: DataFrame) -> Plain:
        """Give numerators and denominators; a percentage has a power of ten."""
        text = polars.col(self.column)
        given = frame[self.column]
        part = whole = polars.lit(None, polars.Int64)
        if has(given, "/"):
            sides = text.str.split_exact("/", 1).struct
            pairs = text.str.contains(_PAIR)
            part, whole = (
                where(pairs, whole_number(sides.field(f"field_{at}"))) for at in (0, 1)
            )
        for pattern, hundred in self._scaled(given):
            groups = text.str.extract_groups(pattern).struct
            head, tail = groups.field("1"), groups.field("2").fill_null("")
            zeros = polars.lit("1" + "0" * hundred) + polars.lit("000000").str.head(
                tail.str.len_bytes()
            )
            part = polars.coalesce(part, whole_number(head + tail))
            whole = polars.coalesce(
                whole, where(head.is_not_null(), whole_number(zeros))
            )
        fits = _of_something(part, whole, self.fact)
        name = self.fact.name
        columns = {name + MET: where(fits, part), name + OF: where(fits, whole)}
        return Plain(columns, fits | text.is_null())

    def _scaled(self, given: Series) -> Iterator[tuple[str, int]]:
        """Give the patterns of single numbers, and how many zeros each hides."""
        if has(given, "%"):
            yield _PERCENT, 2
        if self.scale:
            yield _BARE, 2 if self.scale == "percent" else 0

    def cell(self, row: Row) -> Scalar | None:
        """Give the text, with a percent sign where the scale says so."""
        value = row[self.column]
        return None if value is None else Scalar(_with_sign(value, self.scale))


@attrs.frozen
class ShareNumber:
    """A share in one column of numbers, of which the scale is known."""

    fact: Fact
    column: str
    scale: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The one column."""
        return (self.column,)

    def plain(self, frame: DataFrame) -> Plain:  # noqa: ARG002 - as all sources
        """Give the column as it is; its scale goes along."""
        value = polars.col(self.column)
        most = 100 if self.scale == "percent" else 1
        fits = value.cast(polars.Float64).is_finite() & (value >= 0)
        if not self.fact.may_exceed:
            fits &= value <= most
        fits = fits.fill_null(value=False)
        columns = {self.fact.name: where(fits, value)}
        return Plain(columns, fits | value.is_null())

    def cell(self, row: Row) -> Scalar | None:
        """Give the number with a percent sign."""
        value = row[self.column]
        if value is None:
            return None
        number = Decimal(repr(value) if isinstance(value, float) else value)
        if not number.is_finite():
            return Scalar(value)
        return Scalar(_with_sign(f"{number:f}", self.scale))


@attrs.frozen
class SharePair:
    """A share in two columns, ``insured.met`` and ``insured.of``."""

    fact: Fact
    texts: bool

    @property
    def columns(self) -> tuple[str, ...]:
        """Both."""
        return (self.fact.name + MET, self.fact.name + OF)

    def plain(self, frame: DataFrame) -> Plain:  # noqa: ARG002 - as all sources
        """Give both where they are whole and go together."""
        met, of = map(polars.col, self.columns)
        part, whole = whole_number(met), whole_number(of)
        as_text = digits(met) & digits(of) if self.texts else None
        read = (part == met) & (whole == of) if as_text is None else as_text
        fits = read.fill_null(value=False) & _of_something(part, whole, self.fact)
        taken = zip(self.columns, (part, whole), strict=True)
        columns = {name: where(fits, value) for name, value in taken}
        return Plain(columns, fits | (met.is_null() & of.is_null()))

    def cell(self, row: Row) -> Scalar | None:
        """Give both as ``n/d``."""
        met, of = (row[name] for name in self.columns)
        if met is None and of is None:
            return None
        if met is None or of is None:
            given = self.columns[0] if of is None else self.columns[1]
            raise HalfError(given, of if met is None else met)
        return Scalar(f"{met}/{of}" if self.texts else (met, of))


def _of_something(part: Expr, whole: Expr, fact: Fact) -> Expr:
    """Tell which parts are of a whole; none of nothing is a share, if unknown."""
    fits = (part >= 0) & ((whole > 0) | ((whole == 0) & (part == 0)))
    if not fact.may_exceed:
        fits &= part <= whole
    return fits.fill_null(value=False)


def _with_sign(text: str, scale: str) -> str:
    """Write a bare number as a percentage, and leave any other text alone."""
    if not scale:
        return text
    try:
        number = read_number(text)
    except OverflowError:
        return f"{text}%"  # the reader of units says what is wrong with it
    if number is None:
        return text
    return f"{text}%" if scale == "percent" else f"{decimal_text(number * 100)}%"
