"""Sub-units: listed, counted, absent, perhaps outside, or none at all."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from ntmrules import Verdict
from tests.unit.evaluate.assessing import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    UNKNOWN,
    assess,
    decide,
    reasons,
)


Unit = dict[str, Any]


def communes(*facts: dict[str, object]) -> Unit:
    """Give a district that lists communes with these facts."""
    inside = [{"id": f"c{n}", "facts": known} for n, known in enumerate(facts)]
    return {"communes": inside}


def counted(total: int, **hold: int) -> Unit:
    """Give a district that only counts its communes and those with a title."""
    titles = {f"commune.{name}": number for name, number in hold.items()}
    return {"communes": {"total": total, "hold": titles}}


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("all communes have rural", UNKNOWN),
        ("no communes have rural", UNKNOWN),
        ("at least 50% of communes have rural", UNKNOWN),
        ("at most 50% of communes have rural", UNKNOWN),
        ("at most 2 communes have rural", UNKNOWN),
        ("at least 2 communes have rural", NOT_MET),
        ("exactly 2 communes have rural", NOT_MET),
        ("all communes have rural if none met", MET),
        ("no communes have rural if none not met", NOT_MET),
        ("at least 2 communes have rural if none met", MET),
        ("at most 2 communes have rural if none not applicable", NOT_APPLICABLE),
        ("count of communes = 0", MET),
        ("sum of crimes over communes = 0", UNKNOWN),
        ("min of crimes over communes = 0", UNKNOWN),
    ],
)
def test_nothing_inside(rule: str, wanted: Verdict) -> None:
    """Emptiness alone makes nothing true, unless the rule says so."""
    assert wanted is decide(rule, {"communes": []})
    assert wanted is decide(rule, counted(0))


def test_the_reason_of_an_empty_collection() -> None:
    """It is said in words."""
    assessment = assess('criterion 1 "A": all communes have rural', {"communes": []})

    assert "no communes on file" == reasons(assessment)


@pytest.mark.parametrize(
    "rule",
    [
        "all communes have rural if none met",
        "no communes have rural if none met",
        "at least 1 communes have rural",
        "at most 1 communes have rural",
        "at least 50% of communes have rural if none met",
        "count of communes >= 1",
        "count of communes <= 1",
        "sum of crimes over communes >= 0",
    ],
)
def test_nothing_said_of_what_is_inside(rule: str) -> None:
    """What was not given is unknown, whatever the rule says of none."""
    assessment = assess(f'criterion 1 "A": {rule}')

    assert UNKNOWN is assessment.verdict
    assert "the communes are not on file" in reasons(assessment)


PERHAPS_NONE = [
    ("at least 1 communes where rural have debt_free", "met", False, UNKNOWN),
    ("at least 1 communes where rural have debt_free", "not met", False, NOT_MET),
    ("at most 1 communes where rural have debt_free", None, True, UNKNOWN),
    ("at most 1 communes where rural have debt_free", "met", True, MET),
    ("at most 1 communes where rural have debt_free", "not met", True, UNKNOWN),
    ("exactly 1 communes where rural have debt_free", None, False, NOT_MET),
    ("exactly 1 communes where rural have debt_free", "met", False, UNKNOWN),
    ("all communes where rural have debt_free", "met", True, MET),
    ("all communes where rural have debt_free", "not met", True, UNKNOWN),
    ("no communes where rural have debt_free", "met", False, MET),
    ("at least 1 communes where rural have debt_free", "met", True, MET),
]


@pytest.mark.parametrize(("rule", "if_none", "debt_free", "wanted"), PERHAPS_NONE)
def test_perhaps_nothing_inside(
    rule: str, if_none: str | None, debt_free: bool, wanted: Verdict
) -> None:
    """While nobody surely belongs, the verdict of an empty collection must agree."""
    unit = communes({"debt_free": debt_free})
    rule += "" if if_none is None else f" if none {if_none}"

    assert wanted is decide(rule, unit)


def test_perhaps_nothing_inside_is_decided_later() -> None:
    """The commune turns out urban, so that ``if none`` decides."""
    rule = "at least 1 communes where rural have debt_free if none met"

    assert MET is decide(rule, communes({"debt_free": False, "rural": False}))
    assert NOT_MET is decide(rule, communes({"debt_free": False, "rural": True}))


def test_one_that_surely_belongs_is_enough() -> None:
    """With one rural commune there is no question of none."""
    rule = "at most 1 communes where rural have debt_free if none not met"
    unit = communes({"rural": True, "debt_free": True}, {"debt_free": False})

    assert MET is decide(rule, unit)


def test_counts_with_where_may_be_none() -> None:
    """Of communes known by number nobody knows whether one is rural."""
    unit = counted(3, standard=3)

    assert UNKNOWN is decide(
        "at most 3 communes where rural hold commune.standard", unit
    )
    assert NOT_MET is decide(
        "at least 4 communes where rural hold commune.standard", unit
    )


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("at least 3 communes hold commune.advanced", MET),
        ("at least 4 communes hold commune.advanced", NOT_MET),
        ("at least 3 communes hold commune.standard", MET),
        ("at least 6 communes hold commune.standard", UNKNOWN),
        ("at most 3 communes hold commune.model", MET),
        ("at least 4 communes hold commune.model", NOT_MET),
        ("no communes hold commune.model", UNKNOWN),
        ("all communes hold commune.standard", UNKNOWN),
        ("count of communes = 6", MET),
        ("at least 1 communes have rural", UNKNOWN),
        ("at least 7 communes have rural", NOT_MET),
    ],
)
def test_counts_answer_through_higher_and_lower_titles(
    rule: str, wanted: Verdict
) -> None:
    """Three of six are advanced: at least three standard, at most three model."""
    assert wanted is decide(rule, counted(6, advanced=3))


def test_counts_that_contradict_each_other_answer_nothing() -> None:
    """More advanced than standard communes: a finding, and no verdict."""
    text = 'criterion 1 "A": at least 3 communes hold commune.standard'
    assessment = assess(text, counted(6, advanced=4, standard=2))

    assert UNKNOWN is assessment.verdict
    assert ["NTM709"] == [found.code.id for found in assessment.findings]


def test_counts_are_of_one_year() -> None:
    """They say nothing of the years before."""
    text = "all years from 2022 to 2024 have (at least 3 communes hold {})"
    unit = counted(6, advanced=3)

    assert UNKNOWN is decide(text.format("commune.advanced"), unit)
    assert UNKNOWN is decide("count of communes = 6", {}, as_of=OLD)


OLD = datetime.date(2020, 12, 31)


def test_counts_of_a_later_date_never_count() -> None:
    """Like facts: they were not known at the assessment."""
    unit = {"as_of": "2024-12-31", **counted(6, advanced=3)}

    assert UNKNOWN is decide(
        "at least 3 communes hold commune.advanced", unit, as_of=OLD
    )


def test_counts_of_a_later_date_further_down() -> None:
    """It is the date of the unit that counts them."""
    inside = {"id": "d", "as_of": "2024-12-31", **counted(6, advanced=3)}
    rule = "at least 3 communes hold commune.advanced"

    assert MET is decide(rule, {"districts": [inside]}, level="province")
    assert UNKNOWN is decide(rule, {"districts": [inside]}, level="province", as_of=OLD)


def test_a_district_without_list_leaves_the_end_open() -> None:
    """What is known may decide already; otherwise more may come."""
    known = {"id": "a", **communes({"rural": True}, {"rural": False})}
    unit = {"districts": [known, {"id": "b"}]}

    def decided(rule: str) -> Verdict:
        return decide(rule, unit, level="province")

    assert MET is decided("at least 1 communes have rural")
    assert UNKNOWN is decided("at least 2 communes have rural")
    assert UNKNOWN is decided("at most 1 communes have rural")
    assert NOT_MET is decided("at most 0 communes have rural")
    assert NOT_MET is decided("all communes have rural")
    assert NOT_MET is decided("no communes have rural")
    assert UNKNOWN is decided("at least 1% of communes have rural")
    assert MET is decided("count of communes >= 2")
    assert UNKNOWN is decided("count of communes >= 3")
    assert NOT_MET is decided("count of communes < 2")
    assert UNKNOWN is decided("sum of crimes over communes >= 0")


def test_no_districts_have_no_communes() -> None:
    """Nothing lies inside nothing."""
    rule = "all communes have rural if none met"

    assert MET is decide(rule, {"districts": []}, level="province")
    assert MET is decide(rule, {"districts": {"total": 0}}, level="province")
    assert UNKNOWN is decide(rule, {"districts": {"total": 1}}, level="province")


def test_members_that_do_not_apply_are_not_counted() -> None:
    """Of two communes one is in the north, where nothing is asked."""
    rule = "sorting >= by region { | north | otherwise |\n | - | 5% | }"
    unit = communes({"region": "north"}, {"region": "south", "sorting": "9%"})
    north = communes({"region": "north"})

    assert MET is decide(f"all communes have ({rule})", unit)
    assert MET is decide(f"at most 1 communes have ({rule})", unit)
    assert NOT_MET is decide(f"at least 2 communes have ({rule})", unit)
    assert NOT_APPLICABLE is decide(f"all communes have ({rule})", north)
    assert NOT_APPLICABLE is decide(f"at most 9% of communes have ({rule})", north)
    assert NOT_MET is decide(f"at least 1 communes have ({rule})", north)
    assert MET is decide(f"at most 1 communes have ({rule})", north)


def test_a_where_that_does_not_apply_leaves_a_member_out() -> None:
    """It does not belong."""
    where = "(sorting >= by region { | north | otherwise |\n | - | 5% | })"
    unit = communes({"region": "north", "rural": False}, {"region": "north"})

    assert MET is decide(f"count of communes where {where} = 0", unit)
    assert UNKNOWN is decide(f"all communes where {where} have rural", unit)
