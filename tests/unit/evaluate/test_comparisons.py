"""Comparisons of shares of nothing, and of counts that are only bounded."""

from __future__ import annotations

from typing import Any

import pytest

from ntmrules import Verdict
from tests.unit.evaluate.assessing import (
    MET,
    NOT_MET,
    UNKNOWN,
    assess,
    decide,
    reasons,
)


# Of four communes two are rural, one is not, and of one nobody knows.
UNIT: dict[str, Any] = {
    "communes": [
        {"id": "a", "facts": {"rural": True, "debt_free": True}},
        {"id": "b", "facts": {"rural": True}},
        {"id": "c", "facts": {"rural": False}},
        {"id": "d"},
    ]
}
RURAL = "count of communes where rural"


@pytest.mark.parametrize(
    ("number", "signs"),
    [
        (
            1,
            {">=": MET, ">": MET, "<=": NOT_MET, "<": NOT_MET, "=": NOT_MET, "!=": MET},
        ),
        (
            2,
            {
                ">=": MET,
                ">": UNKNOWN,
                "<=": UNKNOWN,
                "<": NOT_MET,
                "=": UNKNOWN,
                "!=": UNKNOWN,
            },
        ),
        (
            3,
            {
                ">=": UNKNOWN,
                ">": NOT_MET,
                "<=": MET,
                "<": UNKNOWN,
                "=": UNKNOWN,
                "!=": UNKNOWN,
            },
        ),
        (
            4,
            {">=": NOT_MET, ">": NOT_MET, "<=": MET, "<": MET, "=": NOT_MET, "!=": MET},
        ),
    ],
)
def test_a_count_between_two_and_three(number: int, signs: dict[str, Verdict]) -> None:
    """It is decided where both come to the same, written from either side."""
    mirrored = str.maketrans("<>", "><")
    for sign, wanted in signs.items():
        turned = sign.translate(mirrored)

        assert wanted is decide(f"{RURAL} {sign} {number}", UNIT), sign
        assert wanted is decide(f"{number} {turned} {RURAL}", UNIT), sign


@pytest.mark.parametrize(
    ("sign", "wanted"),
    [(">=", UNKNOWN), ("=", NOT_MET), ("!=", MET), (">", UNKNOWN)],
)
def test_a_count_beside_a_fraction(sign: str, wanted: Verdict) -> None:
    """It is never two and a half."""
    half = "62.5% * count of communes"

    assert wanted is decide(f"{RURAL} {sign} {half}", UNIT)


def test_two_counts_that_are_only_bounded() -> None:
    """Neither is known, so nothing is decided."""
    other = "count of communes where debt_free"

    assert UNKNOWN is decide(f"{RURAL} >= {other}", UNIT)
    assert UNKNOWN is decide(f"{RURAL} >= 1 * {other}", UNIT)
    assert UNKNOWN is decide(f"1 * {other} <= {RURAL}", UNIT)


def test_counts_without_an_upper_end() -> None:
    """Where a list is missing, there may be more."""
    unit = {"districts": [{"id": "x", **UNIT}, {"id": "y"}]}

    def decided(sign: str, number: int) -> Verdict:
        return decide(f"{RURAL} {sign} {number}", unit, level="province")

    assert [MET, UNKNOWN] == [decided(">=", 2), decided(">=", 3)]
    assert [NOT_MET, UNKNOWN] == [decided("<", 2), decided("<", 3)]
    assert [MET, UNKNOWN] == [decided("!=", 1), decided("!=", 9)]


@pytest.mark.parametrize(
    "condition",
    [
        "insured >= 5%",
        "5% <= insured",
        "insured >= insured",
        "insured != 5%",
        "insured + 5% >= 5%",
        "2 * insured >= 5%",
        "5% / insured >= 1",
        "-insured <= 0%",
        "abs(insured) >= 0%",
        "rounded(insured, 1) >= 0%",
        "min(satisfaction_by_content) >= 0%",
        "average of insured over communes >= 5%",
        "average of population over communes weighted by (population * insured) >= 5",
    ],
)
def test_a_share_of_nothing(condition: str) -> None:
    """It is unknown wherever it turns up, for one reason."""
    facts = {"insured": "0/0", "population": 3, "satisfaction_by_content": ["0/0"]}
    unit = {"facts": facts, "communes": [{"id": "a", "facts": facts}]}
    assessment = assess(f'criterion 1 "A": {condition}', unit)

    assert UNKNOWN is assessment.verdict
    assert "the denominator is 0" in reasons(assessment)


def test_dividing_by_nothing() -> None:
    """A count, an amount and a number of 0."""
    facts = {"population": 0, "debt": 0, "factor": 0, "crimes": 3, "insured": "50%"}
    for condition in (
        "crimes / population >= 5%",
        "ratio(crimes, population) >= 5%",
        "debt / debt >= 5%",
        "insured / factor >= 5%",
        "1 / factor >= 5",
    ):
        assert UNKNOWN is decide(condition, {"facts": facts}), condition


def test_ratios_keep_their_sign() -> None:
    """Also where the denominator is negative."""
    facts = {"population": 2, "crimes": 3}

    assert MET is decide("(population - crimes) / crimes < 0%", {"facts": facts})
    assert MET is decide("crimes / (population - crimes) = -300%", {"facts": facts})
    assert MET is decide("crimes / (population - crimes) < -299%", {"facts": facts})
