"""Cases beside rulesets: which are found, what they come to, what is told."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from ntmrules.testing import coverage, find_cases, run_cases
from ntmrules.verdict import Verdict
from tests.unit.cli.command import run


CONFORMANCE = Path(__file__).parents[2] / "conformance"
RULESET = """\
ruleset demo.commune
  name  "Xã"
  for   commune
  basis "1" dated 2021-01-05
  in force from 2021-01-05

use vn.facts

criterion 1 "A" {
  require insured >= 95%
    and (poor <= 5% or has_market)
}
criterion 2 "B" {
  indicator 2.1 "C" {
    applies when has_market
    require income >= 48 million VND/person
  }
  indicator 2.2 "D": attested
}
""".replace("has_market", "security_complex")
CASES = """\
- id: at
  note: đúng mức
  unit: {level: commune, facts: {insured: 95%, poor: 5%}}
  want: {"1": met}
- id: below
  note: dưới mức
  unit: {level: commune, facts: {insured: 189/200, poor: 3%}}
  want: {"1": met, "2": unknown, verdict: not met, missing: [income]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a ruleset with two cases, one of which fails."""
    (tmp_path / "cases").mkdir()
    (tmp_path / "commune.ntm").write_text(RULESET, "utf-8")
    (tmp_path / "cases" / "commune.yaml").write_text(CASES, "utf-8")
    return tmp_path


@pytest.mark.parametrize("path", ["", "cases", "cases/commune.yaml", "commune.ntm"])
def test_cases_are_found(folder: Path, path: str) -> None:
    """From the folder, the folder of cases, their file, and the ruleset."""
    assert ["at", "below"] == [o.case.id for o in run_cases(folder / path)]


def test_a_ruleset_has_only_its_own_cases(folder: Path) -> None:
    """Those of another file, or of another id, are not its."""
    other = CASES.replace("note", "ruleset: demo.other\n  note")
    (folder / "cases" / "commune.yaml").write_text(other, "utf-8")

    suite = find_cases(folder / "commune.ntm")

    assert () == suite.cases
    assert ["NTM009"] == [found.code.id for found in suite.diagnostics]


def test_what_is_not_as_wanted(folder: Path) -> None:
    """Every difference is a problem of its own."""
    first, second = run_cases(folder)

    assert first.passed
    assert not second.passed
    assert ["1: wanted met, got not met", "missing: wanted income, got —"] == [
        problem.text.en.format_map(
            {k: getattr(v, "en", v) for k, v in problem.values.items()}
        )
        for problem in second.problems
    ]


def test_what_the_command_prints(folder: Path) -> None:
    """The requirement with its values underneath, what nobody looks at, the sum."""
    outcome = run("test", folder, "--lang", "en")

    assert 1 == outcome.status
    assert (
        f"""\
{folder}/cases/commune.yaml:5: below: dưới mức
  1: wanted met, got not met
    insured >= 95%
    |       |
    |       not met
    94.5% (189/200 persons)
        and (poor <= 5% or security_complex)
             |    |        |
             3%   met      ? (`security_complex` is missing)
  missing: wanted income, got —

demo.commune (2021-01-05)
  1: no case wants not met, unknown
  2.1: no case wants met, not met, unknown, not applicable

2 cases: 1 passed, 1 failed
1 of 3 indicators seen in every verdict they can have
"""
        == outcome.output
    )


def test_coverage_names_the_cases(folder: Path) -> None:
    """By verdict; a judgement of a person needs none."""
    suite = find_cases(folder)

    first, second, judged = coverage(suite.rulesets, suite.run())

    assert ("at", "below") == first.cases[Verdict.MET]
    assert (Verdict.NOT_MET, Verdict.UNKNOWN) == first.unseen
    assert Verdict.NOT_APPLICABLE in second.unseen
    assert () == judged.unseen
    assert "    met: at, below\n" in run("test", folder, "--coverage").output.replace(
        "đạt", "met"
    )


def test_an_empty_run_fails(tmp_path: Path) -> None:
    """Nothing tested is not the same as nothing wrong."""
    outcome = run("test", tmp_path, "--lang", "en")

    assert 1 == outcome.status
    assert "NTM009" in outcome.errors


def test_a_case_that_cannot_be_run_fails(folder: Path) -> None:
    """A misspelt fact is a finding, a wrong value an error: it is told, with place."""
    path = folder / "cases" / "commune.yaml"
    path.write_text(CASES.replace("189/200", "189/20"), "utf-8")

    outcome = run("test", folder, "--lang", "en")

    assert 1 == outcome.status
    assert f"{path}:7:" in outcome.output


def test_json(folder: Path) -> None:
    """Every case with its problems, every indicator with its cases."""
    document = json.loads(run("test", folder, "--format", "json").output)

    assert (1, 1) == (document["passed"], document["failed"])
    assert ["at", "below"] == [case["id"] for case in document["cases"]]
    assert ["1", "2.1", "2.2"] == [one["indicator"] for one in document["coverage"]]
    assert ["at", "below"] == document["coverage"][0]["cases"]["met"]


def test_junit(folder: Path) -> None:
    """A suite for each file, a failure with all that is told."""
    root = ET.fromstring(run("test", folder, "--format", "junit").output)  # noqa: S314 - our own

    (suite,) = root
    assert ("2", "1") == (suite.get("tests"), suite.get("failures"))
    assert "insured >= 95%" in (suite[1][0].text or "")


@pytest.mark.parametrize("name", ["logic", "quantifiers", "errors", "tables", "time"])
def test_the_cases_of_the_language_run_too(name: str) -> None:
    """Those that bring their criteria along, and those of mistakes."""
    outcomes = list(run_cases(CONFORMANCE / f"{name}.yaml"))

    assert outcomes
    assert [] == [o.case.id for o in outcomes if not o.passed]
