"""Laws of the four verdicts: tables, order, and counting against brute force."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cache

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmrules.verdict import (
    Bound,
    Tally,
    Verdict,
    all_of,
    any_of,
    count_number,
    count_share,
    negate,
)
from tests.support.strategies import tallies, verdicts


MET, NOT_MET = Verdict.MET, Verdict.NOT_MET
UNKNOWN, NOT_APPLICABLE = Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
M, N, U, A = MET, NOT_MET, UNKNOWN, NOT_APPLICABLE

# Rows and columns in the order met, not met, unknown, not applicable.
ORDER = (M, N, U, A)
AND = (
    (M, N, U, M),
    (N, N, N, N),
    (U, N, U, U),
    (M, N, U, A),
)
OR = (
    (M, M, M, M),
    (M, N, U, N),
    (M, U, U, U),
    (M, N, U, A),
)


@pytest.mark.parametrize("row", range(4))
@pytest.mark.parametrize("column", range(4))
def test_tables_of_and_and_or(row: int, column: int) -> None:
    """Section 8, written out."""
    pair = (ORDER[row], ORDER[column])

    assert AND[row][column] is all_of(pair)
    assert OR[row][column] is any_of(pair)


def test_not() -> None:
    """It swaps met and not met, and keeps the others."""
    assert [N, M, U, A] == [negate(verdict) for verdict in ORDER]


def test_nothing_to_join() -> None:
    """Nothing applies."""
    assert A is all_of(())
    assert A is any_of(())


@pytest.mark.parametrize("size", range(1, 6))
def test_joining_many_is_joining_in_pairs_in_any_order(size: int) -> None:
    """Every list of up to five verdicts, folded from either end."""
    for chosen in itertools.product(ORDER, repeat=size):
        folded_and, folded_or = chosen[0], chosen[0]
        for verdict in chosen[1:]:
            folded_and = AND[ORDER.index(folded_and)][ORDER.index(verdict)]
            folded_or = OR[ORDER.index(folded_or)][ORDER.index(verdict)]

        assert folded_and is all_of(chosen) is all_of(reversed(chosen))
        assert folded_or is any_of(chosen) is any_of(reversed(chosen))


@given(st.lists(verdicts(), max_size=8))
def test_de_morgan(chosen: list[Verdict]) -> None:
    """The negation of *and* is the *or* of the negations."""
    negated = [negate(verdict) for verdict in chosen]

    assert negate(all_of(chosen)) is any_of(negated)
    assert negate(any_of(chosen)) is all_of(negated)


@given(st.lists(verdicts(), max_size=8), st.data())
def test_order_never_matters(chosen: list[Verdict], data: st.DataObject) -> None:
    """Any permutation joins to the same."""
    other = data.draw(st.permutations(chosen))

    assert all_of(chosen) is all_of(other)
    assert any_of(chosen) is any_of(other)


def test_a_verdict_is_no_truth_value() -> None:
    """*Unknown* never passes for *no*."""
    for verdict in Verdict:
        with pytest.raises(TypeError, match="compare with `is"):
            bool(verdict)


# Counting.

# The last is enough to pass any number, and to tip any share, of those below.
MORE = (*range(8), 25)


@cache
def completions(tally: Tally) -> frozenset[tuple[int, int]]:
    """
    Give every way in which a tally may turn out, as members met and not met.

    An unknown member turns out met, not met or not applicable; one that may not
    belong also stays outside; an open tally gains further members, few or many.
    """
    one_unknown = ((1, 0), (0, 1), (0, 0))
    parts: list[tuple[tuple[int, int], ...]] = [((tally.met, tally.not_met),)]
    parts += [one_unknown] * (tally.unknown + tally.maybe_unknown)
    parts += [((1, 0), (0, 0))] * tally.maybe_met
    parts += [((0, 1), (0, 0))] * tally.maybe_not_met
    if tally.open:
        parts.append(tuple((a, b) for a in MORE for b in MORE))
    seen = {(0, 0)}
    for part in parts:
        seen = {(a + c, b + d) for a, b in seen for c, d in part}
    return frozenset(seen)


def number_of(bound: Bound, number: int, met: int) -> Verdict:
    """Decide a completed count of a number."""
    holds = {
        Bound.AT_LEAST: met >= number,
        Bound.AT_MOST: met <= number,
        Bound.EXACTLY: met == number,
    }
    return MET if holds[bound] else NOT_MET


def share_of(bound: Bound, part: int, whole: int, met: int, not_met: int) -> Verdict:
    """Decide a completed count of a share."""
    total = met + not_met
    if total == 0:
        return NOT_APPLICABLE
    holds = {
        Bound.AT_LEAST: met * whole >= part * total,
        Bound.AT_MOST: met * whole <= part * total,
    }
    return MET if holds[bound] else NOT_MET


def consensus(found: set[Verdict]) -> Verdict:
    """Give what all agree on."""
    return found.pop() if len(found) == 1 else UNKNOWN


def small_tallies(most: int) -> Iterator[Tally]:
    """Give every tally of up to *most* members, closed and open."""
    for counts in itertools.product(range(most + 1), repeat=6):
        if sum(counts) <= most:
            a, b, c, d, e, f = counts
            yield Tally(a, b, c, d, e, f)
            yield Tally(a, b, c, d, e, f, open=True)


SIZE = 5
SMALL = list(small_tallies(SIZE))
SHARES = ((0, 1), (1, 1), (1, 2), (1, 3), (2, 3), (80, 100))


@pytest.mark.parametrize("bound", list(Bound), ids=str)
def test_a_number_is_the_consensus_of_all_completions(bound: Bound) -> None:
    """Every tally of up to five members, every number up to seven."""
    for tally in SMALL:
        outcomes = completions(tally)
        for number in range(SIZE + 3):
            wanted = consensus({number_of(bound, number, met) for met, _ in outcomes})

            assert wanted is count_number(bound, number, tally), (number, tally)


@pytest.mark.parametrize("bound", [Bound.AT_LEAST, Bound.AT_MOST], ids=str)
@pytest.mark.parametrize(("part", "whole"), SHARES)
def test_a_share_is_the_consensus_of_all_completions(
    bound: Bound, part: int, whole: int
) -> None:
    """Every tally of up to five members; members may be missing, or not belong."""
    for tally in SMALL:
        outcomes = completions(tally)
        wanted = consensus({share_of(bound, part, whole, *one) for one in outcomes})

        assert wanted is count_share(bound, part, whole, tally), tally


@given(
    tallies(),
    st.sampled_from([Bound.AT_LEAST, Bound.AT_MOST]),
    st.integers(0, 100),
)
def test_a_percentage_is_the_consensus_of_all_completions(
    tally: Tally, bound: Bound, percent: int
) -> None:
    """Larger tallies, closed, and every percentage."""
    closed = attrs.evolve(tally, open=False)
    outcomes = completions(closed)
    wanted = consensus({share_of(bound, percent, 100, *one) for one in outcomes})

    assert wanted is count_share(bound, percent, 100, closed)


@given(tallies(), st.sampled_from(list(Bound)), st.integers(0, 12))
def test_counting_met_is_counting_what_is_left(
    tally: Tally, bound: Bound, number: int
) -> None:
    """At most so many is the negation of at least one more."""
    if bound is Bound.AT_MOST:
        more = count_number(Bound.AT_LEAST, number + 1, tally)

        assert negate(more) is count_number(bound, number, tally)
    if bound is Bound.EXACTLY:
        both = all_of(
            count_number(side, number, tally)
            for side in (Bound.AT_LEAST, Bound.AT_MOST)
        )

        assert both is count_number(bound, number, tally)


@given(tallies(), st.integers(1, 100))
def test_all_and_no_are_the_ends_of_a_share(tally: Tally, whole: int) -> None:
    """All is at least everything, no is at most nothing, whatever the whole."""
    every = count_share(Bound.AT_LEAST, 1, 1, tally)
    none = count_share(Bound.AT_MOST, 0, 1, tally)

    assert every is count_share(Bound.AT_LEAST, whole, whole, tally)
    assert none is count_share(Bound.AT_MOST, 0, whole, tally)


def test_nothing_to_count() -> None:
    """Numbers count nothing; shares of nothing do not apply."""
    assert MET is count_number(Bound.AT_LEAST, 0, Tally())
    assert NOT_MET is count_number(Bound.AT_LEAST, 1, Tally())
    assert MET is count_number(Bound.AT_MOST, 0, Tally())
    assert MET is count_number(Bound.EXACTLY, 0, Tally())
    assert NOT_APPLICABLE is count_share(Bound.AT_LEAST, 1, 1, Tally())
    assert NOT_APPLICABLE is count_share(Bound.AT_MOST, 0, 1, Tally())
