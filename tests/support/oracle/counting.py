"""Verdicts: joining and counting them (language.md section 8)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from tests.support.oracle.names import Tree


MET, NOT, UNK, NAP = "met", "not met", "unknown", "not applicable"


def said(truth: bool) -> str:
    """Give the verdict of what is true or false."""
    return MET if truth else NOT


def all_of(verdicts: Iterable[str]) -> str:
    """Join by *and*."""
    found = set(verdicts)
    for verdict in (NOT, UNK, MET):
        if verdict in found:
            return verdict
    return NAP


def any_of(verdicts: Iterable[str]) -> str:
    """Join by *or*."""
    found = set(verdicts)
    for verdict in (MET, UNK, NOT):
        if verdict in found:
            return verdict
    return NAP


def agreed(verdicts: Iterable[str]) -> str:
    """Give what all completions share, else unknown."""
    found = set(verdicts)
    return found.pop() if len(found) == 1 else UNK


def decide(quantity: Tree, members: list[str], if_none: str | None, over: bool) -> str:
    """Count members that are all known; *over* a collection or in a choice."""
    counted = [verdict for verdict in members if verdict != NAP]
    if over and not members:
        if if_none is not None:
            return if_none
        if quantity[0] != "number" or quantity[1] == "at most":
            return UNK
    met, number = counted.count(MET), len(counted)
    match quantity:
        case ("number", bound, wanted):
            return said(
                {
                    "at least": met >= wanted,
                    "at most": met <= wanted,
                    "exactly": met == wanted,
                }[bound]
            )
        case ("all",):
            bound, part = "at least", Fraction(1)
        case ("no",):
            bound, part = "at most", Fraction(0)
        case _:
            bound, part = quantity[1], Fraction(quantity[2]) / 100
    if not number:
        return NAP
    limit = part * number
    return said(met >= limit if bound == "at least" else met <= limit)


def tally(
    quantity: Tree,
    members: list[tuple[str, str]],
    if_none: str | None = None,
    *,
    over: bool = False,
    more: bool = False,
) -> str:
    """
    Count members, each with whether it belongs, by trying all that may be.

    With *more*, any number of others may belong too.
    """
    choices: list[tuple[tuple[str, ...], ...]] = []
    for belongs, verdict in members:
        outcomes = (MET, NOT, NAP) if verdict == UNK else (verdict,)
        ways: tuple[tuple[str, ...], ...] = tuple((one,) for one in outcomes)
        if belongs == UNK:
            ways = (*ways, ())
        if belongs in {MET, UNK}:
            choices.append(ways)
    # A choice is decided by how many come out how: which ones makes no difference.
    totals: set[tuple[str, ...]] = {()}
    for ways in choices:
        totals = {tuple(sorted((*before, *way))) for before in totals for way in ways}
    if more:
        ends = [(MET,) * n + (NOT,) * m for n in range(9) for m in range(9)]
        totals = {(*t, *end) for t in totals for end in [*ends, (NAP,)]}
    return agreed(decide(quantity, list(t), if_none, over) for t in totals)


def branch(test: str, then: str, otherwise: str) -> str:
    """Decide ``if … then … else …``."""
    if test == MET or then == otherwise:
        return then
    if test == NOT:
        return otherwise
    return NAP if test == NAP and UNK not in (then, otherwise) else UNK
