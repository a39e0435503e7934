"""Which version of a ruleset governs a date."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import ntmrules
from ntmrules import Catalogue, RulesetError


ROOT = Path(__file__).parents[3]
VOCABULARY = (ROOT / "tests/conformance/vocabulary.ntm").read_text("utf-8")


def version(number: str, force: str, status: str = "", criteria: str = "") -> str:
    """Write one version of `test.case`."""
    said = f"\n  status {status}" if status else ""
    return f"""ruleset test.case
  name "Case"
  for district
  basis "{number}" dated 2020-01-01
  in force {force}{said}
use test.facts
{criteria or 'criterion 1 "A": crimes <= 3'}
"""


def catalogue(folder: Path, *versions: str) -> Catalogue:
    """Make a catalogue of a folder with these versions."""
    (folder / "facts.ntm").write_text(VOCABULARY, "utf-8")
    for number, text in enumerate(versions):
        (folder / f"v{number}.ntm").write_text(text, "utf-8")
    return Catalogue(folder, packages=False)


def number_on(found: Catalogue, date: str, status: str = "in force") -> str:
    """Give the instrument of the version on a date."""
    day = datetime.date.fromisoformat(date)
    return ntmrules.load(
        "test.case", as_of=day, status=status, catalogue=found
    ).basis.number


TWO = (
    version("1/QD", "from 2016-12-01 to 2020-12-31"),
    version("2/QD", "from 2022-03-08"),
)


@pytest.mark.parametrize(
    ("date", "wanted"),
    [
        ("2016-12-01", "1/QD"),
        ("2020-12-31", "1/QD"),
        ("2022-03-08", "2/QD"),
        ("2099-01-01", "2/QD"),
    ],
)
def test_the_date_picks_the_version(tmp_path: Path, date: str, wanted: str) -> None:
    """Both ends of an interval count; without an end it goes on."""
    assert wanted == number_on(catalogue(tmp_path, *TWO), date)


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2016-11-30", ["`1/QD` begins on 2016-12-01"]),
        (
            "2021-06-30",
            ["`1/QD` ended on 2020-12-31", "`2/QD` begins on 2022-03-08"],
        ),
        ("2022-03-07", ["begins on 2022-03-08"]),
    ],
)
def test_a_date_in_a_gap_is_an_error(
    tmp_path: Path, date: str, words: list[str]
) -> None:
    """It says which version ended or begins; nothing falls back to an older one."""
    with pytest.raises(RulesetError, match="NTM402") as caught:
        number_on(catalogue(tmp_path, *TWO), date)

    assert [] == [word for word in words if word not in str(caught.value)]


def test_the_last_version_has_ended(tmp_path: Path) -> None:
    """It is not applied any longer."""
    found = catalogue(tmp_path, TWO[0])
    with pytest.raises(RulesetError, match="`1/QD` ended on 2020-12-31"):
        number_on(found, "2021-01-01")


def test_several_versions_and_no_date(tmp_path: Path) -> None:
    """One version needs no date, of two none is picked."""
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one = catalogue(tmp_path / "one", TWO[0])
    two = catalogue(tmp_path / "two", *TWO)

    assert "1/QD" == ntmrules.load("test.case", catalogue=one).basis.number
    with pytest.raises(RulesetError, match="NTM407"):
        ntmrules.load("test.case", catalogue=two)


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("from 2020-01-01 to 2020-12-31", "from 2021-01-01", None),
        ("from 2020-01-01 to 2020-12-31", "from 2020-12-31", "NTM401"),
        ("from 2020-01-01", "from 2021-01-01 to 2021-12-31", "NTM401"),
        ("from 2020-01-01", "from 2020-01-01", "NTM401"),
        ("from 2020-01-01 to 2025-12-31", "from 2021-01-01 to 2021-12-31", "NTM401"),
        ("from 2020-01-01 to 2020-12-31", "from 2021-01-02", "NTM406"),
    ],
)
def test_overlap_and_gap(
    tmp_path: Path, first: str, second: str, code: str | None
) -> None:
    """Two versions on one day are an error, a day without one is worth a word."""
    catalogue(tmp_path, version("1/QD", first), version("2/QD", second))
    found = [x.code.id for x in ntmrules.check(tmp_path)]

    assert ([] if code is None else [code]) == found


def test_overlapping_versions_are_not_used(tmp_path: Path) -> None:
    """Not even on a day on which there is no doubt."""
    found = catalogue(tmp_path, version("1", "from 2020-01-01"), TWO[1])
    with pytest.raises(RulesetError, match="NTM401"):
        number_on(found, "2020-06-30")


def test_drafts_are_used_only_when_asked_for(tmp_path: Path) -> None:
    """They clash with nothing, and nobody gets one by accident."""
    found = catalogue(
        tmp_path,
        TWO[0],
        version("draft", "from 2016-12-01 to 2020-12-31", "draft"),
        version("pending", "from 2018-01-01", "pending"),
    )

    assert "1/QD" == number_on(found, "2018-06-30")
    assert "draft" == number_on(found, "2018-06-30", "draft")
    assert "pending" == number_on(found, "2018-06-30", "pending")
    assert [] == [x for x in ntmrules.check(tmp_path) if x.severity.value == "error"]
    (tmp_path / "v0.ntm").unlink()
    with pytest.raises(RulesetError, match="status draft, pending"):
        number_on(Catalogue(tmp_path, tmp_path), "2018-06-30")


def test_a_broken_version_breaks_them_all(tmp_path: Path) -> None:
    """Which dates it would have governed is not known for sure."""
    broken = version("2/QD", "from 2022-03-08", criteria='criterion 1 "A": crimez <= 3')
    found = catalogue(tmp_path, TWO[0], broken)
    with pytest.raises(RulesetError, match="NTM201"):
        number_on(found, "2018-06-30")


def test_all_rulesets_of_a_catalogue(tmp_path: Path) -> None:
    """By id and date, the shipped ones included."""
    found = ntmrules.rulesets(catalogue(tmp_path, *reversed(TWO)))
    own = [ruleset.basis.number for ruleset in found if ruleset.id == "test.case"]

    assert ["1/QD", "2/QD"] == own
    assert sorted(found, key=lambda x: (x.id, x.start)) == list(found)


def test_a_broken_version_does_not_hide_the_others(tmp_path: Path) -> None:
    """They are listed while somebody edits it, and what is wrong is told."""
    broken = version("2/QD", "from 2022-03-08", criteria='criterion 1 "A": crimez <= 3')
    folder = catalogue(tmp_path, TWO[0], broken)

    with pytest.warns(UserWarning, match="`test.case` has errors") as told:
        found = ntmrules.rulesets(folder)

    own = [ruleset.basis.number for ruleset in found if ruleset.id == "test.case"]
    assert ["1/QD"] == own
    assert "vn.commune.standard" in {ruleset.id for ruleset in found}
    assert "v1.ntm:7:18" in str(told[0].message)
    assert __file__ == told[0].filename


def test_a_file_without_its_id_is_told(tmp_path: Path) -> None:
    """No id finds it, so nothing else would say that it is there."""
    folder = catalogue(tmp_path, *TWO)
    (tmp_path / "typo.ntm").write_text("rulset test.typo\n", "utf-8")

    with pytest.warns(UserWarning, match=r"typo\.ntm:1:1: NTM101"):
        found = ntmrules.rulesets(folder)

    assert 2 == sum(ruleset.id == "test.case" for ruleset in found)


REFERRING = """ruleset test.other
  name "Other"
  for district
  basis "0/TEST" dated 2020-01-01
  in force {force}
use test.facts
criterion 1 "A": criterion 1 of test.case
"""


@pytest.mark.parametrize(
    ("force", "code"),
    [
        ("from 2017-01-01 to 2020-12-31", None),
        ("from 2016-12-01 to 2020-12-31", None),
        ("from 2016-11-30 to 2020-12-31", "NTM403"),
        ("from 2017-01-01 to 2021-01-01", "NTM403"),
        ("from 2017-01-01 to 2023-01-01", "NTM403"),
        ("from 2017-01-01", "NTM403"),
        ("from 2022-03-08", None),
        ("from 2021-01-01 to 2022-03-07", "NTM404"),
        ("from 2010-01-01 to 2016-11-30", "NTM404"),
    ],
)
def test_references_are_in_force_together(
    tmp_path: Path, force: str, code: str | None
) -> None:
    """Never is an error, now and then not is a warning."""
    catalogue(tmp_path, *TWO, REFERRING.format(force=force))
    found = {x.code.id for x in ntmrules.check(tmp_path / "v2.ntm")}

    assert ({code} if code else set()) == found


@pytest.mark.parametrize(
    ("date", "crimes", "verdict"),
    [
        ("2020-12-31", 3, "met"),
        ("2022-03-08", 3, "not met"),
        ("2022-03-08", 1, "met"),
        ("2021-06-30", 1, "unknown"),
    ],
)
def test_a_reference_means_the_version_of_the_day(
    tmp_path: Path, date: str, crimes: int, verdict: str
) -> None:
    """Where there is none, it is unknown, and that is a finding."""
    strict = version("2/QD", "from 2022-03-08", criteria='criterion 1 "A": crimes <= 1')
    catalogue(tmp_path, TWO[0], strict, REFERRING.format(force="from 2010-01-01"))
    unit = {"level": "district", "facts": {"crimes": crimes}}
    day = datetime.date.fromisoformat(date)
    assessment = ntmrules.evaluate(tmp_path / "v2.ntm", unit, as_of=day)
    found = [finding.code.id for finding in assessment.findings]

    assert verdict == assessment.verdict.value
    assert (["NTM724"] if verdict == "unknown" else []) == found
