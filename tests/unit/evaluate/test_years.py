"""Values and conditions of other years."""

from __future__ import annotations

import datetime

import pytest

from tests.unit.evaluate.assessing import (
    MET,
    NOT_MET,
    UNKNOWN,
    assess,
    decide,
    reasons,
)


HISTORY = {2021: {"crimes": 1}, 2022: {"crimes": 2}, 2023: {"crimes": 3}}


@pytest.mark.parametrize(
    "year", ["2023", "(year - 1)", "granted district.standard", "(year - 0.5 - 0.5)"]
)
def test_a_value_of_an_earlier_year(year: str) -> None:
    """It comes from the history of that year."""
    unit = {"history": HISTORY, "titles": {"district.standard": "2023-05-19"}}

    assert MET is decide(f"crimes at {year} = 3", unit)


def test_half_a_year_is_no_year() -> None:
    """The number 2023.5 must not pass for the value that is looked for in it."""
    unit = {"facts": {"factor": "0.5"}, "history": HISTORY}
    assessment = assess('criterion 1 "A": crimes at (year - factor) >= 3', unit)

    assert UNKNOWN is assessment.verdict
    assert "`2023.5` is not a year" in reasons(assessment)


def test_no_year_before_the_first() -> None:
    """The calendar begins with year 1."""
    assessment = assess('criterion 1 "A": crimes at (year - 2024) = 0')

    assert UNKNOWN is assessment.verdict
    assert "`0` is not a year" in reasons(assessment)


@pytest.mark.parametrize("ends", ["year - 0.5 to year", "2020 to year + 0.5"])
def test_years_end_on_years(ends: str) -> None:
    """Half a year ends no run of years."""
    text = f'criterion 1 "A": all years from {ends} have crimes = 0'
    assessment = assess(text, {"facts": {"crimes": 0}})

    assert UNKNOWN is assessment.verdict
    assert "is not a year" in reasons(assessment)


def test_a_value_in_an_unknown_year_is_unknown() -> None:
    """Without a record of titles nobody knows which year is meant."""
    unit = {"history": HISTORY}

    assert UNKNOWN is decide("crimes at granted district.standard = 3", unit)


def test_a_year_that_a_dash_stands_for_does_not_apply() -> None:
    """A table may say that no year is looked at."""
    text = """crimes at (if insured >= by region { | north | otherwise |
    | - | 5% | } then 2021 else 2022) = 1"""
    facts = {"insured": "5%", "region": "north"}

    assert "not applicable" == decide(text, {"facts": facts}).value


@pytest.mark.parametrize("year", [2025, 2026, 9999, 10**9])
def test_the_future_is_unknown(year: int) -> None:
    """Nothing is known of a year after the assessment."""
    assessment = assess(f'criterion 1 "A": crimes at {year} = 0')

    assert UNKNOWN is assessment.verdict
    assert f"{year} is after the assessment" in reasons(assessment)


def test_a_run_of_years_has_a_limit() -> None:
    """It is named, and never makes the verdict."""
    assessment = assess('criterion 1 "A": all years from 0 to 1000000000 have rural')

    assert UNKNOWN is assessment.verdict
    assert "`MAX_YEARS`" in reasons(assessment)


def test_the_longest_run_of_years() -> None:
    """200 years are looked at, 201 are not."""
    unit = {"history": {1990: {"crimes": 0}}}
    some = "at least 1 years from {first} to 2024 have crimes = 0"

    assert MET is decide(some.format(first=1825), unit)
    assert UNKNOWN is decide(some.format(first=1824), unit)


def test_no_years_at_all() -> None:
    """From a later to an earlier year there is none, as in an empty collection."""
    assert UNKNOWN is decide("all years from 2023 to 2021 have crimes = 0")
    assert MET is decide("all years from 2023 to 2021 have crimes = 0 if none met")
    assert NOT_MET is decide("at least 1 years from 2023 to 2021 have crimes = 0")


def test_facts_of_an_earlier_date_stand_for_two_years() -> None:
    """Theirs, and the year of the assessment."""
    unit = {"as_of": "2022-06-30", "facts": {"crimes": 7}}

    assert MET is decide("crimes = 7 and crimes at 2022 = 7", unit)
    assert UNKNOWN is decide("crimes at 2023 = 7", unit)


def test_facts_of_a_later_date_never_count() -> None:
    """They were not known then; the history of the year was."""
    unit = {"as_of": "2024-06-30", "facts": {"crimes": 7}, "history": HISTORY}
    at = datetime.date(2023, 12, 31)

    assert MET is decide("crimes = 3", unit, as_of=at)
    assert UNKNOWN is decide("insured >= 5%", unit, as_of=at)


def test_the_year_at_hand_is_that_looked_at() -> None:
    """Inside a run of years, ``year`` is each of them in turn."""
    unit = {"history": HISTORY}

    assert MET is decide(
        "all years from 2021 to 2023 have (crimes = 1 or year >= 2022)", unit
    )
    assert NOT_MET is decide("all years from 2021 to 2023 have year >= 2022", unit)


def test_a_table_by_year_takes_the_year_looked_at() -> None:
    """2021 asks for one crime, 2022 for two."""
    table = "by year { | 2021 | 2022 | otherwise |\n | 1 | 2 | - | }"
    unit = {"history": HISTORY}

    assert MET is decide(f"all years from 2021 to 2022 have crimes = {table}", unit)
    assert MET is decide(f"crimes at 2021 = {table} at 2021", unit)
