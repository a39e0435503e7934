"""
What must hold of columns that are trusted, decided together with the verdicts.

Looking at each column before costs as much as the verdicts; a test beside them finds
the figures in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import polars


TRUSTED = 2**38
"""No number is greater than this where columns are trusted."""

HELD = "\0held"
"""The column that says of each row that all tests hold."""
FEW = 10
"""So many texts are compared one after the other sooner than looked up."""


_LIMIT = polars.lit(TRUSTED, dtype=polars.UInt64)


@attrs.frozen
class Test:
    """
    What must hold of every row.

    Attributes:
        column: What it is about: a fact, or a column of titles.
        holds: True, or null where something is missing.
        together: Columns that are missing in the same rows.
    """

    column: str
    holds: polars.Expr
    together: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The column of what it came to."""
        return f"\0test {self.column}"


def coded(name: str) -> str:
    """Name the column of the places of cases."""
    return f"\0{name}"


def place(name: str, cases: Sequence[str], kind: polars.DataType) -> polars.Expr:
    """Turn the text of each case into its place, null where it is none of them."""
    given = polars.col(name)
    small = polars.UInt8 if len(cases) < 2**8 else polars.UInt32
    if kind == polars.String and len(cases) <= FEW:
        found: polars.Expr = polars.lit(None, dtype=small)
        for at, case in reversed(list(enumerate(cases))):
            here = polars.lit(at, dtype=small)
            found = polars.when(given == case).then(here).otherwise(found)
        return found.alias(coded(name))
    if kind != polars.String and not isinstance(kind, polars.Enum):
        given = given.cast(polars.String)
    found = given.cast(polars.Enum(list(cases)), strict=False).to_physical()
    return found.cast(small).alias(coded(name))


def unsigned(column: str, kind: polars.DataType) -> polars.Expr:
    """Give whole numbers without sign; those below zero become greater than any."""
    found = polars.col(column)
    if kind.is_unsigned_integer():
        return found.cast(polars.UInt64)
    found = found if kind == polars.Int64 else found.cast(polars.Int64)
    return found.reinterpret(signed=False)


def at_most(column: str, kind: polars.DataType, most: int) -> Test:
    """Nothing is below zero or above *most*."""
    return Test(column, unsigned(column, kind) <= most)


def within(column: str, kind: polars.DataType) -> Test | None:
    """Nothing is above what is trusted, whatever its sign; `None` if so by type."""
    if kind in {polars.Int8, polars.Int16, polars.Int32, polars.UInt8, polars.UInt16}:
        return None
    return Test(column, polars.col(column).is_between(-TRUSTED, TRUSTED))


def part_of(
    fact: str,
    part: str,
    whole: str,
    kinds: tuple[polars.DataType, polars.DataType],
    *,
    may_exceed: bool,
) -> Test:
    """Numerators lie between zero and their denominators."""
    above, below = unsigned(part, kinds[0]), unsigned(whole, kinds[1])
    first = above <= (_LIMIT if may_exceed else below)
    return Test(fact, first & (below <= _LIMIT), (part, whole))


def all_hold(tests: Sequence[Test]) -> polars.Expr:
    """Tell of each row whether nothing fails; the tests are columns by their names."""
    if not tests:
        return polars.lit(value=True).alias(HELD)
    return polars.all_horizontal(*(test.name for test in tests)).alias(HELD)


def hold(
    tests: Sequence[Test], found: polars.DataFrame, given: polars.DataFrame
) -> bool:
    """Tell whether all tests hold; *found* has the column of `all_hold`."""
    return bool(found[HELD].all()) and all(
        _missing_together(given, test.together) for test in tests
    )


def _missing_together(given: polars.DataFrame, names: tuple[str, ...]) -> bool:
    gaps = {given[name].null_count() for name in names}
    if len(gaps) < 2 and not any(gaps):
        return True
    first, *rest = (given[name].is_null() for name in names)
    return len(gaps) < 2 and not any(bool((first != one).any()) for one in rest)
