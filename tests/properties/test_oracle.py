"""
What all engines say is what a slow reading of the language says.

That reading (tests/support/oracle) shares no code with ntmrules.  A case is known by
its seed: ``case(seed)`` makes it again, or ``table(seed)`` where it is a frame.
"""

from __future__ import annotations

import warnings
from functools import partial
from typing import Any

from hypothesis import given, reject
from hypothesis import strategies as st

import ntmrules
from ntmrules import Ruleset, RulesetError
from tests.support.compiled import of_assessment, of_program
from tests.support.oracle.cases import Case, case
from tests.support.oracle.completions import outcomes
from tests.support.oracle.tables import Table, table


SEEDS = st.integers(0, 2**48)
MOST_WORLDS = 60
"""How many completions of what is missing are read before a case is let go."""


def compared_by_rows(one: Table) -> None:
    """Compare every verdict of every row of a frame."""
    ruleset = loaded(one.case)
    with warnings.catch_warnings():
        # Of columns that are absent.
        warnings.simplefilter("ignore", UserWarning)
        found = one.found(ruleset)

    assert one.wanted() == found


def loaded(one: Case) -> Ruleset:
    """Load a ruleset, unless it asks for what can never be."""
    try:
        return one.load()
    except RulesetError:
        reject()


def compared(one: Case) -> None:
    """Compare every verdict, of both engines."""
    ruleset = loaded(one)
    wanted = one.reader().verdicts()
    found = of_assessment(one.assess(ruleset))
    program = ntmrules.compile(ruleset, accept_unverified=one.accept)
    compiled = of_program(program(one.unit, as_of=one.assessed))

    assert wanted == {label: str(verdict) for label, verdict in found.items()}
    assert found == compiled


@given(SEEDS)
def test_where_everything_is_known(seed: int) -> None:
    """Facts of four years, titles, and units four levels deep."""
    compared(case(seed, 10))


@given(SEEDS)
def test_where_some_is_missing(seed: int) -> None:
    """A comparison with something missing is unknown, and what follows from that."""
    compared(case(seed))


@given(SEEDS)
def test_frames(seed: int) -> None:
    """Rows with sub-units, titles, earlier years and judgements beside them."""
    compared_by_rows(table(seed))


@given(SEEDS)
def test_what_is_decided_holds_in_every_completion(seed: int) -> None:
    """Whatever the missing turns out to be, a decided verdict stays."""
    one = case(seed, 9, judged=False)
    found = of_assessment(one.assess(loaded(one)))
    for label, verdict in found.items():
        if verdict is ntmrules.Verdict.UNKNOWN:
            continue
        worlds = outcomes(partial(read, one, label), MOST_WORLDS)

        assert worlds is None or {str(verdict)} == worlds, label


def read(one: Case, label: str, answers: dict[Any, Any]) -> str:
    """Read one verdict, with answers to what is missing."""
    return one.reader(answers).verdict(label)
