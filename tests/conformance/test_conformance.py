"""Every case of this folder, as the README describes them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import ntmrules
from ntmrules.diagnostics import Diagnostic
from tests.support.case_runner import check_wanted
from tests.support.yaml_cases import Case, read_cases


HERE = Path(__file__).parent
VOCABULARY = {"vocabulary.ntm": (HERE / "vocabulary.ntm").read_text("utf-8")}
HEADER = """\
ruleset test.case
  name     "Case"
  for      {level}
  basis    "0/TEST" dated 2020-01-01
  in force from 2000-01-01 to 2100-12-31

use test.facts
"""
CASES = [
    pytest.param(case, id=str(case["id"]))
    for path in sorted(HERE.glob("*.yaml"))
    for case in read_cases(path)
]


def _text(case: Case) -> tuple[str, int]:
    """Give the whole text of a case, and how many lines come before ``criteria``."""
    if "file" in case:
        return case["file"], 0
    criteria = case.get("criteria", "")
    if "nested" in case:
        depth = case["nested"]
        criteria = f'criterion 1 "A": {"(" * depth}debt_free{")" * depth}\n'
    header = HEADER.format(level=case.get("unit", {}).get("level", "district"))
    return header + criteria, header.count("\n")


@pytest.mark.parametrize("case", CASES)
def test_case(case: Case) -> None:
    """The language means what the case says."""
    text, before = _text(case)
    files = {**VOCABULARY, **case.get("more", {})}
    if "error" in case:
        _check_error(case["error"], ntmrules.check_text(text, files=files), before)
        return
    as_of = datetime.date.fromisoformat(case.get("as_of", "2024-12-31"))
    ruleset = ntmrules.loads(text, files=files)
    assessment = ntmrules.evaluate(ruleset, case["unit"], as_of=as_of)

    check_wanted(case, assessment)


def _check_error(wanted: Case, found: tuple[Diagnostic, ...], before: int) -> None:
    shown = "\n".join(map(str, found))
    for expected in (wanted, *wanted.get("also", ())):
        matching = [d for d in found if _matches(d, expected, before)]
        assert matching, shown


def _matches(found: Diagnostic, wanted: Case, before: int) -> bool:
    if found.code.stage != wanted["stage"]:
        return False
    line = wanted.get("line")
    if line is not None and (found.span is None or found.span.line != line + before):
        return False
    return all(str(word) in str(found) for word in wanted.get("mentions", ()))
