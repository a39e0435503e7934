"""
Verdicts as columns: a nullable boolean, and where it does not apply.

*And*, *or* and *not* of nullable booleans are those of language.md section 8, and
libraries keep them as single bits.  Codes and words are made of them at the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import attrs
import polars

from ntmrules.model.expressions import Quantity
from ntmrules.verdict import Bound, Verdict


WORDS = ("not met", "unknown", "met", "not applicable")
"""By code: 0 not met, 1 unknown, 2 met, 3 for null."""
NONE = 9
"""What stands for *not applicable* where null would be in the way."""

# Making an expression takes longer than deciding a short column.
_TRUE = polars.lit(value=True)
_ONE, _ZERO = (polars.lit(number, dtype=polars.UInt8) for number in (1, 0))
_CODES = tuple(polars.lit(number, dtype=polars.Int8) for number in range(3))
_WORDS = tuple(polars.lit(text, dtype=polars.Enum(list(WORDS))) for text in WORDS)

_KNOWN: Mapping[Verdict, bool | None] = MappingProxyType(
    {Verdict.MET: True, Verdict.NOT_MET: False, Verdict.UNKNOWN: None}
)


@attrs.frozen
class Truth:
    """
    One verdict in every row.

    Attributes:
        known: True where met, false where not met, null where unknown; anything
            where it does not apply.
        dash: Where it does not apply, never null; `None` for nowhere.
    """

    known: polars.Expr
    dash: polars.Expr | None = None


def same(verdict: Verdict) -> Truth:
    """Give one verdict in every row."""
    if verdict is Verdict.NOT_APPLICABLE:
        return Truth(polars.lit(None, dtype=polars.Boolean), polars.lit(value=True))
    return Truth(polars.lit(_KNOWN[verdict], dtype=polars.Boolean))


def negated(one: Truth) -> Truth:
    """Swap met and not met."""
    return Truth(~one.known, one.dash)


def all_of(verdicts: Sequence[Truth]) -> Truth:
    """Join with *and*: what does not apply is left out."""
    if len(verdicts) == 1:
        return verdicts[0]
    known = [
        one.known if one.dash is None else one.known | one.dash for one in verdicts
    ]
    return Truth(polars.all_horizontal(*known), _nowhere(verdicts))


def any_of(verdicts: Sequence[Truth]) -> Truth:
    """Join with *or*: what does not apply is left out."""
    if len(verdicts) == 1:
        return verdicts[0]
    known = [
        one.known if one.dash is None else one.known & ~one.dash for one in verdicts
    ]
    return Truth(polars.any_horizontal(*known), _nowhere(verdicts))


def _nowhere(verdicts: Sequence[Truth]) -> polars.Expr | None:
    """Tell where none of them applies."""
    dashes = [one.dash for one in verdicts if one.dash is not None]
    if len(dashes) < len(verdicts):
        return None
    return polars.all_horizontal(*dashes)


def where_it_applies(test: Truth, verdict: Truth) -> Truth:
    """Give *verdict* where *test* is met, unknown where it is unknown."""
    known = polars.when(test.known).then(verdict.known)
    no = ~test.known.fill_null(value=True)
    if test.dash is not None:
        no = no | test.dash
    if verdict.dash is not None:
        no = no | (verdict.dash & test.known.fill_null(value=False))
    return Truth(known, no)


def if_then_else(test: Truth, then: Truth, other: Truth) -> Truth:
    """Choose between two verdicts; with *test* unknown, what they share."""
    tested, first, second = (
        one.fill_null(NONE) for one in map(code, (test, then, other))
    )
    known = (first != 1) & (second != 1)
    found = (
        polars.when((tested == 2) | (first == second))
        .then(first)
        .when(tested == 0)
        .then(second)
        .when((tested == NONE) & known)
        .then(polars.lit(NONE, dtype=polars.Int8))
        .otherwise(_CODES[1])
    )
    return Truth(polars.when(found != 1).then(found == 2), found == NONE)


# Counting.


@attrs.frozen
class Counts:
    """
    How many members of a collection came to which verdict.

    As `ntmrules.verdict.Tally`, each a column or a number; the maybe-members are
    zero where all surely belong.
    """

    met: polars.Expr
    not_met: polars.Expr
    unknown: polars.Expr
    maybe_met: polars.Expr | int = 0
    maybe_not_met: polars.Expr | int = 0
    maybe_unknown: polars.Expr | int = 0


def counted(verdicts: Sequence[Truth], quantity: Quantity) -> Truth:
    """Decide a quantity of verdicts in the same row."""
    least, most, total = (one.cast(polars.Int64) for one in _sums(verdicts))
    found = decided(Counts(least, total - most, most - least), quantity)
    if any(one.dash is None for one in verdicts):
        return Truth(found.known)
    return found


def _one_where(test: polars.Expr) -> polars.Expr:
    return polars.when(test).then(_ONE).otherwise(_ZERO)


def how_many(verdicts: Sequence[Truth]) -> dict[Verdict, polars.Expr]:
    """Count, in each row, those that are met, not met and unknown."""
    least, most, total = _sums(verdicts)
    counts = {
        Verdict.MET: least,
        Verdict.NOT_MET: total - most,
        Verdict.UNKNOWN: most - least,
    }
    return {verdict: one.cast(polars.UInt32) for verdict, one in counts.items()}


def counts_of(criteria: Sequence[Truth]) -> list[polars.Expr]:
    """Name how many criteria came to which verdict; nothing where there are none."""
    if not criteria:
        return []
    counts = how_many(criteria)
    return [one.alias(f"criteria {verdict}") for verdict, one in counts.items()]


def _sums(verdicts: Sequence[Truth]) -> list[polars.Expr]:
    """Count those that are met, those that may be, and those that apply."""
    met, maybe, applying = [], [], []
    for one in verdicts:
        yes, may = one.known, one.known.fill_null(_TRUE)
        if one.dash is not None:
            yes, may = yes & ~one.dash, may & ~one.dash
            applying.append(_one_where(~one.dash))
        met.append(_one_where(yes))
        maybe.append(_one_where(may))
    # More than 255 of them would not fit a byte.
    kind = polars.UInt8 if len(verdicts) < 2**8 else polars.UInt32
    always = polars.lit(len(verdicts) - len(applying), dtype=kind)
    return [
        polars.sum_horizontal(*(one.cast(kind) for one in ones))
        for ones in (met, maybe, [always, *applying])
    ]


def decided(counts: Counts, quantity: Quantity) -> Truth:
    """Decide a quantity from a tally, as `ntmrules.verdict` does."""
    if quantity.number is not None:
        most = counts.met + counts.unknown + counts.maybe_met + counts.maybe_unknown
        return _number_of(quantity.bound, quantity.number, counts.met, most)
    part, whole = quantity.part, quantity.whole
    if quantity.bound is Bound.AT_MOST:
        part = whole - part
        counts = attrs.evolve(
            counts,
            met=counts.not_met,
            not_met=counts.met,
            maybe_met=counts.maybe_not_met,
            maybe_not_met=counts.maybe_met,
        )
    sure = counts.met + counts.unknown + counts.not_met
    worst = sure + counts.maybe_not_met + counts.maybe_unknown
    best = sure + counts.maybe_met + counts.maybe_unknown
    most = counts.met + counts.unknown + counts.maybe_met + counts.maybe_unknown
    some = counts.met + counts.not_met > 0
    yes = some & (counts.met * whole >= worst * part)
    no = some & (most * whole < best * part)
    nothing = sure + counts.maybe_met + counts.maybe_not_met + counts.maybe_unknown
    return Truth(polars.when(yes | no).then(yes), nothing == 0)


def _number_of(
    bound: Bound, number: int, least: polars.Expr, most: polars.Expr
) -> Truth:
    match bound:
        case Bound.AT_LEAST:
            yes, no = least >= number, most < number
        case Bound.AT_MOST:
            yes, no = most <= number, least > number
        case Bound.EXACTLY:
            yes = (least == number) & (most == number)
            no = (least > number) | (most < number)
    return Truth(polars.when(yes | no).then(yes))


# What comes out.


def code(one: Truth) -> polars.Expr:
    """Give 0 for not met, 1 unknown, 2 met, null not applicable."""
    found = _worded(one, _CODES)
    return found if one.dash is None else polars.when(~one.dash).then(found)


def word(one: Truth) -> polars.Expr:
    """Give the verdict in words."""
    found = _worded(one, _WORDS)
    if one.dash is None:
        return found
    return polars.when(~one.dash).then(found).otherwise(_WORDS[3])


def _worded(one: Truth, words: Sequence[polars.Expr]) -> polars.Expr:
    return (
        polars.when(one.known.is_null())
        .then(words[1])
        .when(one.known)
        .then(words[2])
        .otherwise(words[0])
    )
