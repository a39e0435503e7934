"""The shared cases: those of the language, and those beside each shipped ruleset."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import ntmrules
from ntmrules import Program, Ruleset
from tests.support.compiled import of_assessment, of_program
from tests.support.yaml_cases import Case, read_cases


ROOT = Path(__file__).parents[3]
CONFORMANCE = ROOT / "tests/conformance"
VOCABULARY = {
    "vocabulary.ntm": (CONFORMANCE / "vocabulary.ntm").read_text(encoding="utf-8")
}
HEADER = """\
ruleset test.case
  name     "Case"
  for      {level}
  basis    "0/TEST" dated 2020-01-01
  in force from 2000-01-01 to 2100-12-31

use test.facts
"""


def _language_cases() -> Iterator[Any]:
    for path in sorted(CONFORMANCE.glob("*.yaml")):
        for case in read_cases(path):
            if "error" not in case and "unit" in case and "nested" not in case:
                yield pytest.param(case, id=str(case["id"]))


def _ruleset_cases() -> Iterator[Any]:
    for path in sorted((ROOT / "rulesets").glob("**/cases/*.yaml")):
        for case in read_cases(path):
            name = f"{path.parent.parent.name}-{path.stem}-{case['id']}"
            yield pytest.param(case, id=name)


@functools.lru_cache(maxsize=64)
def _compiled(ruleset: Ruleset, as_of: datetime.date, accept: bool) -> Program:
    return ntmrules.compile(ruleset, as_of=as_of, accept_unverified=accept)


@functools.cache
def _version(identity: str, as_of: datetime.date) -> Ruleset:
    """Pick the version of the date; an only version may be asked on any date."""
    versions = [one for one in ntmrules.rulesets() if one.id == identity]
    if len(versions) == 1:
        return versions[0]
    return ntmrules.load(identity, as_of=as_of)


def _agree(ruleset: Ruleset, unit: Any, as_of: datetime.date) -> None:
    for accept in (False, True):
        program = _compiled(ruleset, as_of, accept)
        plain = program.plain(unit)
        assessment = ntmrules.evaluate(
            ruleset, unit, as_of=as_of, accept_unverified=accept
        )
        wanted = of_assessment(assessment)

        assert wanted == of_program(program(unit))
        assert wanted == of_program(program(plain))
        assert wanted == of_program(program(plain, checked=False))


@pytest.mark.parametrize("case", list(_language_cases()))
def test_a_case_of_the_language(case: Case) -> None:
    """Every verdict is that of `evaluate`."""
    text = case.get("file", "")
    if not text:
        level = case["unit"].get("level", "district")
        text = HEADER.format(level=level) + case.get("criteria", "")
    ruleset = ntmrules.loads(text, files={**VOCABULARY, **case.get("more", {})})
    as_of = datetime.date.fromisoformat(case.get("as_of", "2024-12-31"))

    _agree(ruleset, case["unit"], as_of)


@pytest.mark.parametrize("case", list(_ruleset_cases()))
def test_a_case_of_a_ruleset(case: Case) -> None:
    """Every verdict is that of `evaluate`."""
    as_of = datetime.date.fromisoformat(str(case["as_of"]))

    _agree(_version(case["ruleset"], as_of), case["unit"], as_of)
