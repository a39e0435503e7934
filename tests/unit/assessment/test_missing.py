"""What is missing, case by case."""

from __future__ import annotations

import pytest

from ntmrules.assessment import MissingKind
from tests.unit.assessment.assessed import assess, facts


@pytest.mark.parametrize(
    ("condition", "given", "missing"),
    [
        ("insured >= 95% and market", {}, ["insured", "market"]),
        ("insured >= 95% and market", {"market": True}, ["insured"]),
        ("insured >= 95% and market", {"market": False}, []),
        ("insured >= 95% or market", {"market": True}, []),
        ("at least 2 of (market, rural, crimes = 0)", {"rural": False}, [
            "market", "crimes",
        ]),
        ("at least 2 of (market, rural, crimes = 0)", {
            "rural": False, "market": False,
        }, []),
        ("if rural then market else crimes = 0", {}, ["rural", "market", "crimes"]),
        ("if rural then market else crimes = 0", {"rural": True}, ["market"]),
        ("if rural then market else crimes = 0", {"market": True}, ["rural", "crimes"]),
        ("income >= 1.5 * income at 2020", {"income": 45}, ["income 2020"]),
        ("income >= (if rural then 10 million VND/person else 20 million VND/person)",
            {"income": 15}, ["rural"]),
        ("income >= (if rural then 1.1 * income at 2020 else 20 million VND/person)",
            {"income": 15, "rural": True}, ["income 2020"]),
        ("poor <= by region {\n| BTB | TN |\n| 5% | 7% |\n}", {"poor": "1%"}, [
            "region",
        ]),
        ("rated", {}, ["rating"]),
        ("not (rural and market)", {"rural": True}, ["market"]),
        ("min(content) >= 85%", {}, ["content"]),
        ("poor between 1% and 5%", {}, ["poor"]),
    ],
)  # fmt: skip
def test_of_a_condition(
    condition: str, given: dict[str, object], missing: list[str]
) -> None:
    """Nothing below what is decided, and everything that still counts."""
    assessment = assess(
        f'define rated = rating >= good\ncriterion 1 "A": {condition}', facts(**given)
    )
    named = [
        one.fact if one.year == 2024 else f"{one.fact} {one.year}"
        for one in assessment.missing
    ]

    assert missing == named


def test_nothing_that_is_named_twice() -> None:
    """Two criteria on one fact name it once, in the order of the rules."""
    assessment = assess(
        """
        criterion 1 "A": market
        criterion 2 "B": insured >= 95% and market
        """
    )

    assert ["market", "insured"] == [one.fact for one in assessment.missing]


def test_each_part_has_its_own() -> None:
    """Where the whole is decided nothing is missing, but parts may miss something."""
    assessment = assess(
        """
        criterion 1 "A": market
        criterion 2 "B": insured >= 95%
        """,
        facts(market=False),
    )

    assert () == assessment.missing
    assert () == assessment.criteria["1"].missing
    assert ["insured"] == [one.fact for one in assessment.criteria["2"].missing]


def test_of_communes() -> None:
    """The communes whose figure is unknown, and those that may belong."""
    assessment = assess(
        'criterion 1 "A": all communes where rural have market',
        {
            "communes": [
                {"id": "met", "facts": {"rural": True, "market": True}},
                {"id": "doubtful and met", "facts": {"market": True}},
                {"id": "doubtful", "facts": {"market": False}},
                {"id": "outside", "facts": {"rural": False}},
                {"id": "unknown", "facts": {"rural": True}},
                {"id": "both", "facts": {}},
            ]
        },
    )

    assert [
        ("doubtful", "rural"),
        ("unknown", "market"),
        ("both", "rural"),
        ("both", "market"),
    ] == [(one.unit.id, one.fact) for one in assessment.missing]


def test_of_an_empty_looking_collection() -> None:
    """Where nobody certainly belongs, it matters whether anybody does."""
    assessment = assess(
        'criterion 1 "A": all communes where rural have market',
        {"communes": [{"id": "a", "facts": {"market": True}}]},
    )

    assert ["rural"] == [one.fact for one in assessment.missing]


def test_of_a_total() -> None:
    """What its sub-units lack; the unit's own figure is not asked for again."""
    assessment = assess(
        'criterion 1 "A": insured >= 95%',
        {"communes": [{"id": "a", "facts": {"insured": "9/10"}}, {"id": "b"}]},
    )

    assert [("b", "insured")] == [(m.unit.id, m.fact) for m in assessment.missing]


def test_of_a_total_that_cannot_be_added_up() -> None:
    """A percentage without counts leaves only the unit's own figure."""
    assessment = assess(
        'criterion 1 "A": insured >= 95%',
        {"communes": [{"id": "a", "facts": {"insured": "90%"}}, {"id": "b"}]},
    )

    assert [("d", "insured")] == [(m.unit.id, m.fact) for m in assessment.missing]


def test_of_lists() -> None:
    """Who has no list of its units, at whatever depth."""
    assessment = assess(
        'criterion 1 "A": all schools have rating >= good',
        {"communes": [{"id": "a", "schools": []}, {"id": "b"}]},
    )

    assert [(MissingKind.COLLECTION, "b", "schools")] == [
        (one.kind, one.unit.id, one.fact) for one in assessment.missing
    ]


def test_of_counts() -> None:
    """Counts that do not answer leave the list missing."""
    assessment = assess(
        """
        criterion 1 "A": at least 2 communes hold commune.advanced
        criterion 2 "B": all communes hold commune.standard
        criterion 3 "C": count of communes where market >= 2
        """,
        {"communes": {"total": 3, "hold": {"commune.standard": 3}}},
    )

    assert ["communes"] == [one.fact for one in assessment.missing]
    assert () == assessment.criteria["2"].missing
    assert ["communes"] == [one.fact for one in assessment.criteria["3"].missing]


def test_of_titles() -> None:
    """A record of titles that does not exist, and the year of a grant."""
    assessment = assess(
        """
        criterion 1 "A": holds district.standard
        criterion 2 "B": income >= income at granted district.standard
        """,
        facts(income=10),
    )

    assert [(MissingKind.TITLES, "district.standard")] == [
        (one.kind, one.fact) for one in assessment.missing
    ]


def test_a_title_that_was_never_granted_is_not_missing() -> None:
    """The record is complete; no fact can mend it."""
    assessment = assess(
        'criterion 1 "A": income >= income at granted district.standard',
        {"facts": {"income": 10}, "titles": {}},
    )

    assert () == assessment.missing
    assert "không có ghi nhận danh hiệu “Huyện đạt chuẩn”" in assessment.explain()


def test_of_people() -> None:
    """An attestation, and the verification of a figure, besides the facts."""
    assessment = assess(
        """
        criterion 1 "A": attested by "Sở Xây dựng"
        criterion 2 "B" { unverified "chưa thấy"
          require market }
        """
    )

    assert [
        (MissingKind.ATTESTATION, "1", "Sở Xây dựng"),
        (MissingKind.FACT, "market", ""),
        (MissingKind.VERIFICATION, "2", "chưa thấy"),
    ] == [(one.kind, one.fact, one.detail) for one in assessment.missing]


def test_of_applicability() -> None:
    """When it is unknown whether it applies, that is missing too."""
    assessment = assess(
        'criterion 1 "A" { applies when rural\n require market and crimes = 0 }',
        facts(market=True),
    )

    assert ["rural", "crimes"] == [one.fact for one in assessment.missing]


def test_what_does_not_apply_misses_nothing() -> None:
    """Nor does what is recorded."""
    record = {"verdict": "met", "by": "Sở", "on": "2024-01-02"}
    assessment = assess(
        """
        criterion 1 "A" { applies when rural
          require market }
        criterion 2 "B": crimes = 0
        criterion 3 "C": debt = 0 VND
        """,
        {
            "facts": {"rural": False},
            "attestations": {"test.case": {"2": record}},
        },
    )

    assert ["debt"] == [one.fact for one in assessment.missing]


OTHER = """\
ruleset test.other
  name  "Bộ khác"
  for   district
  basis "1/QĐ" dated 2020-01-01
  in force from 2020-01-01 to 2030-12-31
use test.facts
criterion 1 "A": insured >= 90%
criterion 2 "B": attested
criterion 3 "C" { unverified "chưa thấy"
  require income >= 50 million VND/person }
"""


def test_through_other_rulesets() -> None:
    """Each thing with the ruleset that wants it, as far as it was looked into."""
    assessment = assess(
        """
        criterion 1 "A": all of criteria of test.other
        criterion 2 "B": income >= 1.1 * threshold of indicator 3 of test.other
        """,
        facts(income=100),
        more={"other.ntm": OTHER},
    )

    assert [
        (MissingKind.FACT, "insured", ""),
        (MissingKind.ATTESTATION, "2", "test.other"),
        (MissingKind.VERIFICATION, "3", "test.other"),
    ] == [(one.kind, one.fact, one.ruleset) for one in assessment.missing]


@pytest.mark.parametrize(
    ("condition", "given", "reason"),
    [
        ("sorting >= 50%", {"sorting": "0/0"}, "mẫu số bằng 0"),
        ("all years from 2030 to 2031 have crimes = 0", {}, "năm 2030 sau ngày"),
        ("all years from 2030 to 2031 have holds district.standard", {}, "năm 2030"),
        ("all years from 2030 to 2031 have (if market then rural else rural)", {},
            "năm 2030"),
        ("crimes at 2030 = 0", {}, "năm 2030 sau ngày đánh giá"),
        ("all communes have market", {"communes": []}, "không có xã nào trong hồ sơ"),
        ("min(content) >= 5%", {"content": []}, "danh sách trống"),
    ],
)  # fmt: skip
def test_what_no_fact_can_mend(
    condition: str, given: dict[str, object], reason: str
) -> None:
    """Nothing is missing, and the explanation says why it is unknown."""
    communes = {"communes": given.pop("communes")} if "communes" in given else {}
    assessment = assess(f'criterion 1 "A": {condition}', {"facts": given, **communes})

    assert () == assessment.missing
    assert f"lý do: {reason}" in assessment.explain()
