"""A compiled ruleset says what `evaluate` says, of any ruleset and any unit."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

import ntmrules
from ntmrules import Ruleset, RulesetError
from ntmrules.units import bind, unit_data
from tests.support.compiled import of_assessment, of_program
from tests.support.strategies import AS_OF, FILES, Draw, World, worlds


# Whole worlds are large values; their size is meant.
many = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
DATES = (AS_OF, datetime.date(2023, 12, 31), datetime.date(2024, 6, 29))


def load(text: str) -> Ruleset:
    """Load a ruleset that may refer to the one for communes."""
    return ntmrules.loads(text, files=FILES)


@many
@given(worlds(), st.sampled_from(DATES), st.booleans())
def test_every_verdict_is_the_same(
    world: World, as_of: datetime.date, accept: bool
) -> None:
    """However the unit comes: as given, checked before, or in the plain form."""
    ruleset = load(world.ruleset)
    program = ntmrules.compile(ruleset, as_of=as_of, accept_unverified=accept)
    assessment = ntmrules.evaluate(
        ruleset, world.unit, as_of=as_of, accept_unverified=accept
    )
    wanted = of_assessment(assessment)
    plain = program.plain(world.unit)

    assert wanted == of_program(program(world.unit))
    assert wanted == of_program(
        program(bind(unit_data(world.unit), ruleset.vocabulary))
    )
    assert wanted == of_program(program(plain))
    assert wanted == of_program(program(plain, checked=False))


JUDGED = ("met", "not met", "unknown", "not applicable")
DAYS = ("2023-06-30", "2024-06-30", "2024-12-31", "2025-06-30", None)


@st.composite
def recorded_worlds(draw: Draw) -> World:
    """Draw a world whose units have dates of their own, and attestations."""
    world = draw(worlds())
    _record(draw, world.unit)
    return world


def _record(draw: Draw, unit: dict[str, Any]) -> None:
    dates = (None, None, "2024-12-31", "2024-03-31", "2023-12-31", "2025-01-31")
    unit["as_of"] = draw(st.sampled_from(dates))
    years = unit.get("history") or {}
    unit["history"] = {year: facts for year, facts in years.items() if year < 2023}
    labels = draw(st.lists(st.sampled_from(("P", "1", "1.1", "2.1", "2", "3.1"))))
    judged = {
        label: {
            "verdict": draw(st.sampled_from(JUDGED)),
            "on": draw(st.sampled_from(DAYS)),
        }
        for label in labels
    }
    unit["attestations"] = {"test.world": judged, "test.communes": judged}
    for inside in unit.values():
        if isinstance(inside, list):
            for sub in inside:
                _record(draw, sub)


@many
@given(recorded_worlds(), st.sampled_from(DATES))
def test_units_with_dates_and_attestations(world: World, as_of: datetime.date) -> None:
    """Whose facts are of which year, and what was judged, count alike."""
    ruleset = load(world.ruleset)
    program = ntmrules.compile(ruleset, as_of=as_of)
    wanted = of_assessment(ntmrules.evaluate(ruleset, world.unit, as_of=as_of))

    assert wanted == of_program(program(world.unit))
    assert wanted == of_program(program(program.plain(world.unit)))


@many
@given(worlds(depth=3), st.sampled_from(DATES))
def test_deeper_rules(world: World, as_of: datetime.date) -> None:
    """Rules that hold more in each other come to the same, too."""
    try:
        ruleset = load(world.ruleset)
    except RulesetError as error:
        # Years within years are soon too many for the checker.
        if "MAX_TOKENS" not in str(error):
            raise
        reject()
    program = ntmrules.compile(ruleset)
    assessment = ntmrules.evaluate(ruleset, world.unit, as_of=as_of)

    assert of_assessment(assessment) == of_program(program(world.unit, as_of=as_of))
