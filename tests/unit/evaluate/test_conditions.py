"""Conditions made of conditions: between, if, and what both branches share."""

from __future__ import annotations

import pytest

from ntmrules import Verdict
from tests.unit.evaluate.assessing import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    UNKNOWN,
    assess,
    decide,
    decide_facts,
)


DASH = "by region { | north | otherwise |\n | - | 5% | }"
APPLIES_NOT = f"sorting >= {DASH}"  # not applicable in the north


def test_between_with_a_dash_is_not_applicable() -> None:
    """A range with an end that does not apply does not apply."""
    verdict = decide_facts(f"poor between 1% and {DASH}", poor="2%", region="north")

    assert NOT_APPLICABLE is verdict


def test_between_waits_for_an_end_that_may_be_a_dash() -> None:
    """Below the known end is not failed while the other end may not apply."""
    assert UNKNOWN is decide_facts(f"poor between 1% and {DASH}", poor="0.5%")


def test_a_criterion_does_not_come_back_when_a_region_becomes_known() -> None:
    """Failed while the region is missing, it would be met in the north."""
    text = f"""criterion 1 "A" {{
      indicator 1.1 "A": poor between 1% and {DASH}
      indicator 1.2 "B": insured >= 95%
    }}"""
    facts = {"poor": "0.5%", "insured": "96%"}

    assert UNKNOWN is assess(text, {"facts": facts}).verdict
    assert MET is assess(text, {"facts": facts | {"region": "north"}}).verdict
    assert NOT_MET is assess(text, {"facts": facts | {"region": "south"}}).verdict


def test_between_by_the_bounds_of_an_unknown_count() -> None:
    """Three communes, perhaps four, are between three and four."""
    communes = [{"id": f"c{n}", "facts": {"rural": True}} for n in range(3)]
    unit = {"communes": [*communes, {"id": "c4"}]}

    assert MET is decide("count of communes where rural between 3 and 4", unit)
    assert NOT_MET is decide("count of communes where rural between 5 and 9", unit)
    assert UNKNOWN is decide("count of communes where rural between 4 and 9", unit)


def test_between_ends_given_by_the_bounds_of_a_count() -> None:
    """An unknown count is never a dash, so a failed end decides."""
    unit = {"communes": [{"id": "c1"}], "facts": {"crimes": 0}}
    communes = "count of communes where rural"

    assert NOT_MET is decide(f"2 between 0 and {communes}", unit)
    assert UNKNOWN is decide(f"1 between 0 and {communes}", unit)


@pytest.mark.parametrize(
    ("then", "otherwise", "wanted"),
    [
        (True, True, MET),
        (False, False, NOT_MET),
        (True, False, NOT_APPLICABLE),
        (True, None, UNKNOWN),
        (None, None, UNKNOWN),
    ],
)
def test_if_of_what_does_not_apply(
    then: bool | None, otherwise: bool | None, wanted: Verdict
) -> None:
    """What both branches share stands; where they differ, nothing applies."""
    facts = {"rural": then, "debt_free": otherwise, "sorting": "9%", "region": "north"}
    unit = {"facts": facts}

    assert wanted is decide(f"if {APPLIES_NOT} then rural else debt_free", unit)


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({"region": "north"}, NOT_APPLICABLE),
        ({"region": "south"}, MET),
        ({"region": "south", "sorting": "1%"}, NOT_MET),
        ({}, UNKNOWN),
    ],
)
def test_if_between_values(facts: dict[str, str], wanted: Verdict) -> None:
    """The value of the branch counts, and a dash where nothing chooses one."""
    unit = {"facts": {"sorting": "9%", "crimes": 2, **facts}}

    assert wanted is decide(f"crimes >= (if {APPLIES_NOT} then 2 else 3)", unit)


def test_if_with_equal_values_needs_no_condition() -> None:
    """Both branches give 90%, whether the condition is unknown or does not apply."""
    text = f"insured >= (if {APPLIES_NOT} then 90% else 90%)"
    unknown, not_applicable = {"insured": "91%"}, {"insured": "91%", "region": "north"}

    assert MET is decide(text, {"facts": unknown})
    assert MET is decide(text, {"facts": not_applicable | {"sorting": "1%"}})


def test_if_with_two_dashes_is_a_dash() -> None:
    """What no branch asks for is not asked for."""
    text = f"insured >= (if rural then {DASH} else {DASH})"

    assert NOT_APPLICABLE is decide_facts(text, insured="91%", region="north")


def test_if_waits_for_the_value_of_a_branch() -> None:
    """A branch that may still turn out like the other leaves the value open."""
    text = f"crimes >= (if {APPLIES_NOT} then 2 else crimes at 2020)"
    unit = {"facts": {"crimes": 2, "sorting": "9%", "region": "north"}}

    assert UNKNOWN is decide(text, unit)
    assert MET is decide(text, unit | {"history": {2020: {"crimes": 2}}})
    assert NOT_APPLICABLE is decide(text, unit | {"history": {2020: {"crimes": 3}}})
