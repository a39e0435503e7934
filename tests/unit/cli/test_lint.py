"""`ntmrules check --lint`, and SARIF."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import ntmrules
from tests.unit.cli.command import run


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


def test_slips_are_told_to_everybody_and_lints_to_who_asks(file: Path) -> None:
    """Warnings alone leave the status at 0."""
    plain = run("check", file, "--lang", "en", "--format", "plain")
    told = run("check", file, "--lang", "en", "--lint", "--format", "plain")

    assert (0, 0) == (plain.status, told.status)
    assert ["NTM231"] == _codes(plain.output)
    assert ["NTM231", "NTM502"] == _codes(told.output)


def _codes(output: str) -> list[str]:
    return [line.split(": ")[1].split()[0] for line in output.splitlines()]


def test_a_slip_is_no_news_where_there_are_errors(file: Path) -> None:
    """A name that is misspelled where it is used would look unused as well."""
    file.write_text(file.read_text("utf-8").replace(">= 95%", ">= halff"), "utf-8")

    assert ["NTM201"] == _codes(run("check", file, "--format", "plain").output)


def test_slips_of_a_text_and_of_an_id(file: Path) -> None:
    """However a ruleset is named."""
    text = file.read_text("utf-8")
    catalogue = ntmrules.Catalogue(file.parent)

    for found in (
        ntmrules.check_text(text),
        ntmrules.check(file),
        ntmrules.check(file.parent),
        ntmrules.check("demo.commune", catalogue=catalogue),
    ):
        assert ["NTM231"] == [one.code.id for one in found]


def test_facts_that_nobody_uses_are_told_of_folders(file: Path) -> None:
    """Of one file, nobody knows what others use."""
    (file.parent / "own.ntm").write_text(
        "vocabulary demo.own\nunit person, persons\nfact mine: count of persons\n",
        "utf-8",
    )

    assert "NTM232" in run("check", file.parent, "--lint").output
    assert "NTM232" not in run("check", file.parent / "own.ntm", "--lint").output


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
