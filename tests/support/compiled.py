"""The verdicts of an assessment and of a compiled ruleset, side by side."""

from __future__ import annotations

from ntmrules import Assessment, Verdict, Verdicts


def of_assessment(assessment: Assessment) -> dict[str, Verdict]:
    """Give every verdict of an assessment."""
    found = {"": assessment.verdict}
    for group in (assessment.preconditions, assessment.criteria):
        for label, criterion in group.items():
            found[f"criterion {label}"] = criterion.verdict
            for inner, indicator in criterion.indicators.items():
                found[f"indicator {inner}"] = indicator.verdict
    return found


def of_program(verdicts: Verdicts) -> dict[str, Verdict]:
    """Give every verdict of a program."""
    found = {"": verdicts.verdict}
    for criteria in (verdicts.preconditions, verdicts.criteria):
        found |= {f"criterion {label}": one for label, one in criteria.items()}
    inner = verdicts.indicators.items()
    return found | {f"indicator {label}": one for label, one in inner}
