"""Attestations beside facts: which of them decides, and what is noticed."""

from __future__ import annotations

from typing import Any

import pytest

from ntmrules import Verdict
from tests.unit.evaluate.assessing import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    UNKNOWN,
    assess,
)


COMPUTED = 'criterion 1 "A": insured >= 95%'
JUDGED = 'criterion 1 "A": attested by "Sở Y tế"'
BLOCK = """criterion 1 "A" {
  indicator 1.1 "B": insured >= 95%
  indicator 1.2 "C": rural
}"""


def record(label: str = "1", **said: str) -> dict[str, Any]:
    """Give a unit with one attestation."""
    judged = {"verdict": "met", "on": "2024-06-30", "by": "Sở Y tế", **said}
    return {"attestations": {"test.case": {label: judged}}}


def found(criteria: str, unit: dict[str, Any]) -> tuple[Verdict, list[str]]:
    """Give the verdict, and the codes of the findings."""
    assessment = assess(criteria, unit)
    return assessment.verdict, [finding.code.id for finding in assessment.findings]


@pytest.mark.parametrize("criteria", [COMPUTED, JUDGED])
def test_a_record_decides_what_is_unknown(criteria: str) -> None:
    """Whether it could be computed or not."""
    assert (MET, []) == found(criteria, record())
    assert (NOT_MET, []) == found(criteria, record(verdict="not met"))
    assert (NOT_APPLICABLE, []) == found(criteria, record(verdict="not applicable"))
    assert (UNKNOWN, []) == found(criteria, record(verdict="unknown"))


@pytest.mark.parametrize(
    ("share", "verdict", "findings"),
    [("96%", MET, []), ("94%", NOT_MET, ["NTM711"])],
)
def test_facts_win_over_a_record(
    share: str, verdict: Verdict, findings: list[str]
) -> None:
    """And a disagreement is noticed."""
    unit = {"facts": {"insured": share}, **record()}

    assert (verdict, findings) == found(COMPUTED, unit)


@pytest.mark.parametrize(
    ("on", "verdict", "findings"),
    [
        ("2024-12-31", MET, []),
        ("2025-01-01", UNKNOWN, ["NTM717"]),
        ("2000-01-01", MET, []),
        ("1999-12-31", UNKNOWN, ["NTM734"]),
    ],
)
def test_a_record_is_of_a_date(on: str, verdict: Verdict, findings: list[str]) -> None:
    """Not later than the assessment, not earlier than the rules."""
    got, codes = found(JUDGED, record(on=on))

    assert verdict is got
    assert len(findings) == len(codes)


def test_a_record_by_another_is_noticed() -> None:
    """Tone marks and capitals make no other office."""
    assert (MET, ["NTM716"]) == found(JUDGED, record(by="Sở Xây dựng"))
    assert (MET, []) == found(JUDGED, record(by="sở y te"))


def test_a_record_of_nothing_is_noticed() -> None:
    """It names no criterion of the ruleset."""
    assert (UNKNOWN, ["NTM718"]) == found(JUDGED, record("7"))


def test_a_record_of_another_ruleset_does_not_count() -> None:
    """Nor is it noticed: it may be for that one."""
    judged = {"1": {"verdict": "met", "on": "2024-06-30"}}

    assert (UNKNOWN, []) == found(JUDGED, {"attestations": {"test.other": judged}})


def test_records_of_criteria_and_of_indicators() -> None:
    """One of an indicator decides that, one of a criterion the whole of it."""
    rural = {"facts": {"rural": True}}

    assert (MET, []) == found(BLOCK, {**rural, **record("1.1")})
    assert (MET, []) == found(BLOCK, record("1"))
    assert (UNKNOWN, []) == found(BLOCK, record("1.1"))
    no_market = {"facts": {"rural": False}, **record("1")}
    assert (NOT_MET, ["NTM711"]) == found(BLOCK, no_market)


def test_computed_and_recorded_are_told_apart() -> None:
    """The trace keeps both."""
    (trace,) = assess(COMPUTED, record()).trace.criteria
    (inner,) = trace.indicators

    assert (MET, UNKNOWN) == (trace.verdict, trace.computed)
    assert (MET, UNKNOWN) == (inner.verdict, inner.computed)
    assert trace.recorded is not None
    assert "Sở Y tế" == trace.recorded.by


def test_a_record_may_stand_for_an_unverified_figure() -> None:
    """A person has looked."""
    text = """criterion 1 "A" {
      indicator 1.1 "B" { unverified "?" require insured >= 95% }
    }"""
    facts = {"facts": {"insured": "10%"}}

    assert (UNKNOWN, []) == found(text, facts)
    assert (MET, []) == found(text, {**facts, **record("1.1")})
    (trace,) = assess(text, facts).trace.criteria
    assert NOT_MET is trace.indicators[0].unverified_verdict


@pytest.mark.parametrize(
    ("rural", "verdict"), [(True, MET), (False, NOT_APPLICABLE), (None, UNKNOWN)]
)
def test_what_applies_comes_first(rural: bool | None, verdict: Verdict) -> None:
    """False makes it not applicable, unknown makes it unknown, met or not."""
    text = """criterion 1 "A" {
      indicator 1.1 "B" { applies when rural require insured >= 95% }
    }"""
    facts = {"rural": rural, "insured": "96%"}

    assert verdict is assess(text, {"facts": facts}).verdict


def test_a_condition_that_does_not_apply_is_no_reason_to_apply() -> None:
    """Where ``applies when`` is not applicable, so is the indicator."""
    text = """criterion 1 "A" {
      indicator 1.1 "B" {
        applies when sorting >= by region { | north | otherwise |
          | - | 5% | }
        require insured >= 95%
      }
    }"""
    facts = {"region": "north", "sorting": "50%", "insured": "96%"}

    assert NOT_APPLICABLE is assess(text, {"facts": facts}).verdict


def test_every_operand_is_looked_at() -> None:
    """Nothing is cut short, so that the explanation is complete."""
    text = """
criterion 1 "A": rural and (insured >= 95% or crimes = 0) and has_market
criterion 2 "B": if rural then crimes = 0 else insured >= 95%
criterion 3 "C": at least 1 of (has_market, rural, crimes = 0)
"""
    facts = {"rural": False, "has_market": True, "insured": "96%", "crimes": 0}
    assessment = assess(text, {"facts": facts})
    steps: list[Any] = [
        trace.indicators[0].requirement for trace in assessment.trace.criteria
    ]

    assert [3, 3, 3] == [len(step.steps) for step in steps]
    assert 2 == len(steps[0].steps[1].steps)
