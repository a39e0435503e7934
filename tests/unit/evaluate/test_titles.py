"""Titles: granted, withdrawn, implied, and the year of the grant."""

from __future__ import annotations

import datetime
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


def holds(titles: dict[str, Any] | None, at: str = "2024-12-31") -> Verdict:
    """Decide whether a commune with this record holds ``commune.standard``."""
    unit = {} if titles is None else {"titles": titles}
    date = datetime.date.fromisoformat(at)
    return decide("holds commune.standard", unit, level="commune", as_of=date)


def granted(
    condition: str, titles: dict[str, Any] | None, at: str = "2024-12-31"
) -> Verdict:
    """Decide a condition on the years of grants."""
    unit = {} if titles is None else {"titles": titles}
    date = datetime.date.fromisoformat(at)
    return decide(condition, unit, level="commune", as_of=date)


@pytest.mark.parametrize(
    ("titles", "at", "wanted"),
    [
        (None, "2024-12-31", UNKNOWN),
        ({}, "2024-12-31", NOT_MET),
        ({"commune.standard": 2020}, "2020-01-01", MET),
        ({"commune.standard": 2020}, "2019-12-31", NOT_MET),
        ({"commune.standard": "2020-06-30"}, "2020-06-29", NOT_MET),
        ({"commune.standard": "2020-06-30"}, "2020-06-30", MET),
        ({"commune.model": 2020}, "2020-06-30", MET),
    ],
)
def test_holding(titles: dict[str, Any] | None, at: str, wanted: Verdict) -> None:
    """A title is held from its year or date on; a record of titles is complete."""
    assert wanted is holds(titles, at)


@pytest.mark.parametrize(
    ("withdrawn", "at", "wanted"),
    [
        ("2022-06-30", "2022-06-29", MET),
        ("2022-06-30", "2022-06-30", NOT_MET),
        (2022, "2021-12-31", MET),
        (2022, "2022-01-01", UNKNOWN),
        (2022, "2022-12-31", UNKNOWN),
        (2022, "2023-01-01", NOT_MET),
    ],
)
def test_withdrawal(withdrawn: object, at: str, wanted: Verdict) -> None:
    """From its date on; within a year alone nobody knows from which day."""
    record = {"granted": 2018, "withdrawn": withdrawn}

    assert wanted is holds({"commune.standard": record}, at)


def test_a_lower_title_outlives_the_withdrawal_of_the_higher() -> None:
    """The advanced title went, the standard one stayed."""
    gone = {"granted": 2020, "withdrawn": 2022}
    titles = {"commune.standard": 2018, "commune.advanced": gone}

    assert MET is holds(titles)
    assert NOT_MET is granted("holds commune.advanced", titles)


def test_the_reason_of_a_year_of_withdrawal() -> None:
    """It says what the record lacks."""
    record = {"granted": 2018, "withdrawn": 2024}
    unit = {"titles": {"commune.standard": record}}
    assessment = assess(
        'criterion 1 "A": holds commune.standard', unit, level="commune"
    )

    assert "only the year of the withdrawal is on record" == reasons(assessment)


@pytest.mark.parametrize(
    ("sign", "wanted"),
    [
        (">=", NOT_MET),
        (">", NOT_MET),
        ("<=", NOT_MET),
        ("<", NOT_MET),
        ("=", NOT_MET),
        ("!=", MET),
    ],
)
def test_never_granted(sign: str, wanted: Verdict) -> None:
    """It was granted in no year, so it differs from every year and is in none."""
    mirrored = sign.translate(str.maketrans("<>", "><"))

    assert wanted is granted(f"granted commune.standard {sign} 2020", {})
    assert wanted is granted(f"2020 {mirrored} granted commune.standard", {})
    assert UNKNOWN is granted(f"granted commune.standard {sign} 2020", None)


def test_never_granted_beside_another_title() -> None:
    """Two that were never granted say nothing of each other."""
    both = "granted commune.standard {} granted commune.advanced"
    one = {"commune.standard": 2020}

    assert UNKNOWN is granted(both.format("!="), {})
    assert UNKNOWN is granted(both.format(">="), {})
    assert MET is granted(both.format("!="), one)
    assert NOT_MET is granted(both.format(">="), one)
    assert UNKNOWN is granted(both.format("!="), None)


def test_never_granted_under_a_name() -> None:
    """A definition changes nothing."""
    text = 'define since = granted commune.standard\ncriterion 1 "A": since <= 2020'

    assert NOT_MET is assess(text, {"titles": {}}, level="commune").verdict


def test_granted_after_the_assessment_is_not_granted_yet() -> None:
    """At the date of the assessment there was no such year."""
    titles = {"commune.standard": 2022}

    assert MET is granted("granted commune.standard = 2022", titles)
    assert NOT_MET is granted("granted commune.standard = 2022", titles, "2021-12-31")


def test_a_higher_title_hides_when_the_lower_was_granted() -> None:
    """A model commune was once standard; without its record nobody knows when."""
    titles = {"commune.model": 2022}
    text = 'criterion 1 "A": not (granted commune.standard >= 2020)'
    assessment = assess(text, {"titles": titles}, level="commune")

    assert UNKNOWN is assessment.verdict
    assert "a title above `commune.standard` is on record" in reasons(assessment)
    assert MET is granted("granted commune.model = 2022", titles)
    assert NOT_MET is granted("granted commune.standard >= 2020", titles, "2021-12-31")


def test_the_year_of_a_grant_stays_when_another_year_is_looked_at() -> None:
    """It is known at the assessment, whichever year is looked at."""
    titles = {"commune.standard": 2022}
    rule = "all years from 2020 to 2021 have granted commune.standard = 2022"

    assert MET is granted(rule, titles)
