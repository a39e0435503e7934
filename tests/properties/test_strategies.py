"""Laws of the shipped rulesets, with the strategies that anybody can use."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ntmrules
from ntmrules.testing._world_files import VOCABULARY
from ntmrules.testing._writing import unit_text
from ntmrules.testing.strategies import (
    assert_monotone,
    facts,
    near_thresholds,
    rulesets,
    units,
)
from ntmrules.units import bind, facts_hash, parse_unit


ROOT = Path(__file__).parents[2]
COMMUNE = ntmrules.load("vn.commune.standard", as_of=datetime.date(2023, 12, 31))
DISTRICT = ntmrules.load("vn.district.standard", as_of=datetime.date(2023, 12, 31))
SMALL = ntmrules.loads(
    """\
ruleset demo.commune
  name  "Xã"
  for   commune
  basis "1" dated 2021-01-05
  in force from 2021-01-05
use vn.facts
criterion 1 "A": insured >= 95%
criterion 2 "B": poor <= 5%
criterion 3 "C": income >= by region {
  | TDMNPB                | otherwise             |
  | 39 million VND/person | 48 million VND/person |
}
"""
)
DECIDED = {ntmrules.Verdict.MET, ntmrules.Verdict.NOT_MET}


def test_the_vocabulary_is_that_of_the_conformance_cases() -> None:
    """One vocabulary, in two places as the package cannot read the tests."""
    path = ROOT / "tests" / "conformance" / "vocabulary.ntm"

    assert path.read_text("utf-8") == VOCABULARY


@pytest.mark.parametrize("ruleset", [COMMUNE, DISTRICT], ids=lambda r: r.id)
@settings(max_examples=30)
@given(st.data())
def test_units_can_be_assessed(ruleset: ntmrules.Ruleset, data: st.DataObject) -> None:
    """Nothing of a unit is refused, whichever way it is drawn."""
    unit = data.draw(units(ruleset) | near_thresholds(ruleset))

    assessment = ntmrules.evaluate(ruleset, unit, strict=True)

    assert ruleset is assessment.ruleset


@settings(max_examples=30)
@given(facts(SMALL))
def test_facts_are_those_that_are_asked_for(found: dict[str, object]) -> None:
    """By the rules, or by what the vocabulary expects; and no others."""
    asked = {"insured", "poor", "income", "region"}
    expected = {"substitute_region"}

    assert asked | expected >= found.keys()


@settings(max_examples=200)
@given(near_thresholds(SMALL))
def test_figures_are_near_a_threshold(unit: dict[str, dict[str, object]]) -> None:
    """On it, or off by a hundredth of its last digit."""
    assert unit["facts"].get("insured", "95%") in {"94.99%", "95%", "95.01%"}


@settings(max_examples=25)
@given(st.data())
def test_random_rulesets_can_be_used(data: st.DataObject) -> None:
    """Each is well-typed, and gives a verdict of whatever unit there is."""
    ruleset = data.draw(rulesets())
    unit = data.draw(units(ruleset) | near_thresholds(ruleset))

    ntmrules.evaluate(ruleset, unit)


@settings(max_examples=40)
@given(st.data())
def test_units_are_written_as_they_are_read(data: st.DataObject) -> None:
    """What is written of a unit reads as the same unit."""
    ruleset = data.draw(st.sampled_from([COMMUNE, DISTRICT]))
    unit = ntmrules.evaluate(ruleset, data.draw(near_thresholds(ruleset))).unit

    again = bind(parse_unit(unit_text(unit)), ruleset.vocabulary)

    assert facts_hash(unit) == facts_hash(again)


@settings(max_examples=60)
@given(near_thresholds(SMALL), facts(SMALL))
def test_what_is_decided_stays(
    unit: dict[str, dict[str, object]], more: dict[str, object]
) -> None:
    """A missing fact, once found, never turns a verdict."""
    before = ntmrules.evaluate(SMALL, unit).verdict
    completed = {**unit, "facts": {**more, **unit["facts"]}}

    if before in DECIDED:
        assert before is ntmrules.evaluate(SMALL, completed).verdict


@pytest.mark.parametrize("fact", ["insured", "income"])
def test_more_of_a_good_fact_never_hurts(fact: str) -> None:
    """Of the small ruleset, and of the national one."""
    assert_monotone(SMALL, fact)
    if fact in COMMUNE.vocabulary.facts:
        assert_monotone(COMMUNE, fact, examples=20)


def test_less_of_a_bad_fact_never_hurts() -> None:
    """The direction is the caller's to say."""
    assert_monotone(SMALL, "poor", more="worse")


def test_a_broken_law_is_shown_with_a_unit() -> None:
    """More poor households do hurt."""
    with pytest.raises(AssertionError, match=r"with `poor` 4\.99% it is met|`poor`"):
        assert_monotone(SMALL, "poor")
