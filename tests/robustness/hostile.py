"""Short ways to give something hostile to ntmrules and to see what it says."""

from __future__ import annotations

import datetime
import inspect
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import ntmrules
from ntmrules import FactError, RulesetError


ROOT = Path(__file__).parents[2]
VOCABULARY = (ROOT / "tests/conformance/vocabulary.ntm").read_text("utf-8")
AS_OF = datetime.date(2024, 12, 31)
HEADER = """ruleset test.case
  name "Case"
  for {level}
  basis "0/TEST" dated 2020-01-01
  in force from 2000-01-01 to 2100-12-31
use test.facts
"""

T = TypeVar("T")


def ruleset_text(criteria: str, level: str = "district") -> str:
    """Write a whole ruleset around its criteria."""
    return HEADER.format(level=level) + criteria


def codes(criteria: str) -> set[str]:
    """Give the codes of what is said of criteria."""
    files = {"vocabulary.ntm": VOCABULARY}
    found = ntmrules.check_text(ruleset_text(criteria), files=files)
    # Every message can be written.
    for diagnostic in found:
        str(diagnostic)
    return {diagnostic.code.id for diagnostic in found}


def decide(
    criteria: str,
    unit: Mapping[str, Any] | None = None,
    as_of: datetime.date = AS_OF,
    level: str = "district",
) -> str:
    """Assess a unit, look at everything the assessment has, and give the verdict."""
    ruleset = ntmrules.loads(
        ruleset_text(criteria, level), files={"vocabulary.ntm": VOCABULARY}
    )
    assessment = ntmrules.evaluate(
        ruleset, {"level": level, **(unit or {})}, as_of=as_of
    )
    look_at_everything(assessment)
    return assessment.verdict.value


def look_at_everything(assessment: ntmrules.Assessment) -> None:
    """Ask for all that is worked out late."""
    list(map(str, assessment.findings))
    list(map(str, assessment.missing))
    str(assessment.receipt)
    for criterion in assessment.criteria.values():
        str(criterion.gap)
    assessment.explain("vi")
    assessment.to_dict()


def refusal_of_unit(
    unit: Mapping[str, Any], criteria: str = 'criterion 1 "A": rural'
) -> str:
    """Give what is said of a unit that is refused."""
    try:
        decide(criteria, unit)
    except FactError as error:
        return str(error)
    return ""


def refusal_of_file(path: Path) -> str:
    """Give what is said of a ruleset file that is refused."""
    try:
        ntmrules.load(path)
    except RulesetError as error:
        return str(error)
    return ""


def with_little_stack(frames: int, job: Callable[[], T]) -> T:
    """Do a job with so many frames of recursion left, as a deep caller would."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + frames)
    try:
        return job()
    finally:
        sys.setrecursionlimit(before)
