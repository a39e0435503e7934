"""
The four verdicts and their logic.

Source: language.md section 8.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from typing import NoReturn

import attrs


class Verdict(enum.Enum):
    """
    What a condition comes to.

    A verdict is not a truth value: using one as a `bool` raises, so that
    *unknown* can never pass for *no* by accident.
    """

    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not applicable"

    def __bool__(self) -> NoReturn:
        msg = "a Verdict is not a bool; compare with `is Verdict.MET`"
        raise TypeError(msg)

    def __str__(self) -> str:
        return self.value


_MET, _NOT_MET = Verdict.MET, Verdict.NOT_MET
_UNKNOWN, _NOT_APPLICABLE = Verdict.UNKNOWN, Verdict.NOT_APPLICABLE


def negate(verdict: Verdict) -> Verdict:
    """Swap met and not met; keep the others."""
    if verdict is _MET:
        return _NOT_MET
    if verdict is _NOT_MET:
        return _MET
    return verdict


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Join with *and*: the worst verdict among those that apply."""
    worst = _NOT_APPLICABLE
    for verdict in verdicts:
        if verdict is _NOT_MET:
            return _NOT_MET
        if verdict is _UNKNOWN or worst is _NOT_APPLICABLE:
            worst = verdict
    return worst


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Join with *or*: the best verdict among those that apply."""
    best = _NOT_APPLICABLE
    for verdict in verdicts:
        if verdict is _MET:
            return _MET
        if verdict is _UNKNOWN or best is _NOT_APPLICABLE:
            best = verdict
    return best


class Bound(enum.Enum):
    """The side on which a count is bounded."""

    AT_LEAST = "at least"
    AT_MOST = "at most"
    EXACTLY = "exactly"


@attrs.frozen
class Tally:
    """
    How many members of a collection came to which verdict.

    Members that are *not applicable* are not counted.  The ``maybe_…`` members
    are those of whom it is unknown whether they belong to the collection at all
    (an unknown ``where``).  An *open* tally misses an unknown number of members.
    """

    met: int = 0
    not_met: int = 0
    unknown: int = 0
    maybe_met: int = 0
    maybe_not_met: int = 0
    maybe_unknown: int = 0
    open: bool = False

    @property
    def sure(self) -> int:
        """The number of members that certainly belong and count."""
        return self.met + self.not_met + self.unknown

    @property
    def maybe(self) -> int:
        """The number of members that may not belong."""
        return self.maybe_met + self.maybe_not_met + self.maybe_unknown

    @property
    def empty(self) -> bool:
        """Whether there is certainly nothing to count."""
        return self.sure == 0 and self.maybe == 0 and not self.open

    def with_one(self) -> Iterator[Tally]:
        """
        Give this tally with one member that surely belongs, where none does.

        One after the other of each sort of doubtful member; together these are all
        the ways not to be empty.  Members that may belong and do not apply are not
        counted, so they make no difference to a tally.
        """
        if self.maybe_met:
            yield attrs.evolve(self, met=1, maybe_met=self.maybe_met - 1)
        if self.maybe_not_met:
            yield attrs.evolve(self, not_met=1, maybe_not_met=self.maybe_not_met - 1)
        if self.maybe_unknown:
            yield attrs.evolve(self, unknown=1, maybe_unknown=self.maybe_unknown - 1)
        if self.open:
            yield attrs.evolve(self, unknown=1)

    @property
    def most_met(self) -> int:
        """The most members that can turn out met, leaving an open end aside."""
        return self.met + self.unknown + self.maybe_met + self.maybe_unknown


def count_number(bound: Bound, number: int, tally: Tally) -> Verdict:
    """
    Decide "at least / at most / exactly *number* of …".

    It is *unknown* exactly when completions of the unknown members disagree, and
    never *not applicable* (language.md section 8).
    """
    least, most = tally.met, tally.most_met
    if bound is Bound.AT_LEAST:
        if least >= number:
            return _MET
        return _NOT_MET if most < number and not tally.open else _UNKNOWN
    if bound is Bound.AT_MOST:
        if least > number:
            return _NOT_MET
        return _MET if most <= number and not tally.open else _UNKNOWN
    if least > number or (most < number and not tally.open):
        return _NOT_MET
    return _MET if least == most == number and not tally.open else _UNKNOWN


def count_share(bound: Bound, part: int, whole: int, tally: Tally) -> Verdict:
    """
    Decide "at least / at most *part*/*whole* of …", without rounding.

    ``all`` is at least 1/1 and ``no`` is at most 0/1.  With nothing to count it
    is *not applicable*.  ``0 <= part <= whole``; the language has no "exactly p%
    of".
    """
    if tally.empty:
        return _NOT_APPLICABLE
    # "at most p% are met" is "at least (100 - p)% are not met".
    if bound is Bound.AT_MOST:
        return _at_least_share(whole - part, whole, _swap(tally))
    return _at_least_share(part, whole, tally)


def _swap(tally: Tally) -> Tally:
    return attrs.evolve(
        tally,
        met=tally.not_met,
        not_met=tally.met,
        maybe_met=tally.maybe_not_met,
        maybe_not_met=tally.maybe_met,
    )


def _at_least_share(part: int, whole: int, tally: Tally) -> Verdict:
    # The worst completion counts every doubtful member in, as not met; the best
    # counts in, as met, all that can be.  Leaving a doubtful member out lies
    # between the two because part <= whole.
    worst_number = tally.sure + tally.maybe_not_met + tally.maybe_unknown
    best_number = tally.sure + tally.maybe_met + tally.maybe_unknown
    # Unknown members may turn out not to apply: these alone surely count.
    nothing_sure = tally.met == 0 and tally.not_met == 0
    if nothing_sure:
        return _UNKNOWN
    if tally.open:
        if part == 0:
            return _MET
        certainly_short = part == whole and tally.not_met > 0
        return _NOT_MET if certainly_short else _UNKNOWN
    if tally.met * whole >= part * worst_number:
        return _MET
    if tally.most_met * whole < part * best_number:
        return _NOT_MET
    return _UNKNOWN
