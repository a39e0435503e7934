"""Figures that sum up, and totals over sub-units."""

from __future__ import annotations

from typing import Any

import pytest

import ntmrules
from ntmrules import Verdict
from tests.unit.evaluate.assessing import (
    AS_OF,
    MET,
    NOT_MET,
    UNKNOWN,
    assess,
    decide,
    reasons,
)


def district(*communes: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """Give a district with the facts of its communes."""
    inside = [{"id": f"c{n}", "facts": known} for n, known in enumerate(communes)]
    return {"id": "d", "facts": facts, "communes": inside}


def findings(criteria: str, unit: dict[str, Any]) -> list[str]:
    """Give the findings of an assessment."""
    return [found.message for found in assess(criteria, unit).findings]


RULE = 'criterion 1 "A": insured = 60%'


def test_shares_add_their_parts() -> None:
    """18 of 30, not the middle of 50% and 80%."""
    assert MET is decide(
        "insured = 60%", district({"insured": "10/20"}, {"insured": "8/10"})
    )
    assert UNKNOWN is decide("insured >= 0.1%", district({"insured": "0/0"}))


@pytest.mark.parametrize("known", [{}, {"insured": "90%"}])
def test_one_that_cannot_be_added_leaves_it_unknown(known: dict[str, Any]) -> None:
    """A missing figure, a percentage without counts."""
    unit = district({"insured": "10/20"}, known)

    assert UNKNOWN is decide("insured >= 1%", unit)


def test_why_a_percentage_is_not_added() -> None:
    """It is said."""
    assessment = assess(RULE, district({"insured": "90%"}))

    assert "cannot be added up" in reasons(assessment)


@pytest.mark.parametrize(
    ("own", "wanted"),
    [
        ("18/30", []),
        ("60%", []),
        ("19/30", ["19/30"]),
        ("36/60", ["36/60"]),
        ("61%", ["61%"]),
    ],
)
def test_the_own_figure_counts_and_is_compared(own: str, wanted: list[str]) -> None:
    """With the total of the sub-units, which it need not round to."""
    unit = district({"insured": "10/20"}, {"insured": "8/10"}, insured=own)
    said = "\n".join(findings(RULE, unit))

    assert bool(wanted) is bool(said)
    assert [] == [words for words in (*wanted, "18/30") if said and words not in said]


def test_a_percentage_agrees_to_its_own_digits() -> None:
    """66.7% is 2 of 3 at one digit, 66.8% is not."""
    communes = ({"insured": "2/3"},)

    assert [] == findings(RULE, district(*communes, insured="66.7%"))
    assert [] == findings(RULE, district(*communes, insured="67%"))
    assert [] != findings(RULE, district(*communes, insured="66.8%"))
    assert [] != findings(RULE, district(*communes, insured="66%"))


def test_amounts_and_counts_add() -> None:
    """In their own unit."""
    unit = district({"debt": 3, "population": 20}, {"debt": "0.5", "population": 10})

    assert MET is decide("debt = 3.5 million VND", unit)
    assert MET is decide("population = 30", unit)


def test_totals_of_an_earlier_year() -> None:
    """From the history of the sub-units."""
    unit = {
        "communes": [
            {"id": "a", "history": {2022: {"population": 5}}},
            {"id": "b", "history": {2022: {"population": 6}}},
        ]
    }

    assert MET is decide("population at 2022 = 11", unit)
    assert UNKNOWN is decide("population >= 1", unit)


def test_totals_go_all_the_way_down() -> None:
    """A commune without its own figure takes that of its villages."""
    villages = [{"id": f"v{n}", "facts": {"population": n}} for n in (1, 2)]
    unit = {
        "communes": [
            {"id": "a", "villages": villages},
            {"id": "b", "facts": {"population": 4}},
        ]
    }

    assert MET is decide("population = 7", unit)


@pytest.mark.parametrize(
    "inside", [{}, {"communes": []}, {"communes": {"total": 3}}, {"communes": None}]
)
def test_nothing_to_add(inside: dict[str, Any]) -> None:
    """No list, an empty one, counts alone: no total."""
    assert UNKNOWN is decide("population >= 0 or crimes > 5", inside)


VOCABULARY = """vocabulary test.sums
  name "Sums"
unit person, persons
level district, districts
level commune, communes within district
level town, towns within district
level school, schools within district
fact residents: count of persons on commune, town, district sums up
fact pupils: count of persons on school, district sums up
fact heads: count of persons on district sums up
"""


def of_levels(condition: str, unit: dict[str, Any]) -> Verdict:
    """Decide a condition over facts that name their levels."""
    text = f"""ruleset test.case
  name "Case"
  for district
  basis "0/TEST" dated 2020-01-01
  in force from 2000-01-01
use test.sums
criterion 1 "A": {condition}
"""
    ruleset = ntmrules.loads(text, files={"v.ntm": VOCABULARY})
    return ntmrules.evaluate(
        ruleset, {"level": "district", **unit}, as_of=AS_OF
    ).verdict


def test_a_figure_sums_up_over_the_levels_it_names() -> None:
    """All of them are needed, and no other is looked at."""
    communes = [{"id": "a", "facts": {"residents": 5}}]
    towns = [{"id": "b", "facts": {"residents": 7}}]
    schools = [{"id": "c", "facts": {"pupils": 3}}, {"id": "e", "facts": {}}]
    unit = {"communes": communes, "towns": towns, "schools": schools[:1]}

    assert MET is of_levels("residents = 12", unit)
    assert MET is of_levels("pupils = 3", unit)
    assert UNKNOWN is of_levels("pupils = 3", {**unit, "schools": schools})
    assert UNKNOWN is of_levels("residents = 5", {"communes": communes})
    assert MET is of_levels("residents = 5", {"communes": communes, "towns": []})
    assert UNKNOWN is of_levels(
        "residents = 5", {"communes": communes, "towns": {"total": 1}}
    )
    assert UNKNOWN is of_levels("heads >= 1", unit)


SHARED = district(
    {"crimes": 1, "insured": "10%", "population": 50, "income": 1, "rural": True},
    {"crimes": 2, "insured": "30%", "population": 0, "income": 2, "rural": False},
    {"crimes": 3, "insured": "80%", "population": 50, "rural": True},
)


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ("sum of crimes over communes = 6", MET),
        ("sum of crimes over communes where rural = 4", MET),
        ("sum of (2 * crimes) over communes where (not rural) = 4", MET),
        ("average of crimes over communes = 2", MET),
        ("min of crimes over communes = 1", MET),
        ("max of crimes over communes = 3", MET),
        ("max of crimes over communes where not rural = 2", MET),
        ("average of insured over communes weighted by population = 45%", MET),
        ("average of insured over communes = 40%", MET),
        ("min of insured over communes = 10%", MET),
        ("max of insured over communes = 80%", MET),
        ("max of insured over communes = 30%", NOT_MET),
        ("sum of crimes over communes where (crimes > 9) >= 0", UNKNOWN),
        ("sum of income over communes >= 0 VND/person", UNKNOWN),
        ("sum of income over communes where not rural = 2 million VND/person", MET),
        ("average of crimes over communes weighted by income >= 0", UNKNOWN),
        ("sum of crimes over villages >= 0", UNKNOWN),
        ("sum of crimes over communes where has_market >= 0", UNKNOWN),
    ],
)
def test_over_sub_units(condition: str, wanted: Verdict) -> None:
    """Sums, averages and ends; unknown with a value missing or with nobody there."""
    assert wanted is decide(condition, SHARED)


def test_an_average_without_weight() -> None:
    """The denominator is 0."""
    weighted = "average of income over communes weighted by population"
    rule = f'criterion 1 "A": {weighted} >= 1 VND/person'
    assessment = assess(rule, district({"income": 5, "population": 0}))

    assert UNKNOWN is assessment.verdict
    assert "the denominator is 0" in reasons(assessment)
