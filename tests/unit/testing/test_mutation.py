"""What is changed, what notices it, and the cases that are written for the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import ntmrules
from ntmrules.analysis._mutate import mutants
from ntmrules.testing import find_cases, mutate, report
from tests.unit.cli.command import run


HEADER = """\
ruleset demo.district
  name  "Huyện"
  for   district
  grants district.standard when at least 2 of criteria
  basis "1" dated 2021-01-05
  in force from 2021-01-05

use vn.facts

"""
RULESET = f"""{HEADER}
criterion 1 "A": insured >= 95%
criterion 2 "B": income >= by region {{
  | TDMNPB                | DBSH                   | otherwise             |
  | 39 million VND/person | 52 million VND/person? | 48 million VND/person |
}}
criterion 3 "C": at least 30% of communes hold commune.advanced
"""
CASES = """\
- id: at
  unit: {level: district, facts: {insured: 95%}}
  want: {"1": met}
- id: not
  unit: {level: district, facts: {insured: 90%}, communes: []}
  want: {"1": not met}
"""


def changes_of(condition: str) -> list[tuple[str, str]]:
    """Give the changes of the condition of one criterion."""
    header = HEADER.replace(" when at least 2 of criteria", "")
    ruleset = ntmrules.loads(f'{header}criterion 1 "A": {condition}')
    return [(m.change.before, m.change.after) for m in mutants(ruleset)]


@pytest.mark.parametrize(
    ("condition", "changes"),
    [
        ("insured >= 95%", ">= > | >= <= | 95% 94% | 95% 96%"),
        ("insured < 0.5%", "< <= | < > | 0.5% 0.4% | 0.5% 0.6%"),
        ("programme_debt = 0 VND", "= != | 0 VND 1 VND"),
        (
            "at least 3 communes hold commune.model",
            "at least 3 at least 2 | at least 3 at least 4 | at least 3 at most 3 | %%",
        ),
        (
            "all communes hold commune.model",
            "all any | hold commune.model not hold commune.model",
        ),
    ],
)
def test_changes(condition: str, changes: str) -> None:
    """The last digit up and down, the sign, the count, the quantifier."""
    changes = changes.replace("%%", "hold commune.model not hold commune.model")
    assert changes.split(" | ") == [f"{a} {b}" for a, b in changes_of(condition)]


def test_each_cell_once_and_none_that_is_not_verified() -> None:
    """Also where one figure stands for several cases."""
    found = [(m.label, m.change.before) for m in mutants(ntmrules.loads(RULESET))]

    assert 2 == found.count(("2", "48 million VND/person"))
    assert 2 == found.count(("2", "39 million VND/person"))
    assert not any("52" in before for _, before in found)
    assert ("", "at least 2") in found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a ruleset with too few cases."""
    (tmp_path / "cases").mkdir()
    (tmp_path / "district.ntm").write_text(RULESET, "utf-8")
    (tmp_path / "cases" / "district.yaml").write_text(CASES, "utf-8")
    return tmp_path


def test_survivors(folder: Path) -> None:
    """94% is not noticed, as no case lies between; 96% and the sign are."""
    suite = find_cases(folder)

    mutation = mutate(suite.rulesets, suite.run())

    alive = [(m.label, m.change.before, m.change.after) for m in mutation.survivors]
    assert ("1", "95%", "94%") in alive
    assert ("1", "95%", "96%") not in alive
    assert ("1", ">=", ">") not in alive
    assert ("2", "39 million VND/person", "38 million VND/person") in alive
    assert ("3", "at least 30%", "at least 31% of") in alive


def test_the_command_lists_survivors(folder: Path) -> None:
    """A line each, the place first; the status is 1."""
    outcome = run("test", folder, "--mutate", "--lang", "en")

    assert 1 == outcome.status
    assert f"{folder}/district.ntm:11:29: 1: 95% → 94%\n" in outcome.output
    assert "changes, of which no case notices " in outcome.output


def test_json_has_them_too(folder: Path) -> None:
    """With file, line, column and what was changed."""
    outcome = run("test", folder, "--mutate", "--format", "json")
    found = json.loads(outcome.output)["mutation"]

    assert found["tried"] > len(found["survivors"]) > 0
    assert {"ruleset": "demo.district", "label": "1", "after": "94%"}.items() <= (
        found["survivors"][0].items()
    )


def test_boundaries_writes_the_missing_cases(folder: Path) -> None:
    """With them, each change of a figure is noticed; they are cases that pass."""
    file = folder / "cases" / "boundaries.yaml"

    first = run("test", folder, "--boundaries", file, "--lang", "en")
    second = run("test", folder, "--mutate", "--lang", "en")

    assert 0 == first.status
    assert str(file) in first.errors
    assert "10 cases: 10 passed\n" in second.output
    assert (
        f"{folder}/district.ntm:4:33: at least 2 → at least 1\n\n"
        "17 changes, of which no case notices 1\n"
    ) in second.output
    assert "insured: 94.99%" in file.read_text("utf-8")


def test_a_file_is_never_written_over(folder: Path) -> None:
    """Cases that people wrote stay."""
    outcome = run("test", folder, "--boundaries", folder / "cases" / "district.yaml")

    assert 2 == outcome.status
    assert CASES == (folder / "cases" / "district.yaml").read_text("utf-8")


def test_a_place_says_where_the_change_is(folder: Path) -> None:
    """The sign, the figure or the cell itself."""
    suite = find_cases(folder)
    text = "\n".join(report.survivors(mutate(suite.rulesets, suite.run())))

    assert f"{folder}/district.ntm:12:25: 2: >= → >\n" in text


NATIONAL = """\
ruleset demo.national
  name  "Cả nước"
  for   commune
  basis "1" dated 2021-01-05
  in force from 2021-01-05
use vn.facts
delegated sorting_min: share of households to province, at least 50% "Mức"
criterion 1 "A": insured >= 90%
criterion 2 "B": waste_sorting >= sorting_min
"""
PROVINCE = """\
ruleset demo.province
  name     "Tỉnh"
  tightens demo.national
  basis    "2" dated 2021-02-05
  in force from 2021-02-05
set sorting_min = 60%
criterion 3 "C": clean_water >= 70%
"""


def test_what_is_taken_over_is_tested_with_the_other_ruleset(tmp_path: Path) -> None:
    """A file is asked for its own figures; what others are to set decides nothing."""
    (tmp_path / "national.ntm").write_text(NATIONAL, "utf-8")
    (tmp_path / "province.ntm").write_text(PROVINCE, "utf-8")

    def changed(name: str) -> set[tuple[str, str, str]]:
        suite = find_cases(tmp_path / name)
        found = mutate(suite.rulesets, suite.run()).survivors
        return {(x.label, x.change.before, x.change.after) for x in found}

    assert {
        ("1", ">=", ">"),
        ("1", ">=", "<="),
        ("1", "90%", "89%"),
        ("1", "90%", "91%"),
    } == changed("national.ntm")
    assert {
        ("2", "60%", "59%"),
        ("2", "60%", "61%"),
        ("3", ">=", ">"),
        ("3", ">=", "<="),
        ("3", "70%", "69%"),
        ("3", "70%", "71%"),
    } == changed("province.ntm")
