"""Gaps and their sentences, case by case."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ntmrules.assessment import Gap, GapKind
from tests.unit.assessment.assessed import assess, facts


def gap_of(condition: str, unit: dict[str, object]) -> Gap:
    """Give the gap of one condition."""
    gap = assess(f'criterion 1 "A": {condition}', unit).criteria["1"].gap
    assert gap is not None
    return gap


@pytest.mark.parametrize(
    ("condition", "fact", "vi", "en"),
    [
        ("insured >= 95%", {"insured": "190113/204379"},
            "còn thiếu 4.048 người (1,98 điểm %)",
            "4,048 more persons needed (1.98 percentage points)"),
        ("insured >= 95%", {"insured": "94999/100000"},
            "còn thiếu 1 người (0,001 điểm %)",
            "1 more person needed (0.001 percentage points)"),
        ("insured > 50%", {"insured": "50/100"},
            "còn thiếu 1 người",
            "1 more person needed"),
        ("insured >= 95%", {"insured": "93.02%"},
            "còn thiếu 1,98 điểm %", "short by 1.98 percentage points"),
        ("insured > 95%", {"insured": "95%"},
            "bằng đúng mức, phải cao hơn mức",
            "exactly at the limit, and must be above it"),
        ("poor <= 5%", {"poor": "71/1000"},
            "phải giảm 21 hộ (2,1 điểm %)",
            "21 fewer households needed (2.1 percentage points)"),
        ("paved >= 85%", {"paved": "8/10"},
            "còn thiếu 0,5 km (5 điểm %)", "0.5 more km needed (5 percentage points)"),
        ("value > 203 million VND/ha", {"value": "178.71"},
            "cần thêm hơn 24,29 triệu đồng/hecta",
            "short by more than 24.29 million VND/ha"),
        ("debt = 0 VND", {"debt": "1.5"},
            "phải giảm 1,5 triệu đồng", "over by 1.5 million VND"),
        ("crimes = 0", {"crimes": 3},
            "phải giảm 3 người", "3 fewer persons needed"),
        ("ocop >= 1200", {"ocop": 0},
            "còn thiếu 1.200 sản phẩm", "1,200 more products needed"),
        ("income / income at 2020 >= 150%", {"income": 50},
            "còn thiếu 10 triệu đồng/người (25 điểm %)",
            "short by 10 million VND/person (25 percentage points)"),
        ("not (crimes > 2)", {"crimes": 5},
            "phải giảm 3 người", "3 fewer persons needed"),
        ("crimes between 2 and 4", {"crimes": 9},
            "phải giảm 5 người", "5 fewer persons needed"),
        ("95% <= insured", {"insured": "90/100"},
            "còn thiếu 5 người (5 điểm %)",
            "5 more persons needed (5 percentage points)"),
    ],
)  # fmt: skip
def test_sentences(condition: str, fact: dict[str, object], vi: str, en: str) -> None:
    """In the units people use, in both languages."""
    gap = gap_of(condition, {"facts": fact, "history": {2020: {"income": 40}}})

    assert (vi, en) == (gap.text(), gap.text("en"))


@pytest.mark.parametrize(
    ("condition", "given"),
    [
        ("market", {"market": False}),
        ("rating >= good", {"rating": "weak"}),
        ("region = BTB", {"region": "TN"}),
        ("crimes != 3", {"crimes": 3}),
        ("crimes < 0", {"crimes": 3}),
        ("holds district.standard", {}),
        ("if rural then market else market", {"market": False}),
    ],
)
def test_nothing_exact_to_say(condition: str, given: dict[str, object]) -> None:
    """A thing that has to be true is no amount."""
    unit = {"facts": given, "titles": {}}

    assert assess(f'criterion 1 "A": {condition}', unit).criteria["1"].gap is None


def test_only_of_what_is_not_met() -> None:
    """Met and unknown have none, nor has what was recorded."""
    record = {"verdict": "not met", "by": "Sở"}
    assessment = assess(
        """
        criterion 1 "A": insured >= 95%
        criterion 2 "B": crimes = 0
        criterion 3 "C": debt = 0 VND
        """,
        {
            "facts": {"insured": "95%"},
            "attestations": {"test.case": {"2": record}},
        },
    )

    assert [None] * 3 == [result.gap for result in assessment.criteria.values()]


def test_all_at_once() -> None:
    """Every operand that is not met, those without an amount counted too."""
    gap = gap_of(
        "insured >= 95% and crimes = 0 and market and ocop >= 1",
        facts(insured="90/100", crimes=2, market=False, ocop=5),
    )

    assert (3, "conditions") == (gap.amount, gap.unit)
    assert ["persons", "persons"] == [part.unit for part in gap.parts]
    assert (
        "còn 3 điều kiện chưa đạt: Bảo hiểm y tế: còn thiếu 5 người (5 điểm %); "
        "Phạm tội nghiêm trọng: phải giảm 2 người"
    ) == gap.text()


def test_the_cheapest_alternative() -> None:
    """By how far each is in proportion; the others follow."""
    gap = gap_of(
        "insured >= 95% or ocop >= 10 or sorting >= 50%",
        facts(insured="90/100", ocop=2, sorting="30/100"),
    )

    assert (5, "persons") == (gap.amount, gap.unit)
    assert [(20, "households"), (8, "products")] == [
        (other.amount, other.unit) for other in gap.alternatives
    ]
    assert gap.text().endswith(
        "; hoặc Phân loại rác: còn thiếu 20 hộ (20 điểm %)"
        "; hoặc Sản phẩm OCOP: còn thiếu 8 sản phẩm"
    )


def test_a_choice_of_choices() -> None:
    """It is one choice, each way named once."""
    assessment = assess(
        """
        criterion 1 "A": insured >= 95% or sorting >= 50%
        criterion 2 "B": any of (criterion 1, criterion 1, ocop >= 10)
        """,
        facts(insured="90/100", ocop=2, sorting="30/100"),
    )
    gap = assessment.criteria["2"].gap

    assert gap is not None
    assert ["households", "products"] == [one.unit for one in gap.alternatives]
    assert not any(one.alternatives for one in gap.alternatives)


def test_some_of_several() -> None:
    """So many conditions more, with what each would take, cheapest first."""
    gap = gap_of(
        "at least 3 of (market, insured >= 95%, ocop >= 10, sorting >= 50%)",
        facts(market=True, insured="90/100", ocop=2, sorting="30/100"),
    )

    assert (2, GapKind.CONDITIONS) == (gap.amount, gap.kind)
    assert ["persons", "households", "products"] == [
        other.unit for other in gap.alternatives
    ]


def test_unknown_conditions_may_help() -> None:
    """They are told apart, not passed over."""
    gap = gap_of(
        "at least 3 of (market, insured >= 95%, ocop >= 10)",
        facts(market=False, ocop=2),
    )

    assert (3, 1) == (gap.amount, gap.undecided)


def test_the_closest_units() -> None:
    """Nearest first by their own gap; those without one last."""
    gap = gap_of(
        "all communes have (market and insured >= 95%)",
        {
            "communes": [
                {"id": "far", "facts": {"market": True, "insured": "10/100"}},
                {"id": "no", "facts": {"market": False, "insured": "99/100"}},
                {"id": "near", "facts": {"market": True, "insured": "94/100"}},
                {"id": "met", "facts": {"market": True, "insured": "96/100"}},
            ]
        },
    )

    assert (3, "communes") == (gap.amount, gap.unit)
    assert ["near", "far", "no"] == [near.unit.id for near in gap.closest]
    assert (
        "cần thêm 3 xã; gần nhất: near (còn thiếu 1 người (1 điểm %)), "
        "far (còn thiếu 85 người (85 điểm %)), no"
    ) == gap.text()


def test_gaps_with_other_closest_units_differ() -> None:
    """The closest units wait until they are asked for, and are part of the gap."""

    def lacking(part: int) -> Gap:
        commune = {"id": "a", "facts": {"insured": f"{part}/100"}}
        return gap_of("all communes have insured >= 95%", {"communes": [commune]})

    first, second = lacking(94), lacking(10)

    assert (first.amount, first.kind) == (second.amount, second.kind)
    assert first != second
    assert "closest=(Near(" in repr(first)


def test_too_many_units() -> None:
    """Those that are met are to change, nearest first."""
    gap = gap_of(
        "no communes have poor > 5%",
        {
            "communes": [
                {"id": "a", "facts": {"poor": "90/100"}},
                {"id": "b", "facts": {"poor": "6/100"}},
                {"id": "c", "facts": {"poor": "5/100"}},
            ]
        },
    )

    assert (2, True) == (gap.amount, gap.fewer)
    assert ["b", "a"] == [near.unit.id for near in gap.closest]
    assert gap.text().startswith("thừa 2 xã; gần nhất: b (phải giảm 1 hộ (1 điểm %))")


def test_members_that_do_not_count() -> None:
    """What is not applicable is no member."""
    gap = gap_of(
        "at least 50% of communes have sorting >= by region {\n"
        "| BTB | TN |\n| 50% | - |\n}",
        {
            "communes": [
                {"id": "a", "facts": {"region": "BTB", "sorting": "10%"}},
                {"id": "b", "facts": {"region": "BTB", "sorting": "10%"}},
                {"id": "c", "facts": {"region": "TN", "sorting": "10%"}},
            ]
        },
    )

    assert 1 == gap.amount


def test_years() -> None:
    """The years that stand in the way."""
    unit = {"history": {2021: {"crimes": 0}, 2022: {"crimes": 2}, 2023: {"crimes": 0}}}
    gap = gap_of("all years from 2021 to 2023 have crimes = 0", dict(unit))

    assert (1, "years") == (gap.amount, gap.unit)
    assert "cần thêm 1 năm; chưa đạt: 2022 (phải giảm 2 người)" == gap.text()


def test_an_incomplete_list() -> None:
    """At least so many: there may be more."""
    gap = gap_of(
        "all schools have rating >= good",
        {
            "communes": [
                {"id": "a", "schools": [{"id": "s", "facts": {"rating": "weak"}}]},
                {"id": "b"},
            ]
        },
    )

    assert gap.at_least
    assert gap.text().startswith("cần thêm ít nhất 1 trường")


def test_through_references() -> None:
    """A criterion that passes with one of its indicators."""
    assessment = assess(
        """
        criterion 1 "A" {
          passes when any of (indicator 1.1, indicator 1.2)
          indicator 1.1 "Bảo hiểm": insured >= 95%
          indicator 1.2 "Rác": sorting >= 50%
        }
        criterion 2 "B" {
          indicator 2.1 "Chợ": ocop >= 3
          indicator 2.2 "Tội phạm": crimes = 0
        }
        """,
        facts(insured="90/100", sorting="49/100", ocop=1, crimes=1),
    )
    one, two = assessment.criteria["1"].gap, assessment.criteria["2"].gap

    assert one is not None
    assert two is not None
    assert (1, "households") == (one.amount, one.unit)
    assert (2, 2) == (two.amount, len(two.parts))
    assert "2.1 Chợ: còn thiếu 2 sản phẩm" in two.text()


def test_rounding_is_undone() -> None:
    """Rounded to whole percents, 94.5% is enough for 95%."""
    gap = gap_of("rounded(insured, 0) >= 95%", facts(insured="94/100"))
    edge = gap_of("rounded(insured, 0) >= 95%", facts(insured="9449/10000"))

    assert (1, 1) == (gap.amount, edge.amount)
    assert Fraction(1, 100) == edge.points


def test_a_threshold_that_no_number_reaches() -> None:
    """Of two people nobody is exactly a third: points are all there is to say."""
    gap = gap_of("insured between 30% and 40%", facts(insured="2/2"))

    assert (60, "percentage points") == (gap.amount, gap.unit)
