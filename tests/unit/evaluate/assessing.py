"""Short ways from a condition and a few facts to a verdict."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ntmrules
from ntmrules import Assessment, Verdict


ROOT = Path(__file__).parents[3]
VOCABULARY = (ROOT / "tests/conformance/vocabulary.ntm").read_text("utf-8")
AS_OF = datetime.date(2024, 12, 31)
MET, NOT_MET = Verdict.MET, Verdict.NOT_MET
UNKNOWN, NOT_APPLICABLE = Verdict.UNKNOWN, Verdict.NOT_APPLICABLE


def ruleset_text(
    criteria: str,
    level: str = "district",
    name: str = "test.case",
    header: str = "in force from 2000-01-01 to 2100-12-31",
) -> str:
    """Write a whole ruleset around its criteria."""
    return f"""\
ruleset {name}
  name     "Case"
  for      {level}
  basis    "0/TEST" dated 2020-01-01
  {header}

use test.facts
{criteria}
"""


def assess(
    criteria: str,
    unit: Mapping[str, Any] | None = None,
    *,
    level: str = "district",
    as_of: datetime.date = AS_OF,
    accept_unverified: bool = False,
    others: Mapping[str, str] | None = None,
) -> Assessment:
    """Assess a unit by criteria over the vocabulary of the conformance cases."""
    files = {"vocabulary.ntm": VOCABULARY, **(others or {})}
    ruleset = ntmrules.loads(ruleset_text(criteria, level), files=files)
    return ntmrules.evaluate(
        ruleset,
        {"level": level, **(unit or {})},
        as_of=as_of,
        accept_unverified=accept_unverified,
    )


def decide(
    condition: str, unit: Mapping[str, Any] | None = None, **options: Any
) -> Verdict:
    """Decide one condition."""
    return assess(f'criterion 1 "A": {condition}', unit, **options).verdict


def decide_facts(condition: str, **facts: Any) -> Verdict:
    """Decide one condition of a district from its facts alone."""
    return decide(condition, {"facts": facts})


def reasons(assessment: Assessment) -> str:
    """Give every reason of the trace, in English."""
    found: list[str] = []
    waiting: list[Any] = [*assessment.trace.preconditions, *assessment.trace.criteria]
    while waiting:
        step = waiting.pop()
        reason = getattr(step, "reason", None)
        if reason is not None:
            found.append(reason.text.en)
        for name in ("steps", "members", "indicators"):
            waiting += getattr(step, name, ())
        for name in ("applies", "passes", "requirement", "where", "predicate"):
            waiting += [x for x in [getattr(step, name, None)] if x is not None]
    return "\n".join(found)
