"""The results of an assessment, one for each provision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

import attrs

from ntmrules.assessment._gap import Gap
from ntmrules.assessment._missing import Missing
from ntmrules.evaluate.trace import (
    Cause,
    ConditionStep,
    CriterionTrace,
    IndicatorTrace,
    ProvisionTrace,
    Reason,
    RulesetTrace,
    Step,
)
from ntmrules.model.ruleset import Attested, Indicator
from ntmrules.model.unit import Attestation
from ntmrules.source import Span
from ntmrules.text import Text
from ntmrules.tree import Tree
from ntmrules.verdict import Verdict


class Further:
    """
    What else can be said of the parts of one assessment, each worked out once.

    What does it is imported when it is first asked for: verdicts do not need it.
    """

    __slots__ = ("_accept_unverified", "_gap", "_missing", "_whole")

    def __init__(self, whole: RulesetTrace, *, accept_unverified: bool) -> None:
        self._whole = whole
        self._accept_unverified = accept_unverified
        self._gap: Callable[[ProvisionTrace], Gap | None] | None = None
        self._missing: (
            Callable[[RulesetTrace | ProvisionTrace], tuple[Missing, ...]] | None
        ) = None

    def gap(self, trace: ProvisionTrace) -> Gap | None:
        """Say what it would take, if it is not met and that can be said exactly."""
        if self._gap is None:
            from ntmrules.assessment._gaps import Gaps

            self._gap = Gaps().trace
        return self._gap(trace)

    def missing(self, trace: RulesetTrace | ProvisionTrace) -> tuple[Missing, ...]:
        """Tell what could still change the verdict; nothing when it is decided."""
        if self._missing is None:
            from ntmrules.assessment._search import Search

            search = Search(self._whole, accept_unverified=self._accept_unverified)
            self._missing = search.missing
        return self._missing(trace)


_NOT_MET, _UNKNOWN = Verdict.NOT_MET, Verdict.UNKNOWN


@attrs.frozen(repr=False, eq=False)
class IndicatorResult(Tree):
    """
    What an indicator came to.

    Attributes:
        trace: Every operand with its value, origin and verdict.
    """

    trace: IndicatorTrace
    _further: Further = attrs.field(repr=False, eq=False)

    @property
    def label(self) -> str:
        """Its label, such as ``14.1``."""
        return self.trace.indicator.label

    @property
    def names(self) -> Text:
        """Its name in both languages."""
        return self.trace.indicator.name

    @property
    def name(self) -> str:
        """Its name in Vietnamese."""
        return self.names.vi

    @property
    def verdict(self) -> Verdict:
        """Its verdict."""
        return self.trace.verdict

    @property
    def computed(self) -> Verdict:
        """What the facts alone say."""
        return self.trace.computed

    @property
    def recorded(self) -> Attestation | None:
        """The attestation that decided it, if one did."""
        return self.trace.recorded

    @property
    def reason(self) -> Text | None:
        """Why it is unknown, when it is its own doing."""
        return None if self.trace.reason is None else self.trace.reason.text

    @property
    def unverified(self) -> str:
        """Why its figure is not law yet, in Vietnamese; ``""`` when it is."""
        doubt = self.unverified_text
        return "" if doubt is None else doubt.vi

    @property
    def unverified_text(self) -> Text | None:
        """Why its figure is not law yet, in both languages."""
        return doubt_of(self.trace)

    @property
    def unverified_verdict(self) -> Verdict | None:
        """Of an unverified figure: what it would say."""
        return self.trace.unverified_verdict

    @property
    def requirement_text(self) -> str:
        """The requirement as the ruleset writes it, on one line."""
        return requirement_text(self.trace.indicator)

    @property
    def gap(self) -> Gap | None:
        """What it would take, if it is not met and that can be said exactly."""
        if self.trace.verdict is not _NOT_MET:
            return None
        return self._further.gap(self.trace)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What could still change its verdict; nothing when it is decided."""
        if self.trace.verdict is not _UNKNOWN:
            return ()
        return self._further.missing(self.trace)


@attrs.frozen
class CriterionResult:
    """
    What a criterion or precondition came to.

    Attributes:
        trace: Every operand with its value, origin and verdict.
        indicators: Its indicators by label, in the order of the file.  One that holds
            its requirement itself has one indicator, with its own label.
    """

    trace: CriterionTrace
    indicators: Mapping[str, IndicatorResult] = attrs.field(repr=False)
    _further: Further = attrs.field(repr=False, eq=False)

    @property
    def label(self) -> str:
        """Its label, such as ``14`` or ``K1``."""
        return self.trace.criterion.label

    @property
    def names(self) -> Text:
        """Its name in both languages."""
        return self.trace.criterion.name

    @property
    def name(self) -> str:
        """Its name in Vietnamese."""
        return self.names.vi

    @property
    def verdict(self) -> Verdict:
        """Its verdict."""
        return self.trace.verdict

    @property
    def computed(self) -> Verdict:
        """What the facts alone say."""
        return self.trace.computed

    @property
    def recorded(self) -> Attestation | None:
        """The attestation that decided it, if one did."""
        return self.trace.recorded

    @property
    def reason(self) -> Text | None:
        """Why it is unknown, when it is its own doing."""
        return None if self.trace.reason is None else self.trace.reason.text

    @property
    def gap(self) -> Gap | None:
        """What it would take, if it is not met and that can be said exactly."""
        if self.trace.verdict is not _NOT_MET:
            return None
        return self._further.gap(self.trace)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What could still change its verdict; nothing when it is decided."""
        if self.trace.verdict is not _UNKNOWN:
            return ()
        return self._further.missing(self.trace)


def results_of(
    traces: Iterable[CriterionTrace], further: Further
) -> Mapping[str, CriterionResult]:
    """Give the results of criteria or preconditions by label, with all inside."""
    results = {}
    for trace in traces:
        inside = {
            one.indicator.label: IndicatorResult(one, further)
            for one in trace.indicators
        }
        label = trace.criterion.label
        results[label] = CriterionResult(trace, MappingProxyType(inside), further)
    return MappingProxyType(results)


def doubt_of(trace: IndicatorTrace) -> Text | None:
    """Say why a figure of an indicator is not law yet, if it is not."""
    why = trace.indicator.unverified
    if why:
        return Text(why, why)
    if trace.unverified_verdict is None:
        return None
    reason = next(_unverified_cells(trace.requirement), trace.reason)
    return _SOME_FIGURE if reason is None else reason.text


_SOME_FIGURE = Text("a figure is unverified", "có mức chưa kiểm chứng")


def _unverified_cells(step: Step | None) -> Iterator[Reason]:
    if step is None:
        return
    if step.reason is not None and step.reason.cause is Cause.UNVERIFIED_CELL:
        yield step.reason
    for inner in step.steps:
        yield from _unverified_cells(inner)
    for member in step.members if isinstance(step, ConditionStep) else ():
        yield from _unverified_cells(member.predicate)


def requirement_text(indicator: Indicator) -> str:
    """Give the requirement as the ruleset writes it, on one line."""
    requirement = indicator.requirement
    if isinstance(requirement, Attested):
        from ntmrules.keywords import as_in  # its table waits until text is told

        words = "attested by" if requirement.by else "attested"
        return f"{as_in(requirement.span.file.text, words)} {requirement.by}".strip()
    return one_line(requirement.span)


def one_line(span: Span) -> str:
    """Give the author's words without comments, on one line."""
    lines = (line.split("#", 1)[0] for line in span.text.splitlines())
    return " ".join(" ".join(lines).split())
