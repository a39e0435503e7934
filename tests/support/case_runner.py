"""Runs a case: what it wants, against what an assessment says."""

from __future__ import annotations

from typing import Any

import ntmrules
from tests.support.yaml_cases import Case


def check_wanted(case: Case, assessment: ntmrules.Assessment) -> None:
    """Compare verdicts, missing facts, gaps and findings with ``want``."""
    wanted: dict[str, Any] = dict(case["want"])
    missing = wanted.pop("missing", None)
    gaps = wanted.pop("gap", {})
    findings = wanted.pop("findings", [])
    got = {label: _verdict(assessment, label) for label in wanted}

    assert wanted == got, assessment.explain("en")
    if missing is not None:
        facts = {m.fact for m in assessment.missing if m.kind.name == "FACT"}
        assert set(missing) == facts
    for label, amount in gaps.items():
        gap = _result(assessment, label).gap
        assert gap is not None
        assert amount == gap.amount
    text = "\n".join(map(str, assessment.findings))
    for words in findings:
        assert str(words) in text


def _verdict(assessment: ntmrules.Assessment, label: str) -> str:
    if label == "verdict":
        return assessment.verdict.value
    verdict: ntmrules.Verdict = _result(assessment, label).verdict
    return verdict.value


def _result(assessment: ntmrules.Assessment, label: str) -> Any:
    for group in (assessment.criteria, assessment.preconditions):
        if label in group:
            return group[label]
        for criterion in group.values():
            if label in criterion.indicators:
                return criterion.indicators[label]
    raise AssertionError(f"no criterion or indicator {label}")
