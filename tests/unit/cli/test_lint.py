"""`ntmrules check --lint`, and SARIF."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.cli.command import ROOT, run


RULESET = """\
ruleset demo.commune
  name  "Xã"
  for   commune
  basis "1" dated 2021-01-05
  in force from 2021-01-05

use vn.facts

define half = 50%

criterion 1 "A": insurd >= 95%
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write a ruleset that is allowed, and not as it was meant."""
    path = tmp_path / "commune.ntm"
    path.write_text(RULESET.replace("insurd", "insured"), "utf-8")
    return path


def test_lints_are_told_to_who_asks(file: Path) -> None:
    """Warnings alone leave the status at 0."""
    silent = run("check", file, "--lang", "en")
    told = run("check", file, "--lang", "en", "--lint", "--format", "plain")

    assert "no problems in 1 file\n" == silent.output
    assert 0 == told.status
    assert ["NTM231", "NTM502"] == [
        line.split(": ")[1].split()[0] for line in told.output.splitlines()
    ]


def test_facts_that_nobody_uses_are_told_of_folders(file: Path) -> None:
    """Of one file, nobody knows what others use."""
    (file.parent / "own.ntm").write_text(
        "vocabulary demo.own\nunit person, persons\nfact mine: count of persons\n",
        "utf-8",
    )

    assert "NTM232" in run("check", file.parent, "--lint").output
    assert "NTM232" not in run("check", file.parent / "own.ntm", "--lint").output


def test_the_catalogue_has_no_lint_but_unused_facts() -> None:
    """Facts are declared for rulesets to come; anything else is a slip."""
    outcome = run("check", ROOT / "rulesets", "--lint", "--format", "json")

    assert {"NTM232", "NTM406"} == {one["code"] for one in json.loads(outcome.output)}


def test_sarif(file: Path) -> None:
    """A result for each problem, with its rule, place and repair."""
    file.write_text(RULESET, "utf-8")

    outcome = run("check", file, "--format", "sarif", "--lang", "en")
    document = json.loads(outcome.output)
    (result,) = document["runs"][0]["results"]
    (rule,) = document["runs"][0]["tool"]["driver"]["rules"]

    assert 1 == outcome.status
    assert "2.1.0" == document["version"]
    assert ("NTM201", "error") == (result["ruleId"], result["level"])
    assert ("NTM201", "unknown-name") == (rule["id"], rule["name"])
    place = result["locations"][0]["physicalLocation"]
    assert file.as_uri() == place["artifactLocation"]["uri"]
    assert {"startLine": 11, "startColumn": 18, "endLine": 11, "endColumn": 24} == (
        place["region"]
    )
    replaced = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert "insured" == replaced["insertedContent"]["text"]
