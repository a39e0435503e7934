"""Runs a case: what it wants, against what an assessment says."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

import attrs

from ntmrules import api
from ntmrules.assessment import Assessment, CriterionResult, IndicatorResult
from ntmrules.diagnostics import Diagnostic
from ntmrules.diagnostics.words import VERDICTS
from ntmrules.errors import NtmRulesError
from ntmrules.model.ruleset import Ruleset
from ntmrules.testing._cases import WHOLE, Case, WantedError
from ntmrules.text import Fill, Text
from ntmrules.verdict import Verdict


DATE = datetime.date(2024, 12, 31)
"""The assessment date of a case that gives none, where the ruleset is in force."""

Result = CriterionResult | IndicatorResult


@attrs.frozen
class Problem:
    """
    What a case wants and did not get.

    Attributes:
        text: It, in a sentence.
        values: What fills the sentence.
        result: What came out instead, of which the reasons can be told.
    """

    text: Text
    values: Mapping[str, Fill] = attrs.field(factory=dict)
    result: Result | None = attrs.field(default=None, eq=False)


@attrs.frozen
class Outcome:
    """
    What became of a case.

    Attributes:
        ruleset: What was applied, if it could be loaded.
        assessment: What it came to, if it came to anything.
        problems: What it wants and did not get; empty if it passed.
        diagnostics: Why it could not be run, if it could not.
    """

    case: Case
    ruleset: Ruleset | None
    assessment: Assessment | None
    problems: tuple[Problem, ...]
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether it got all it wants."""
        return not self.problems and not self.diagnostics


def run(case: Case, ruleset: Ruleset) -> Outcome:
    """Assess the unit of a case, and compare."""
    assert case.unit is not None, "a case that wants verdicts has a unit"
    try:
        assessment = api.evaluate(ruleset, case.unit, as_of=date_of(case, ruleset))
    except NtmRulesError as error:
        return Outcome(case, ruleset, None, (), error.diagnostics)
    return Outcome(case, ruleset, assessment, tuple(_problems(case, assessment)))


def date_of(case: Case, ruleset: Ruleset) -> datetime.date:
    """Give the date of a case: its own, its unit's, or one within the dates."""
    return case.date or (DATE if ruleset.in_force(DATE) else ruleset.start)


def failed(case: Case, diagnostics: Sequence[Diagnostic]) -> Outcome:
    """Give the outcome of a case whose ruleset cannot be used."""
    return Outcome(case, None, None, (), tuple(diagnostics))


def find_result(assessment: Assessment, label: str) -> Result | None:
    """Find a criterion, precondition or indicator by its label."""
    for group in (assessment.criteria, assessment.preconditions):
        if label in group:
            return group[label]
        for criterion in group.values():
            if label in criterion.indicators:
                return criterion.indicators[label]
    return None


def _problems(case: Case, assessment: Assessment) -> Iterator[Problem]:
    for label, wanted in case.want.items():
        if label == WHOLE:
            if wanted is not assessment.verdict:
                yield _other(_OTHER_WHOLE, "", wanted, assessment.verdict)
            continue
        result = find_result(assessment, label)
        if result is None:
            yield Problem(_NO_LABEL, {"label": label})
        elif result.verdict is not wanted:
            yield _other(_OTHER, label, wanted, result.verdict, result)
    if case.missing is not None:
        facts = {one.fact for one in assessment.missing if one.kind.name == "FACT"}
        if facts != case.missing:
            values = {"wanted": _names(case.missing), "found": _names(facts)}
            yield Problem(_OTHER_MISSING, values)
    yield from _gaps(case, assessment)
    told = "\n".join(map(str, assessment.findings))
    for words in case.findings:
        if words not in told:
            yield Problem(_NO_FINDING, {"words": words})


def _gaps(case: Case, assessment: Assessment) -> Iterator[Problem]:
    for label, wanted in case.gaps.items():
        result = find_result(assessment, label)
        gap = None if result is None else result.gap
        if gap is None or gap.amount != wanted:
            found = "—" if gap is None else str(gap.amount)
            values: dict[str, Fill] = {
                "label": label,
                "wanted": str(wanted),
                "found": found,
            }
            yield Problem(_OTHER_GAP, values)


def check_told(case: Case, told: Sequence[Diagnostic], before: int) -> Outcome:
    """
    Compare what a text with a mistake was told with what the case wants.

    Args:
        case: A case that wants errors.
        told: What the text was told.
        before: How many lines of it are not the case's own.
    """
    problems = tuple(
        Problem(_NOT_TOLD, {"stage": wanted.stage, "words": ", ".join(wanted.mentions)})
        for wanted in case.errors
        if not any(_matches(one, wanted, before) for one in told)
    )
    return Outcome(case, None, None, problems)


def _matches(found: Diagnostic, wanted: WantedError, before: int) -> bool:
    if found.code.stage != wanted.stage:
        return False
    line = wanted.line
    if line is not None and (found.span is None or found.span.line != line + before):
        return False
    return all(words in str(found) for words in wanted.mentions)


def _other(
    text: Text,
    label: str,
    wanted: Verdict,
    found: Verdict,
    result: Result | None = None,
) -> Problem:
    values: dict[str, Fill] = {
        "label": label,
        "wanted": VERDICTS[wanted],
        "found": VERDICTS[found],
    }
    return Problem(text, values, result)


def _names(names: frozenset[str] | set[str]) -> str:
    return ", ".join(sorted(names)) or "—"


_OTHER = Text(
    "{label}: wanted {wanted}, got {found}", "{label}: muốn {wanted}, được {found}"
)
_OTHER_WHOLE = Text(
    "the verdict: wanted {wanted}, got {found}", "kết luận: muốn {wanted}, được {found}"
)
_NO_LABEL = Text(
    "there is no criterion or indicator {label}",
    "không có tiêu chí hay chỉ tiêu {label}",
)
_OTHER_MISSING = Text(
    "missing: wanted {wanted}, got {found}", "còn thiếu: muốn {wanted}, được {found}"
)
_OTHER_GAP = Text(
    "the gap of {label}: wanted {wanted}, got {found}",
    "khoảng cách của {label}: muốn {wanted}, được {found}",
)
_NO_FINDING = Text("no finding says `{words}`", "không phát hiện nào nói `{words}`")
_NOT_TOLD = Text(
    "nothing of stage {stage} is told with {words}",
    "không báo lỗi nào ở khâu {stage} có {words}",
)
