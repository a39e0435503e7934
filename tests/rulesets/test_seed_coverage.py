"""Every clause of the five documents has its place, and the page says where."""

from __future__ import annotations

import functools
import re

import pytest

import ntmrules
from ntmrules.model.ruleset import Ruleset
from tests.rulesets.coverage_page import ROOT, Row, ids, page, rows
from tests.support.yaml_cases import read_cases


PAGE = ROOT / "docs" / "reference" / "seed-coverage.md"
ROWS = rows()
EXPRESSED = [pytest.param(row, id=name) for name, row in ROWS.items()]


@functools.cache
def _versions() -> dict[str, list[Ruleset]]:
    found: dict[str, list[Ruleset]] = {}
    for ruleset in ntmrules.rulesets():
        found.setdefault(ruleset.id, []).append(ruleset)
    return found


@functools.cache
def _facts() -> frozenset[str]:
    versions = _versions().values()
    return frozenset(f for some in versions for r in some for f in r.vocabulary.facts)


@functools.cache
def _text_of(identity: str) -> str:
    """Give the text of the file that holds a ruleset or vocabulary."""
    head = re.compile(rf"^(?:ruleset|vocabulary) {re.escape(identity)}$", re.MULTILINE)
    texts = (p.read_text("utf-8") for p in (ROOT / "rulesets").rglob("*.ntm"))
    return next(text for text in texts if head.search(text))


def test_every_clause_has_a_row() -> None:
    """Each rule, figure, check and disagreement that is no mere wish has a row."""
    lacking = [
        f"{document}.{label}"
        for document, kinds in ids().items()
        for kind in ("rules", "facts", "checks", "inconsistencies")
        for label in kinds[kind]
        if label not in kinds["qualitative"] and f"{document}.{label}" not in ROWS
    ]

    assert lacking == []


def test_every_row_is_of_a_clause() -> None:
    """No row has an id that no document has."""
    known = {
        f"{document}.{label}"
        for document, kinds in ids().items()
        for labels in kinds.values()
        for label in labels
    }

    assert set(ROWS) - known == set()


@pytest.mark.parametrize("row", EXPRESSED)
def test_what_a_row_names_exists(row: Row) -> None:
    """The rulesets, labels, facts, checks, files and cases of a row are there."""
    problems = [*_rules(row), *_checks(row), *_units(row), *_cases(row)]
    problems += [f"no fact {name}" for name in row.fact if name not in _facts()]

    assert problems == []
    assert row.way != "not" or (row.absent and row.why)


def _rules(row: Row) -> list[str]:
    problems = []
    for entry in row.rule:
        name, _, label = entry.partition(" ")
        versions = _versions().get(name, [])
        labels = {
            found
            for version in versions
            for found in (
                *version.criteria,
                *version.preconditions,
                *version.indicators,
            )
        }
        if not versions or (label and label not in labels):
            problems.append(f"no rule {entry}")
    return problems


def _checks(row: Row) -> list[str]:
    problems = []
    for entry in row.expect:
        name, _, start = entry.partition(" ")
        wanted = re.compile(rf'^expect (?:on \w+ )?"{re.escape(start)}', re.MULTILINE)
        if not wanted.search(_text_of(name)):
            problems.append(f"no check {entry}")
    return problems


def _units(row: Row) -> list[str]:
    problems = []
    for name in row.unit:
        path = ROOT / "examples" / f"{name}.yaml"
        text = path.read_text("utf-8") if path.exists() else ""
        problems += [
            f"{fact} is not given in {path.name}"
            for fact in row.fact
            if f" {fact}:" not in text
        ]
        if not text:
            problems.append(f"no file {path.name}")
    return problems


def _cases(row: Row) -> list[str]:
    problems = []
    for entry in row.case:
        path, _, identity = entry.partition(" ")
        cases = read_cases(ROOT / "rulesets" / "vn" / path)
        if identity not in {case["id"] for case in cases}:
            problems.append(f"no case {entry}")
    return problems


def test_the_page_is_up_to_date(regen: bool) -> None:
    """The page says what the data file says."""
    if regen:
        PAGE.write_text(page(), "utf-8")

    assert page() == PAGE.read_text("utf-8")
