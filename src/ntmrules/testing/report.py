"""Tells what became of cases: as lines, as JSON, as JUnit XML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from ntmrules.assessment import CriterionResult, IndicatorResult
from ntmrules.assessment._speech import Speech
from ntmrules.diagnostics import render_plain
from ntmrules.diagnostics.words import VERDICTS
from ntmrules.testing._coverage import Seen
from ntmrules.testing._figure import figure
from ntmrules.testing._mutation import Mutation
from ntmrules.testing._run import Outcome, Problem
from ntmrules.text import Language, Text
from ntmrules.verdict import Verdict


def failure(outcome: Outcome, language: Language) -> Iterator[str]:
    """Tell a case that failed: where it stands, what it wants, and the figures."""
    case = outcome.case
    yield f"{case.span.file.name}:{case.span.line}: {case.id}: {case.note}"
    for diagnostic in outcome.diagnostics:
        yield f"    {render_plain(diagnostic, language)}"
    for problem in outcome.problems:
        yield f"  {problem.text.fill(language, problem.values)}"
        for line in _figures(outcome, problem, language):
            yield f"    {line}"


def _figures(outcome: Outcome, problem: Problem, language: Language) -> Iterator[str]:
    if problem.result is None or outcome.assessment is None:
        return
    speech = Speech(language, outcome.assessment.trace)
    for result in _indicators(problem.result):
        if (
            isinstance(problem.result, CriterionResult)
            and len(problem.result.indicators) > 1
        ):
            verdict = speech.say(VERDICTS[result.verdict])
            yield f"{result.label}: {verdict}"
        if result.reason is not None:
            yield speech.say(result.reason)
        yield from figure(result, speech)


def _indicators(result: CriterionResult | IndicatorResult) -> list[IndicatorResult]:
    if isinstance(result, IndicatorResult):
        return [result]
    return list(result.indicators.values())


def as_document(outcomes: Sequence[Outcome], seen: Sequence[Seen]) -> dict[str, object]:
    """Give everything as what JSON can hold."""
    return {
        "passed": sum(outcome.passed for outcome in outcomes),
        "failed": sum(not outcome.passed for outcome in outcomes),
        "cases": [_case(outcome) for outcome in outcomes],
        "coverage": [_seen(one) for one in seen],
    }


def _case(outcome: Outcome) -> dict[str, object]:
    case, ruleset = outcome.case, outcome.ruleset
    return {
        "file": case.span.file.name,
        "line": case.span.line,
        "id": case.id,
        "note": case.note,
        "ruleset": None if ruleset is None else ruleset.id,
        "passed": outcome.passed,
        "problems": [
            {
                "message": problem.text.fill(Language.EN, problem.values),
                "message_vi": problem.text.fill(Language.VI, problem.values),
            }
            for problem in outcome.problems
        ],
        "diagnostics": [str(diagnostic) for diagnostic in outcome.diagnostics],
    }


def _seen(seen: Seen) -> dict[str, object]:
    return {
        "ruleset": seen.ruleset.id,
        "from": seen.ruleset.start.isoformat(),
        "indicator": seen.label,
        "cases": {verdict.value: list(ids) for verdict, ids in seen.cases.items()},
        "unseen": [verdict.value for verdict in seen.unseen],
    }


def as_junit(outcomes: Sequence[Outcome], language: Language) -> str:
    """Give everything as the XML that continuous integration reads."""
    root = ET.Element("testsuites", name="ntmrules")
    files: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        files.setdefault(outcome.case.span.file.name, []).append(outcome)
    for name, inside in files.items():
        failures = sum(not outcome.passed for outcome in inside)
        suite = ET.SubElement(
            root,
            "testsuite",
            name=name,
            tests=str(len(inside)),
            failures=str(failures),
            errors="0",
        )
        for outcome in inside:
            case = outcome.case
            node = ET.SubElement(
                suite,
                "testcase",
                classname=case.ruleset or name,
                name=case.id,
                file=name,
                line=str(case.span.line),
            )
            if not outcome.passed:
                told = "\n".join(failure(outcome, language))
                message = told.splitlines()[1].strip()
                ET.SubElement(node, "failure", message=message).text = told
    ET.indent(root)
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f"{head}\n{ET.tostring(root, encoding='unicode')}"


def as_mutation(mutation: Mutation) -> dict[str, object]:
    """Give the changes that no case noticed as what JSON can hold."""
    return {
        "tried": mutation.tried,
        "survivors": [
            {
                "file": mutant.change.span.file.name,
                "line": mutant.change.span.line,
                "column": mutant.change.span.column,
                "ruleset": mutant.ruleset.id,
                "label": mutant.label,
                "before": mutant.change.before,
                "after": mutant.change.after,
            }
            for mutant in mutation.survivors
        ],
    }


def survivors(mutation: Mutation) -> Iterator[str]:
    """List the changes that no case noticed, a line each, the place first."""
    for mutant in mutation.survivors:
        change = mutant.change
        label = f" {mutant.label}:" if mutant.label else ""
        yield f"{change.span}:{label} {change.before} → {change.after}"


_UNSEEN = Text("{label}: no case wants {verdicts}", "{label}: chưa ca nào {verdicts}")


def unseen(seen: Sequence[Seen], language: Language) -> Iterator[str]:
    """List what no case looks at, ruleset by ruleset."""
    before = None
    for one in seen:
        if not one.unseen:
            continue
        if one.ruleset is not before:
            yield f"{one.ruleset.id} ({one.ruleset.start})"
            before = one.ruleset
        verdicts = ", ".join(VERDICTS[v].fill(language, {}) for v in one.unseen)
        yield "  " + _UNSEEN.fill(language, {"label": one.label, "verdicts": verdicts})


def table(seen: Sequence[Seen], language: Language) -> Iterator[str]:
    """List every indicator with the cases that want each verdict."""
    before = None
    for one in seen:
        if one.ruleset is not before:
            yield f"{one.ruleset.id} ({one.ruleset.start})"
            before = one.ruleset
        yield f"  {one.label}"
        for verdict in Verdict:
            if ids := one.cases[verdict]:
                said = VERDICTS[verdict].fill(language, {})
                yield f"    {said}: {', '.join(ids)}"
