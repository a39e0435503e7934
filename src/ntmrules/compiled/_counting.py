"""
Counting in compiled code: quantifiers, choices, counts and totals over sub-units.

A *count* is a list that holds, at the code of each verdict, how many members came to
it; where members have a ``where``, at eight times its code besides.

Source: language.md sections 6 and 8.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

import attrs

from ntmrules.compiled._codes import (
    CODES,
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    UNKNOWN,
    Loose,
)
from ntmrules.compiled._exact import DASH, Bounds, of_values, weighted
from ntmrules.compiled._records import CountsDate, Record
from ntmrules.model.expressions import Quantity
from ntmrules.model.vocabulary import Title, Vocabulary
from ntmrules.verdict import Bound, Tally, Verdict, count_number, count_share


MAX_YEARS = 200
"""The longest run of years a quantifier looks at, as in `ntmrules.evaluate`."""


@attrs.frozen
class Rule:
    """
    How many are wanted, and what is decided where there certainly are none.

    Attributes:
        empty: The code of the verdict over an empty collection.
    """

    quantity: Quantity
    empty: int

    def decide(self, tally: Tally) -> int:
        """Decide any tally."""
        wanted = self.quantity
        if wanted.number is not None:
            return CODES[count_number(wanted.bound, wanted.number, tally)]
        return CODES[count_share(wanted.bound, wanted.part, wanted.whole, tally)]

    def choose(self, *verdicts: int) -> int:
        """Decide a choice from the codes of its operands."""
        met, not_met, unknown = map(verdicts.count, (MET, NOT_MET, UNKNOWN))
        return self.decide(Tally(met, not_met, unknown))

    def years(self, count: Sequence[int]) -> int:
        """Decide a count of years."""
        if not any(count):
            return self.empty
        return self.decide(Tally(count[MET], count[NOT_MET], count[UNKNOWN]))


def rule(quantity: Quantity, if_none: str | None = None) -> Rule:
    """Settle what a quantifier says of a collection without members."""
    if if_none is not None:
        return Rule(quantity, CODES[Verdict(if_none)])
    if quantity.number is not None and quantity.bound is not Bound.AT_MOST:
        found = count_number(quantity.bound, quantity.number, Tally())
        return Rule(quantity, CODES[found])
    return Rule(quantity, UNKNOWN)


@attrs.frozen
class Holders:
    """
    How many of a group known by counts can hold a title.

    Attributes:
        implying: The title, and those above it.
        implied: The title, and those below it.
        ordered: Pairs of a higher and a lower one among all of these.
    """

    implying: tuple[str, ...]
    implied: tuple[str, ...]
    ordered: tuple[tuple[str, str], ...]
    date: CountsDate

    def bounds(self, group: Record) -> tuple[int, int]:
        """Give the least and the most."""
        hold, total = group.get("hold") or {}, group["total"]
        for higher, lower in self.ordered:
            if hold.get(higher, 0) > hold.get(lower, total):
                return 0, total
        least = max((hold.get(title, 0) for title in self.implying), default=0)
        most = min(
            (hold[title] for title in self.implied if title in hold), default=total
        )
        return least, most


def holders(title: Title, vocabulary: Vocabulary, date: CountsDate) -> Holders:
    """Find out which counts tell of a title."""
    implied = tuple(vocabulary.implied(title.name))
    ordered = vocabulary.ordered(title.name)
    return Holders(vocabulary.implying(title.name), implied, ordered, date)


@attrs.frozen
class Over:
    """
    A quantifier over sub-units.

    Attributes:
        narrowed: Whether it has a ``where``.
        holders: What counts say of its predicate, if that is ``hold`` alone.
    """

    rule: Rule
    narrowed: bool
    holders: Holders | None

    def decide(
        self,
        count: Sequence[int],
        groups: Sequence[Record],
        complete: bool,  # noqa: FBT001 - generated code has no keywords
        unit: Record,
        dated: datetime.date,
    ) -> int:
        """Decide from the members known one by one, and the groups known by counts."""
        sure, maybe = _sides(count, narrowed=self.narrowed)
        surely, perhaps = sum(sure), sum(maybe)
        tally = self._tally(sure, maybe, groups, complete, unit, dated)
        for group in groups:
            if group["total"]:
                surely, perhaps = (
                    (surely, perhaps + 1) if self.narrowed else (surely + 1, perhaps)
                )
        empty = self.rule.empty
        if complete and not surely and not perhaps:
            return empty
        if surely:
            return self.rule.decide(tally)
        # It may turn out empty, which is decided otherwise.
        ways = [*tally.with_one(), *([tally] if maybe[NOT_APPLICABLE] else [])]
        agreed = all(self.rule.decide(way) == empty for way in ways)
        return empty if agreed else UNKNOWN

    def _tally(
        self,
        sure: Sequence[int],
        maybe: Sequence[int],
        groups: Sequence[Record],
        complete: bool,  # noqa: FBT001 - internal
        unit: Record,
        dated: datetime.date,
    ) -> Tally:
        met, not_met, unknown = sure[MET], sure[NOT_MET], sure[UNKNOWN]
        maybe_unknown = maybe[UNKNOWN]
        answers = self.holders is not None and bool(groups)
        current = (
            answers
            and self.holders is not None
            and self.holders.date.current(unit, dated)
        )
        for group in groups:
            total = group["total"]
            if self.narrowed:
                maybe_unknown += total
                continue
            least, most = 0, total
            if current and self.holders is not None:
                least, most = self.holders.bounds(group)
            met, unknown = met + least, unknown + most - least
            not_met += total - most
        return Tally(
            met,
            not_met,
            unknown,
            maybe[MET],
            maybe[NOT_MET],
            maybe_unknown,
            not complete,
        )


def _sides(
    count: Sequence[int], *, narrowed: bool
) -> tuple[Sequence[int], Sequence[int]]:
    """Part a count into members that surely belong, and that may belong."""
    if not narrowed:
        return count, (0,) * 8
    return count[8 * MET : 8 * MET + 8], count[8 * UNKNOWN : 8 * UNKNOWN + 8]


def count_of(
    sure: int,
    maybe: int,
    groups: Sequence[Record],
    complete: bool,  # noqa: FBT001 - generated code has no keywords
    narrowed: bool,  # noqa: FBT001 - as above
) -> int | Bounds:
    """Count the units of a collection, or give the bounds of their number."""
    for group in groups:
        if narrowed:
            maybe += group["total"]
        else:
            sure += group["total"]
    if complete and not maybe:
        return sure
    return Bounds(sure, sure + maybe if complete else None)


class Collected:
    """The values of sub-units, on the way to a total over them."""

    __slots__ = ("known", "values", "weights")

    def __init__(self) -> None:
        self.known = True
        self.values: list[Loose] = []
        self.weights: list[Loose] = []

    def add(self, belongs: int, value: Loose, weight: Loose = 1) -> None:
        """Add the value of one sub-unit, by the code of its ``where``."""
        if belongs not in (MET, UNKNOWN) or value is DASH or weight is DASH:
            return
        if belongs == UNKNOWN or value is None or weight is None:
            self.known = False
            return
        self.values.append(value)
        self.weights.append(weight)

    def total(
        self,
        name: str,
        shares: bool,  # noqa: FBT001 - generated code has no keywords
        groups: Sequence[Record],
        complete: bool,  # noqa: FBT001 - as above
    ) -> Loose:
        """Apply a function of language.md section 6 to what was collected."""
        if not complete or groups or not self.known or not self.values:
            return None
        if name == "weighted":
            return weighted(self.values, self.weights, shares=shares)
        return of_values(name, self.values, shares=shares)


def over_years(
    rule: Rule,
    ends: tuple[Loose, Loose],
    last_year: int,
    at: Callable[[int], Callable[[Record, datetime.date], int]],
    unit: Record,
    dated: datetime.date,
) -> int:
    """Decide a quantifier over years, each as of its end."""
    first, last = ends
    if not isinstance(first, int) or not isinstance(last, int):
        return UNKNOWN
    if last - first >= MAX_YEARS:
        return UNKNOWN
    count = [0] * 8
    for year in range(first, last + 1):
        past = 1 <= year <= last_year
        count[at(year)(unit, dated) if past else UNKNOWN] += 1
    return rule.years(count)
