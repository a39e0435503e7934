"""The explanation, as people read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntmrules.assessment import Assessment, LineKind, Style
from ntmrules.text import Language
from ntmrules.verdict import Verdict
from tests.unit.assessment.assessed import assess, facts


HERE = Path(__file__).parent
COMMUNES = [
    {
        "id": f"c{at}",
        "name": f"Xã {at}",
        "facts": {"insured": insured, "rural": at != 3},
        "titles": {"commune.standard": 2018} if at else {},
    }
    for at, insured in enumerate(["90/100", "96/100", "97/100", "50/100"])
]
RULES = """
precondition P1 "Đã đạt chuẩn": holds district.standard
criterion 1 "Xã" {
  indicator 1.1 "Xã đạt chuẩn": at least 80% of communes hold commune.standard
  indicator 1.2 "Bảo hiểm từng xã":
    all communes where rural have insured >= 95%
}
criterion 2 "Bảo hiểm y tế": insured >= 95%
criterion 3 "Thu nhập" {
  passes when any of (indicator 3.1, indicator 3.2)
  indicator 3.1 "Tăng": income >= 1.5 * income at 2020
  indicator 3.2 "Mức": income >= by region {
    | BTB                   | TN                    |
    | 48 million VND/person | 42 million VND/person |
  }
}
criterion 4 "Giá trị": value > 203 million VND/ha
criterion 5 "Chợ" {
  applies when rural
  require market and rating >= good
}
criterion 6 "Môi trường": sorting >= 50% or poor <= 5%
criterion 7 "Quy hoạch": attested by "Sở Xây dựng"
criterion 8 "Trật tự": all years from 2022 to 2023 have crimes = 0
criterion 9 "Hài lòng" {
  unverified "chưa thấy trong văn bản"
  require min(content) >= 85%
}
criterion 10 "OCOP": ocop >= 5
"""
UNIT = {
    "facts": {
        "region": "BTB",
        "income": 45,
        "value": "178.71",
        "rural": False,
        "sorting": "40/100",
        "poor": "94.9995%",
        "content": {"đường": "90%", "nước": "84%"},
    },
    "titles": {"district.standard": 2018},
    "communes": COMMUNES,
    "history": {2020: {"income": 37}, 2022: {"crimes": 1}, 2023: {"crimes": 0}},
    "attestations": {
        "test.case": {
            "7": {
                "verdict": "met",
                "by": "Sở Xây dựng",
                "on": "2024-11-02",
                "document": "12/BC-SXD",
            }
        }
    },
}


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    """Give a district with something of everything."""
    return assess(RULES, UNIT)


@pytest.mark.parametrize("language", Language)
def test_the_whole(assessment: Assessment, language: Language, *, regen: bool) -> None:
    """In each language as in the golden file."""
    golden = HERE / f"explanation.{language.value}.txt"
    text = assessment.explain(language) + "\n"
    if regen:
        golden.write_text(text, encoding="utf-8")

    assert golden.read_text(encoding="utf-8") == text


def test_lines_carry_kind_verdict_and_style(assessment: Assessment) -> None:
    """A terminal can colour them; joined they are the text."""
    lines = list(assessment.lines("en"))
    criteria = [line for line in lines if line.kind is LineKind.CRITERION]

    assert assessment.explain("en") == "\n".join(line.text for line in lines)
    assert [result.verdict for result in assessment.criteria.values()] == [
        line.verdict for line in criteria
    ]
    assert (Style.NOT_MET, "✗ ") == criteria[0].parts[0]


def test_languages_are_words_or_values(assessment: Assessment) -> None:
    """Vietnamese unless said otherwise."""
    assert assessment.explain() == assessment.explain(Language.VI)
    assert assessment.explain("en") == assessment.explain(Language.EN)
    with pytest.raises(ValueError, match="fr"):
        assessment.explain("fr")


def test_a_share_just_below_its_threshold() -> None:
    """It never reads as if it were on the other side."""
    text = assess('criterion 1 "A": insured >= 95%', facts(insured="94.9995%"))

    assert "94,9995%, yêu cầu ≥ 95%" in text.explain()


@pytest.mark.parametrize(
    ("condition", "unit", "shown"),
    [
        ("insured >= 95%", {"communes": [{"id": "a", "facts": {"insured": "1/2"}}]},
            "50% (1/2 người; cộng từ các xã), yêu cầu ≥ 95%"),
        ("income at (year - 1) >= 50 million VND/person",
            {"history": {2023: {"income": 45}}},
            "Thu nhập năm đánh giá − 1: 45 triệu đồng/người (năm 2023), yêu cầu ≥ 50"),
        ("not market", facts(market=True), "có, yêu cầu không"),
        ("not (crimes > 2)", facts(crimes=1), "1 người, yêu cầu ≤ 2"),
        ("not holds district.standard", {"titles": {}},
            "danh hiệu “Huyện đạt chuẩn”: không, yêu cầu không"),
        ("rating >= good", facts(rating="weak"), "Yếu, yêu cầu ≥ Tốt"),
        ("sorting >= by region {\n| BTB | TN |\n| 50% | - |\n}",
            facts(sorting="10%", region="TN"),
            "10%, yêu cầu: không đặt ra (theo bảng, vùng Tây Nguyên)"),
        ("at least 2 of (market, rural, crimes = 0)", facts(market=True),
            "ít nhất 2 trong 3 điều kiện (1 đạt)"),
        ("if rural then market else crimes = 0", facts(rural=False, crimes=0),
            "1 A: Phạm tội nghiêm trọng: 0 người, yêu cầu = 0 người"),
        ("if rural then market else crimes = 0", facts(crimes=0),
            "nếu Nông thôn: chưa xác định"),
        ("not (market and rural)", facts(market=True, rural=True),
            "không được rơi vào điều kiện sau"),
        ("count of communes where market >= 2",
            {"communes": [{"id": "a", "facts": {"market": True}}, {"id": "b"}]},
            "số xã mà Có chợ: từ 1 đến 2, yêu cầu ≥ 2"),
        ("average of income over communes weighted by crimes >= 5 million VND/person",
            {"communes": [{"id": "a", "facts": {"income": 4, "crimes": 1}}]},
            "trung bình Thu nhập của các xã: 4 triệu đồng/người, yêu cầu ≥ 5"),
        ("poor between 1% and 5%", facts(poor="6%"), "6%, yêu cầu từ 1% đến 5%"),
        ("all communes have market", {}, "chưa có danh sách xã, yêu cầu tất cả xã có"),
        ("insured >= sorting", facts(insured="1/2"),
            "50% (1/2 người), yêu cầu ≥ Phân loại rác (chưa có số liệu)"),
    ],
)  # fmt: skip
def test_a_condition(condition: str, unit: dict[str, object], shown: str) -> None:
    """What was found against what is wanted, in one line."""
    assert shown in assess(f'criterion 1 "A": {condition}', unit).explain()


OTHER = """\
ruleset test.other
  name  "Bộ khác"
  for   {level}
  basis "1/QĐ" dated 2020-01-01
  in force from 2020-01-01 to 2030-12-31
use test.facts
criterion 1 "A": insured >= 90%
criterion 2 "B": attested by "Sở"
"""


def test_other_rulesets_are_named() -> None:
    """By their title, and what they lack stands apart."""
    text = assess(
        """
        criterion 1 "A": all of criteria of test.other
        criterion 2 "B": insured >= 0.99 * threshold of indicator 1 of test.other
        criterion 3 "C": criterion 1 of test.other
        """,
        facts(insured="90%"),
        more={"other.ntm": OTHER.format(level="district")},
    ).explain()

    assert "1/2 tiêu chí đạt của Bộ khác (1 chưa xác định), yêu cầu tất cả" in text
    assert "0,99 × mức của chỉ tiêu 1 của Bộ khác" in text
    assert "✓ 3 C: tiêu chí 1 của Bộ khác: đạt" in text
    assert "- Theo Bộ khác:\n  - xác nhận của Sở về tiêu chí 2 B" in text


def test_a_title_granted_by_evaluation() -> None:
    """Communes that meet another ruleset."""
    text = assess(
        'criterion 1 "A": exactly 2 communes meet test.other',
        {"communes": COMMUNES},
        more={"other.ntm": OTHER.format(level="commune")},
    ).explain()

    assert "0/4 xã đáp ứng Bộ khác (3 chưa xác định), yêu cầu đúng 2" in text
    assert "xác nhận của Sở về tiêu chí 2 (test.other) (Xã 0, Xã 1, Xã 2)" in text


def test_findings_come_last_with_their_place() -> None:
    """Severity, code, sentence and place."""
    record = {"verdict": "met", "by": "Sở", "on": "2024-01-02"}
    text = assess(
        'criterion 1 "A": market',
        {"facts": {"market": False}, "attestations": {"test.case": {"1": record}}},
    ).explain()

    assert "cảnh báo[NTM711]: " in text.splitlines()[-1]
    assert "được ghi nhận là đạt" in text.splitlines()[-1]
    assert text.endswith("(Huyện D)")


def test_titles_that_are_withdrawn() -> None:
    """A ruleset that revokes speaks of withdrawal."""
    rules, confers = 'criterion 1 "A": market', "revokes district.standard"
    met = assess(rules, facts(market=True), confers=confers).explain()
    not_met = assess(rules, facts(market=False), confers=confers).explain()

    assert "\nPhải thu hồi danh hiệu “Huyện đạt chuẩn”\n" in met
    assert "\nKhông phải thu hồi danh hiệu “Huyện đạt chuẩn”\n" in not_met


def test_a_condition_of_the_whole() -> None:
    """``grants … when`` is told after the criteria."""
    assessment = assess(
        'criterion 1 "A": market\ncriterion 2 "B": rural',
        facts(market=True, rural=False),
        confers="grants district.standard when at least 1 of criteria",
    )

    assert Verdict.MET is assessment.verdict
    assert (
        "Đạt khi\n✓ 1/2 tiêu chí đạt, yêu cầu ít nhất 1; chưa đạt: 2"
        in assessment.explain()
    )


def test_no_figure_is_left_out() -> None:
    """Where nothing is listed at the end, every figure is named above."""
    figures = "market and rural and crimes = 0 and debt = 0 VND and ocop >= 1"
    rules = f"""
        criterion 1 "A": {figures} and sorting >= 50% and poor <= 5%
        criterion 2 "B": value > 0 VND/ha
    """
    open_, decided = assess(rules), assess(rules, facts(value=0))

    assert "2 mục khác" in open_.explain()
    assert "- Phân loại rác" in open_.explain()
    assert "mục khác" not in decided.explain()
    assert "Phân loại rác; Hộ nghèo" in decided.explain()


def test_what_does_not_apply_is_not_called_unverified() -> None:
    """No figure is looked at, so nobody asks whether it was seen in the text."""
    criteria = """
criterion 1 "A" {
  applies when rural
  unverified "chưa thấy trong văn bản"
  require insured >= 95%
}
"""
    city, country = (
        assess(criteria, facts(insured="96%", rural=x)) for x in (False, True)
    )

    assert Verdict.NOT_APPLICABLE is city.criteria["1"].verdict
    assert "chưa kiểm chứng" not in city.explain()
    assert "chưa kiểm chứng: chưa thấy trong văn bản" in country.explain()
