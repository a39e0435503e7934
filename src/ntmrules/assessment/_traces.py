"""
Traces as JSON, each provision once.

Steps name units by their place in the list ``units``, and provisions that are
referred to by their place in the list ``referenced``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ntmrules.assessment._json import (
    Json,
    Object,
    attestation_json,
    date_json,
    given_json,
    reason_json,
    text_json,
    unit_json,
    value_json,
)
from ntmrules.assessment._results import doubt_of, one_line, requirement_text
from ntmrules.evaluate.trace import (
    ConditionStep,
    CriterionTrace,
    IndicatorTrace,
    MemberStep,
    ProvisionTrace,
    RulesetTrace,
    Step,
    ValueStep,
)
from ntmrules.model import expressions as e
from ntmrules.model.unit import Unit
from ntmrules.source import Span
from ntmrules.verdict import Tally


Trace = RulesetTrace | ProvisionTrace

NODES: Mapping[type, str] = MappingProxyType(
    {
        e.Constant: "constant",
        e.FactValue: "fact",
        e.Defined: "definition",
        e.Delegated: "delegated",
        e.CurrentYear: "year",
        e.GrantedYear: "granted",
        e.Negative: "negative",
        e.Arithmetic: "arithmetic",
        e.AtYear: "at",
        e.Function: "function",
        e.CountOf: "count of",
        e.Aggregate: "aggregate",
        e.ThresholdOf: "threshold of",
        e.Lookup: "table",
        e.IsTrue: "boolean",
        e.Comparison: "comparison",
        e.Between: "between",
        e.Not: "not",
        e.AllOf: "all of",
        e.AnyOf: "any of",
        e.If: "if",
        e.Holds: "holds",
        e.Meets: "meets",
        e.ProvisionVerdict: "provision",
        e.Quantified: "quantified",
        e.Choice: "choice",
        e.CriteriaChoice: "criteria",
    }
)
"""What each kind of expression is called."""


class TraceWriter:
    """Writes traces, gathering the units and provisions they refer to."""

    def __init__(self, whole: RulesetTrace) -> None:
        self._units: dict[int, int] = {}
        self._texts: dict[int, str] = {}
        self._unit_list: list[Unit] = []
        self._places: dict[int, Object] = {}
        self._waiting: list[tuple[Trace, str]] = []
        self._at = 0
        self._ruleset = whole.ruleset.id
        self._own = whole.ruleset
        self.unit(whole.unit)
        for group, traces in (
            ("preconditions", whole.preconditions),
            ("criteria", whole.criteria),
        ):
            for trace in traces:
                label = trace.criterion.label
                self._places[id(trace)] = {group: label}
                for inner in trace.indicators:
                    at: Object = {group: label, "indicator": inner.indicator.label}
                    self._places[id(inner)] = at

    def unit(self, unit: Unit) -> int:
        """Give the place of a unit in the list of units."""
        at = self._units.setdefault(id(unit), len(self._unit_list))
        if at == len(self._unit_list):
            self._unit_list.append(unit)
        return at

    def units(self) -> list[Json]:
        """Give the units met so far, the assessed one first."""
        return [unit_json(unit) for unit in self._unit_list]

    def referenced(self) -> list[Json]:
        """Give the provisions referred to, and what they refer to in turn."""
        found: list[Json] = []
        while self._at < len(self._waiting):
            trace, ruleset = self._waiting[self._at]
            self._at += 1
            before, self._ruleset = self._ruleset, ruleset
            found.append(self._whole(trace))
            self._ruleset = before
        return found

    def _place(self, trace: Trace, ruleset: str) -> Json:
        """Say where a trace is written, and see to it that it is."""
        key = id(trace)
        if key not in self._places:
            self._places[key] = {"referenced": len(self._waiting)}
            self._waiting.append((trace, ruleset))
        return dict(self._places[key])

    # Provisions.

    def _whole(self, trace: Trace) -> Object:
        base: Object = {"ruleset": self._ruleset, "unit": self.unit(trace.unit)}
        match trace:
            case RulesetTrace():
                return {
                    "kind": "ruleset",
                    **base,
                    "version": date_json(trace.ruleset.start),
                    "as_of": date_json(trace.date),
                    "verdict": trace.verdict.value,
                    "preconditions": [
                        self._place(one, self._ruleset) for one in trace.preconditions
                    ],
                    "criteria": [
                        self._place(one, self._ruleset) for one in trace.criteria
                    ],
                    "when": self.step(trace.when),
                }
            case CriterionTrace():
                indicators: list[Json] = [
                    self._place(one, self._ruleset) for one in trace.indicators
                ]
                criterion = self.criterion(trace)
                return {
                    "kind": "criterion",
                    **base,
                    **criterion,
                    "indicators": indicators,
                }
            case IndicatorTrace():
                return {"kind": "indicator", **base, **self.indicator(trace)}

    def criterion(self, trace: CriterionTrace) -> Object:
        """Write a criterion without its indicators."""
        return {
            "label": trace.criterion.label,
            "name": text_json(trace.criterion.name),
            "verdict": trace.verdict.value,
            "computed": trace.computed.value,
            "recorded": attestation_json(trace.recorded),
            "reason": reason_json(trace.reason),
            **self._set_by(trace.criterion.span),
            "applies": self.step(trace.applies),
            "passes": self.step(trace.passes),
        }

    def indicator(self, trace: IndicatorTrace) -> Object:
        """Write an indicator."""
        unverified, doubt = trace.unverified_verdict, doubt_of(trace)
        return {
            "label": trace.indicator.label,
            "name": text_json(trace.indicator.name),
            "verdict": trace.verdict.value,
            "computed": trace.computed.value,
            "recorded": attestation_json(trace.recorded),
            "reason": reason_json(trace.reason),
            "unverified": None if doubt is None else text_json(doubt),
            "unverified_verdict": None if unverified is None else unverified.value,
            "requirement": requirement_text(trace.indicator),
            **self._set_by(trace.indicator.span),
            "applies": self.step(trace.applies),
            "trace": self.step(trace.requirement),
        }

    def _set_by(self, span: Span | None) -> Object:
        """Name the layer that set something, of a ruleset that builds on another."""
        layer = None if span is None else self._own.set_by(span)
        if layer is None or self._own.base is None:
            return {}
        instrument = layer.basis.number
        return {"set_by": {"ruleset": layer.id, "instrument": instrument}}

    # Steps.

    def step(self, step: Step | None) -> Json:
        """Write a step and all below it."""
        if step is None:
            return None
        base: Object = {
            "node": NODES[type(step.node)],
            "text": self._text(step.node),
            "unit": self.unit(step.unit),
            "year": step.year,
        }
        if isinstance(step, ValueStep):
            return {"kind": "value", **base, **self._value(step)}
        return {"kind": "condition", **base, **self._condition(step)}

    def _text(self, node: e.Expression) -> str:
        """Quote an expression; the same one stands in every member."""
        key = id(node)
        if key not in self._texts:
            self._texts[key] = one_line(node.span)
        return self._texts[key]

    def _value(self, step: ValueStep) -> Object:
        value, node = step.value, step.node
        bounds: Json = None
        if step.bounds is not None:
            least, most = step.bounds
            bounds = {"least": least, "most": most}
        return {
            "value": None if value is None else value_json(value, step.node.type),
            "not_applicable": step.not_applicable,
            "reason": reason_json(step.reason),
            "origin": step.origin.value,
            **(self._set_by(node.set_at) if isinstance(node, e.Delegated) else {}),
            "given": given_json(step.given),
            "bounds": bounds,
            "steps": [self.step(inner) for inner in step.steps],
        }

    def _condition(self, step: ConditionStep) -> Object:
        provision: Json = None
        if step.provision is not None:
            name = getattr(step.node, "ruleset", None)
            provision = self._place(step.provision, name or self._ruleset)
        return {
            "verdict": step.verdict.value,
            "reason": reason_json(step.reason),
            "steps": [self.step(inner) for inner in step.steps],
            "members": [self._member(member) for member in step.members],
            "tally": _tally(step.tally),
            "provision": provision,
        }

    def _member(self, member: MemberStep) -> Object:
        return {
            "unit": self.unit(member.unit),
            "year": member.year,
            "where": self.step(member.where),
            "predicate": self.step(member.predicate),
        }


def _tally(tally: Tally | None) -> Json:
    if tally is None:
        return None
    return {
        "met": tally.met,
        "not_met": tally.not_met,
        "unknown": tally.unknown,
        "maybe_met": tally.maybe_met,
        "maybe_not_met": tally.maybe_not_met,
        "maybe_unknown": tally.maybe_unknown,
        "open": tally.open,
    }
