"""Preconditions, criteria and indicators as lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from ntmrules.assessment import _phrases as p
from ntmrules.assessment._absence import missing_text, reasons
from ntmrules.assessment._conditions import ConditionTeller, is_compound
from ntmrules.assessment._line import Line, LineKind, Style, line, signed
from ntmrules.assessment._members import verdict_of
from ntmrules.assessment._missing import Missing
from ntmrules.assessment._results import CriterionResult, IndicatorResult
from ntmrules.assessment._speech import Speech
from ntmrules.diagnostics.words import VERDICTS
from ntmrules.evaluate.trace import Step
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Attested
from ntmrules.model.unit import Attestation
from ntmrules.source import Span
from ntmrules.text import Text
from ntmrules.verdict import Verdict


@attrs.frozen
class ProvisionTeller:
    """
    Tells provisions, each with its reasons below it.

    Attributes:
        record: The record that was told at the top, and need not be told again.
        later: What is missing and named in full at the end.
    """

    speech: Speech
    accept_unverified: bool
    record: str = ""
    later: frozenset[Missing] = frozenset()

    @property
    def _conditions(self) -> ConditionTeller:
        return ConditionTeller(self.speech)

    def criterion(self, result: CriterionResult, kind: LineKind) -> Iterator[Line]:
        """Tell a criterion or precondition, with its indicators."""
        if result.trace.criterion.holds_its_requirement:
            (indicator,) = result.indicators.values()
            yield from self._indicator(indicator, kind, 0)
            return
        yield self._headline(result, kind, 0, "")
        trace = result.trace
        yield from self._set_by(trace.criterion.span, 2)
        if result.recorded is not None:
            # What was judged as a whole has no need of its parts that are open.
            yield from self._recorded(result.recorded, 2)
            for indicator in result.indicators.values():
                if indicator.verdict is not Verdict.UNKNOWN:
                    yield from self._indicator(indicator, LineKind.INDICATOR, 1)
            return
        yield from self._applies(trace.applies, 2)
        yield from self._passes(trace.passes)
        told: set[Missing] = set()
        for indicator in result.indicators.values():
            yield from self._indicator(indicator, LineKind.INDICATOR, 1)
            told.update(indicator.missing)
        rest = (one for one in result.missing if one not in told)
        yield from self._missing(rest, 2, result.label)

    def _applies(self, step: Step | None, depth: int) -> Iterator[Line]:
        """Tell whether it applies, without the signs of what must be met."""
        if step is None:
            return
        if is_compound(step) or verdict_of(step) is Verdict.UNKNOWN:
            yield from self._optional(p.APPLIES_WHEN, step, depth)
            return
        text = self._conditions.head(step, named=True)
        text = f"{self.speech.say(p.APPLIES_WHEN)}: {text}"
        yield line(LineKind.CONDITION, depth, text, Style.MUTED)

    def _passes(self, step: Step | None) -> Iterator[Line]:
        """Tell when it passes; what refers to its indicators alone in one line."""
        if step is None or not _only_references(step.node):
            yield from self._optional(p.PASSES_WHEN, step, 2)
            return
        text = self.speech.expression(step.node)
        text = f"{self.speech.say(p.PASSES_WHEN)}: {text}"
        verdict = verdict_of(step)
        yield signed(LineKind.CONDITION, 2, verdict, (Style.PLAIN, text))

    def _optional(self, phrase: Text, step: Step | None, depth: int) -> Iterator[Line]:
        if step is None:
            return
        speech = self.speech
        yield from self._conditions.lines(step, depth, lead=f"{speech.say(phrase)}:")
        yield from self._reasons(step, depth)

    def _indicator(
        self, result: IndicatorResult, kind: LineKind, depth: int
    ) -> Iterator[Line]:
        trace = result.trace
        yield self._headline(result, kind, depth, self._summary(result))
        below = depth + 2
        yield from self._set_by(trace.indicator.span, below)
        yield from self._applies(trace.applies, below)
        yield from self._unverified(result, below)
        if trace.requirement is not None:
            if result.verdict is not Verdict.NOT_APPLICABLE:
                yield from self._conditions.below(trace.requirement, below)
            if result.recorded is None:
                yield from self._reasons(trace.requirement, below)
        if result.recorded is not None:
            yield from self._recorded(result.recorded, below)
        if result.recorded is None:
            yield from self._missing(result.missing, below, result.label)

    def _set_by(self, span: Span, depth: int) -> Iterator[Line]:
        """Say who set a provision, unless that is what all else builds on."""
        *_, lowest = self.speech.whole.ruleset.layers()
        text = self.speech.set_by(span)
        if text and span.file is not lowest.span.file:
            yield line(LineKind.NOTE, depth, f"({text})", Style.MUTED)

    def _summary(self, result: IndicatorResult) -> str:
        """Tell the requirement in one line."""
        requirement = result.trace.indicator.requirement
        if isinstance(requirement, Attested):
            if requirement.by:
                return self.speech.say(p.ATTESTED_BY, who=requirement.by)
            return self.speech.say(p.ATTESTED)
        step, applies = result.trace.requirement, result.trace.applies
        if result.recorded is not None:
            return ""  # the record says it, where the figures leave it open
        outside = {Verdict.NOT_MET, Verdict.NOT_APPLICABLE}
        if step is None or verdict_of(applies) in outside:
            return ""
        return self._conditions.head(step, named=is_compound(step))

    def _headline(
        self,
        result: CriterionResult | IndicatorResult,
        kind: LineKind,
        depth: int,
        summary: str,
    ) -> Line:
        name = self.speech.say(result.names)
        parts = [
            (Style.LABEL, result.label),
            (Style.STRONG if depth == 0 else Style.PLAIN, f" {name}"),
        ]
        if summary:
            parts.append((Style.PLAIN, f": {summary}"))
        if self._is_like_others(result.recorded):
            text = self.speech.say(p.RECORDED_LIKE_OTHERS)
            parts.append((Style.MUTED, f" ({text})"))
        return signed(kind, depth, result.verdict, *parts)

    def _is_like_others(self, recorded: Attestation | None) -> bool:
        """Tell whether a record was told at the top."""
        if recorded is None or not self.record:
            return False
        return record_text(recorded, self.speech) == self.record

    def _recorded(self, recorded: Attestation, depth: int) -> Iterator[Line]:
        if not self._is_like_others(recorded):
            details = record_text(recorded, self.speech)
            text = self.speech.say(p.RECORDED, details=details)
            yield line(LineKind.RECORDED, depth, f"({text})", Style.MUTED)

    def _unverified(self, result: IndicatorResult, depth: int) -> Iterator[Line]:
        verdict, why = result.unverified_verdict, result.unverified_text
        if why is None or verdict is None:
            return
        if result.recorded is not None and verdict is Verdict.UNKNOWN:
            return  # the record decides, and the figure would not
        if verdict is result.verdict is Verdict.NOT_APPLICABLE:
            return  # no figure is looked at
        if self.accept_unverified:
            text = self.speech.say(p.UNVERIFIED_COUNTS, why=why)
        else:
            text = self.speech.say(p.UNVERIFIED, why=why, verdict=VERDICTS[verdict])
        yield line(LineKind.UNVERIFIED, depth, f"({text})", Style.WARNING)

    def _reasons(self, step: Step, depth: int) -> Iterator[Line]:
        for reason in reasons(step, self.speech):
            text = self.speech.say(p.REASON, reason=reason)
            yield line(LineKind.REASON, depth, text, Style.UNKNOWN)

    def _missing(
        self, missing: Iterable[Missing], depth: int, own: str
    ) -> Iterator[Line]:
        what = missing_text(missing, self.speech, own, self.later)
        if what:
            text = self.speech.say(p.LACKS, what=what)
            yield line(LineKind.MISSING, depth, text, Style.UNKNOWN)


def record_text(recorded: Attestation, speech: Speech) -> str:
    """Say who recorded a verdict, when, and in which document."""
    details = [recorded.by] if recorded.by else []
    if recorded.on is not None:
        details.append(speech.date(recorded.on))
    if recorded.document:
        details.append(recorded.document)
    return ", ".join(details) or speech.say(p.NO_DETAILS)


def _only_references(node: e.Expression) -> bool:
    """Tell whether a condition joins indicators of the same ruleset alone."""
    match e.plain(node):
        case e.ProvisionVerdict() as inner:
            return inner.ruleset is None
        case e.AllOf() | e.AnyOf() | e.Choice() as inner:
            return all(_only_references(one) for one in inner.operands)
        case _:
            return False
