"""The one door: what it takes, and what it refuses (engine.md section 1)."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

import ntmrules
from ntmrules import Catalogue, FactError, RulesetError, Verdict
from ntmrules.units import bind, unit_data


ROOT = Path(__file__).parents[3]
VOCABULARY = (ROOT / "tests/conformance/vocabulary.ntm").read_text("utf-8")
AS_OF = datetime.date(2024, 12, 31)
TEXT = """ruleset test.case
  name "Case"
  for district
  grants district.standard
  basis "0/TEST" dated 2020-01-01
  in force from 2020-01-01 to 2025-12-31
use test.facts
criterion 1 "A": crimes <= 3
"""
UNIT: dict[str, Any] = {"level": "district", "facts": {"crimes": 3}}


def load(text: str = TEXT, vocabulary: str = VOCABULARY) -> ntmrules.Ruleset:
    """Load a ruleset over the vocabulary of the conformance cases."""
    return ntmrules.loads(text, files={"vocabulary.ntm": vocabulary})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder that holds the ruleset and its vocabulary."""
    (tmp_path / "case.ntm").write_text(TEXT, "utf-8")
    (tmp_path / "facts.ntm").write_text(VOCABULARY, "utf-8")
    return tmp_path


def test_a_ruleset_is_an_object_a_file_or_an_id(folder: Path) -> None:
    """All three give one verdict."""
    by_id = ntmrules.evaluate(
        "test.case", UNIT, as_of=AS_OF, catalogue=Catalogue(folder)
    )
    by_path = ntmrules.evaluate(folder / "case.ntm", UNIT, as_of=AS_OF)
    loaded = ntmrules.evaluate(load(), UNIT, as_of=AS_OF)

    assert [Verdict.MET] * 3 == [a.verdict for a in (by_id, by_path, loaded)]
    assert ["district.standard"] * 3 == [a.grants for a in (by_id, by_path, loaded)]


def test_a_unit_is_a_mapping_data_or_checked() -> None:
    """All three give one verdict, and the mapping stays as it was."""
    ruleset = load()
    data = unit_data(UNIT)
    bound = bind(data, ruleset.vocabulary)
    found = [ntmrules.evaluate(ruleset, unit, as_of=AS_OF) for unit in (UNIT, data)]
    found.append(ntmrules.evaluate(ruleset, bound, as_of=AS_OF))

    assert [Verdict.MET] * 3 == [assessment.verdict for assessment in found]
    assert {"level": "district", "facts": {"crimes": 3}} == UNIT


def test_the_date_is_given_or_that_of_the_unit() -> None:
    """What is given wins."""
    ruleset = load()
    dated = {**UNIT, "as_of": "2023-06-30"}

    assert datetime.date(2023, 6, 30) == ntmrules.evaluate(ruleset, dated).as_of
    assert AS_OF == ntmrules.evaluate(ruleset, dated, as_of=AS_OF).as_of


def test_no_date_at_all() -> None:
    """Nothing reads the clock."""
    with pytest.raises(FactError, match="NTM721"):
        ntmrules.evaluate(load(), UNIT)


def test_without_a_date_other_errors_are_told() -> None:
    """Also the one that keeps the date from being read."""
    unit = {"level": "commune", "as_of": "31/12/2024", "facts": {"insured": "0.95"}}

    with pytest.raises(FactError) as failure:
        ntmrules.evaluate(load(), unit)

    codes = [found.code.id for found in failure.value.diagnostics]
    assert ["NTM723", "NTM703", "NTM721"] == codes


@pytest.mark.parametrize(
    "date",
    ["2024-12-31", 2024, datetime.datetime(2024, 12, 31, tzinfo=datetime.UTC)],
    ids=repr,
)
def test_what_is_no_date(date: Any) -> None:
    """Neither the text of a date, nor a year, nor a time of day."""
    with pytest.raises(FactError, match=r"must be a `datetime\.date`"):
        ntmrules.evaluate(load(), UNIT, as_of=date)
    with pytest.raises(RulesetError, match=r"must be a `datetime\.date`"):
        ntmrules.load("vn.commune.advanced", as_of=date)


@pytest.mark.parametrize(
    ("date", "effective"),
    [
        ("2019-12-31", False),
        ("2020-01-01", True),
        ("2025-12-31", True),
        ("2026-01-01", False),
    ],
)
def test_outside_its_dates_nothing_is_granted(date: str, effective: bool) -> None:
    """The verdict is given all the same, with a finding."""
    day = datetime.date.fromisoformat(date)
    assessment = ntmrules.evaluate(load(), UNIT, as_of=day)

    assert Verdict.MET is assessment.verdict
    assert ("district.standard" if effective else None) == assessment.grants
    assert ([] if effective else ["NTM713"]) == [
        found.code.id for found in assessment.findings
    ]


def test_a_draft_grants_nothing(folder: Path) -> None:
    """It is used only when it is asked for."""
    draft = TEXT.replace("use test", "  status draft\nuse test")
    (folder / "case.ntm").write_text(draft, "utf-8")
    catalogue = Catalogue(folder)
    asked = ntmrules.evaluate(
        "test.case", UNIT, as_of=AS_OF, status="draft", catalogue=catalogue
    )

    assert Verdict.MET is asked.verdict
    assert asked.grants is None
    assert ["NTM726"] == [found.code.id for found in asked.findings]
    with pytest.raises(RulesetError, match="NTM402"):
        ntmrules.evaluate("test.case", UNIT, as_of=AS_OF, catalogue=catalogue)


@pytest.mark.parametrize(
    ("when", "verdict", "grants", "revokes"),
    [
        ("grants district.standard", "met", "district.standard", None),
        ("revokes district.standard", "met", None, "district.standard"),
        ("grants district.standard when crimes > 3", "not met", None, None),
        ("revokes district.standard when crimes > 3", "not met", None, None),
        ("grants district.standard when insured > 5%", "unknown", None, None),
        ("", "met", None, None),
    ],
)
def test_what_is_granted_or_revoked(
    when: str, verdict: str, grants: str | None, revokes: str | None
) -> None:
    """Only what is met, and only by its condition."""
    text = TEXT.replace("grants district.standard", when)
    assessment = ntmrules.evaluate(load(text), UNIT, as_of=AS_OF)

    assert (verdict, grants, revokes) == (
        assessment.verdict.value,
        assessment.grants,
        assessment.revokes,
    )


def test_the_wrong_level() -> None:
    """A commune is not assessed as a district."""
    with pytest.raises(FactError, match="NTM719"):
        ntmrules.evaluate(load(), {"level": "commune"}, as_of=AS_OF)


def test_unknown_facts_are_a_finding_or_an_error() -> None:
    """As the caller wishes."""
    unit = {"level": "district", "facts": {"crimes": 3, "crimez": 4}}
    assessment = ntmrules.evaluate(load(), unit, as_of=AS_OF)

    assert ["NTM701"] == [found.code.id for found in assessment.findings]
    with pytest.raises(FactError, match="NTM702"):
        ntmrules.evaluate(load(), unit, as_of=AS_OF, strict=True)


def test_a_unit_checked_against_other_declarations() -> None:
    """A count of persons must not pass for a count of something else."""
    other = VOCABULARY.replace("crimes: count of persons", "crimes: count of products")
    foreign = bind(unit_data(UNIT), load(vocabulary=other).vocabulary)
    same = bind(unit_data(UNIT), load().vocabulary)

    assert Verdict.MET is ntmrules.evaluate(load(), same, as_of=AS_OF).verdict
    with pytest.raises(FactError, match=r"`crimes` must be what `test\.case` declares"):
        ntmrules.evaluate(load(), foreign, as_of=AS_OF)


def test_unverified_figures_count_when_accepted() -> None:
    """Otherwise they never certify."""
    text = TEXT.replace(
        ": crimes <= 3",
        ' {\n indicator 1.1 "A" { unverified "?" require crimes <= 3 }\n}',
    )
    ruleset = load(text)
    without = ntmrules.evaluate(ruleset, UNIT, as_of=AS_OF)
    accepted = ntmrules.evaluate(ruleset, UNIT, as_of=AS_OF, accept_unverified=True)

    assert (Verdict.UNKNOWN, Verdict.MET) == (without.verdict, accepted.verdict)
    assert (None, "district.standard") == (without.grants, accepted.grants)
