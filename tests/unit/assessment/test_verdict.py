"""What follows from a verdict: titles, counts, findings."""

from __future__ import annotations

import datetime

import pytest

from ntmrules.assessment import Counts
from ntmrules.verdict import Verdict
from tests.unit.assessment.assessed import assess, facts


MET = 'criterion 1 "A": market'
AFTER = datetime.date(2026, 1, 1)


def test_a_title_is_earned() -> None:
    """Met, under a ruleset in force on the date."""
    assessment = assess(MET, facts(market=True))

    assert "district.standard" == assessment.grants
    assert assessment.revokes is None
    assert assessment.effective


def test_a_title_is_to_be_withdrawn() -> None:
    """A ruleset that revokes says so, and grants nothing."""
    assessment = assess(MET, facts(market=True), confers="revokes district.standard")

    assert (None, "district.standard") == (assessment.grants, assessment.revokes)


@pytest.mark.parametrize("market", [False, None])
def test_nothing_is_earned_unless_met(market: bool | None) -> None:
    """Not met and unknown earn nothing."""
    assert assess(MET, facts(market=market)).grants is None


def test_nothing_is_earned_under_a_draft() -> None:
    """The verdict is told, with a finding."""
    assessment = assess(MET, facts(market=True), status="status draft")

    assert Verdict.MET is assessment.verdict
    assert assessment.grants is None
    assert ["NTM726"] == [finding.code.id for finding in assessment.findings]
    assert "dự thảo" in assessment.explain()


def test_nothing_is_earned_outside_the_dates() -> None:
    """The verdict is told, with a finding that names the dates."""
    assessment = assess(MET, facts(market=True), as_of=AFTER)

    assert Verdict.MET is assessment.verdict
    assert assessment.grants is None
    assert ["NTM713"] == [finding.code.id for finding in assessment.findings]
    assert "2025-12-31" in assessment.findings[0].message
    assert "không có hiệu lực ngày 01/01/2026" in assessment.explain()


def test_what_is_not_met_in_the_order_of_the_file() -> None:
    """Preconditions first."""
    assessment = assess(
        """
        precondition P1 "P": rural
        criterion 2 "B": market
        criterion 1 "A": crimes = 0
        criterion 3 "C": ocop >= 1
        """,
        facts(rural=False, market=True, crimes=2, ocop=0),
    )

    assert ["P1", "1", "3"] == [result.label for result in assessment.unmet]


def test_counts_leave_out_what_does_not_apply() -> None:
    """Of the criteria that apply, so many are met."""
    counts = Counts(16, 2, 1, 1)

    assert (19, "16/19") == (counts.of, counts.text)


@pytest.mark.parametrize(
    ("met", "not_met", "unknown", "groups"),
    [
        (19, 0, 0, ("19",)),
        (18, 1, 0, ("15-18",)),
        (15, 4, 0, ("15-18",)),
        (14, 5, 0, ("10-14",)),
        (9, 10, 0, ("under 10",)),
        (15, 1, 3, ("15-18",)),
        (15, 0, 4, ("19", "15-18")),
        (9, 0, 10, ("19", "15-18", "10-14", "under 10")),
        (12, 0, 0, ()),
    ],
)
def test_the_groups_of_the_programme(
    met: int, not_met: int, unknown: int, groups: tuple[str, ...]
) -> None:
    """Of a set of 19; unknown criteria may leave several open."""
    assert groups == Counts(met, not_met, unknown, 0).groups


def test_a_group_left_open_is_none() -> None:
    """And the explanation says which are possible."""
    criteria = "\n".join(
        f'criterion {n} "C{n}": {"market" if n < 16 else "crimes = 0"}'
        for n in range(1, 20)
    )
    assessment = assess(criteria, facts(market=True))

    assert assessment.group is None
    assert "Nhóm: 19 hoặc 15–18 tiêu chí" in assessment.explain()


def test_results_are_mappings_in_order() -> None:
    """By label; a criterion written on one line has one indicator of its label."""
    assessment = assess(
        """
        precondition P1 "P": rural
        criterion 14 "Y tế": insured >= 95%
        """,
        facts(insured="1/2", rural=True),
    )
    criterion = assessment.criteria["14"]

    assert ["P1"] == list(assessment.preconditions)
    assert ["14"] == list(criterion.indicators)
    assert "Y tế" == criterion.name == criterion.indicators["14"].name
    assert "insured >= 95%" == criterion.indicators["14"].requirement_text
    assert criterion.gap == criterion.indicators["14"].gap


def test_a_requirement_without_its_comments() -> None:
    """On one line, as the ruleset writes it."""
    assessment = assess(
        """
        criterion 1 "A": insured >= 95%  # of all
          and market
        criterion 2 "B": attested by "Sở Y tế"
        criterion 3 "C": attested
        """
    )
    texts = [
        criterion.indicators[label].requirement_text
        for label, criterion in assessment.criteria.items()
    ]

    assert ["insured >= 95% and market", "attested by Sở Y tế", "attested"] == texts


def test_a_recorded_verdict() -> None:
    """It says who judged, and what the facts alone say."""
    record = {"verdict": "met", "by": "Sở Y tế", "on": "2024-11-02"}
    assessment = assess(MET, {"attestations": {"test.case": {"1": record}}})
    result = assessment.criteria["1"]

    assert (Verdict.MET, Verdict.UNKNOWN) == (result.verdict, result.computed)
    assert result.recorded is not None
    assert "Sở Y tế" == result.recorded.by
    assert () == result.missing


def test_an_unverified_figure() -> None:
    """Unknown, with what it would say; counted only when accepted."""
    criteria = 'criterion 1 "A" { unverified "chưa thấy"\n require insured >= 90% }'
    unit = facts(insured="99%")
    held, counted = (
        assess(criteria, unit),
        assess(criteria, unit, accept_unverified=True),
    )
    indicator = held.criteria["1"].indicators["1"]

    assert (Verdict.UNKNOWN, Verdict.MET) == (held.verdict, counted.verdict)
    assert ("chưa thấy", Verdict.MET) == (
        indicator.unverified,
        indicator.unverified_verdict,
    )
    assert indicator.reason is not None
    assert "chưa kiểm chứng: chưa thấy" == indicator.reason.vi
    assert "nếu áp dụng thì: đạt" in held.explain()
    assert "Có tính cả các mức chưa kiểm chứng" in counted.explain()


OTHER = """\
ruleset test.other
  name  "Bộ khác"
  for   district
  basis "1/QĐ" dated 2020-01-01
  in force from 2020-01-01 to 2030-12-31
use test.facts
criterion 1 "A": poor <= by region {
  | BTB | TN |
  | 5%? | 7% |
}
criterion 2 "B" {
  unverified "chưa thấy"
  require insured >= 90%
}
criterion 3 "C": crimes = 0
"""
DOUBTFUL = (
    "criterion 1 of test.other",
    "all of criteria of test.other",
    "poor <= threshold of indicator 1 of test.other",
)


@pytest.mark.parametrize("condition", DOUBTFUL)
def test_an_unverified_figure_elsewhere(condition: str) -> None:
    """Each provision that rests on it says so, also the second one to ask."""
    unit = facts(region="BTB", poor="3%", insured="99%", crimes=0)
    rules = f'criterion 1 "A": {condition}\ncriterion 2 "B": {condition}'
    assessment = assess(rules, unit, more={"other.ntm": OTHER})
    texts = {
        result.indicators[label].unverified
        for label, result in assessment.criteria.items()
    }

    assert {"mức `5%` trong bảng chưa kiểm chứng"} == texts


@pytest.mark.parametrize(
    "condition",
    [
        *DOUBTFUL,
        "criterion 2 of test.other",
        "insured >= threshold of indicator 2 of test.other",
    ],
)
def test_unverified_figures_that_count_are_told(condition: str) -> None:
    """Wherever they stand; and nothing is told where there are none."""
    told = "Có tính cả các mức chưa kiểm chứng"
    unit = facts(region="BTB", poor="3%", insured="99%", crimes=0)

    def explain(rule: str) -> str:
        return assess(
            f'criterion 1 "A": {rule}',
            unit,
            more={"other.ntm": OTHER},
            accept_unverified=True,
        ).explain()

    assert told in explain(condition)
    assert told not in explain("criterion 3 of test.other")
