"""
Finding the gap of a trace: what it would take to turn *not met* into *met*.

A condition under ``not`` has to become *not met* instead; the walk carries which of
the two is wanted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

import attrs

from ntmrules.assessment._gap import Gap, GapKind, Near
from ntmrules.assessment._reach import (
    NEGATED,
    Range,
    as_number,
    distance,
    wanted,
)
from ntmrules.assessment._words import CONDITIONS, CRITERIA, YEARS, Words, counted
from ntmrules.evaluate.trace import (
    ConditionStep,
    CriterionTrace,
    IndicatorTrace,
    ProvisionTrace,
    RulesetTrace,
    Step,
    ValueStep,
)
from ntmrules.exact import MIRRORED, Exact, ceiling, quotient
from ntmrules.model import expressions as e
from ntmrules.model.types import CountType
from ntmrules.text import Text
from ntmrules.verdict import Bound, Tally, Verdict


Trace = RulesetTrace | ProvisionTrace


def gap_of_step(step: ConditionStep, *, met: bool = True) -> Gap | None:
    """Say what it would take for a condition to be *met*, or not to be."""
    return Gaps().condition(step, met=met)


class Gaps:
    """The gaps of one assessment: it looks into each provision once."""

    def __init__(self) -> None:
        self._found: dict[int, Gap | None] = {}

    def trace(self, trace: Trace) -> Gap | None:
        """
        Say what it would take for a ruleset, criterion or indicator to be met.

        `None` unless it is *not met* and something exact can be said.
        """
        if trace.verdict is not Verdict.NOT_MET:
            return None
        key = id(trace)
        if key not in self._found:
            self._found[key] = self._trace(trace)
        return self._found[key]

    def _trace(self, trace: Trace) -> Gap | None:
        match trace:
            case RulesetTrace():
                if trace.when is not None:
                    return self.condition(trace.when, met=True)
                return self._provisions((*trace.preconditions, *trace.criteria))
            case _ if trace.recorded is not None:
                return None
            case CriterionTrace() if trace.criterion.holds_its_requirement:
                return self.trace(trace.indicators[0])
            case CriterionTrace():
                if trace.passes is not None:
                    return self.condition(trace.passes, met=True)
                return self._provisions(trace.indicators)
            case IndicatorTrace():
                return self.condition(trace.requirement, met=True)

    def _provisions(self, traces: Iterable[ProvisionTrace]) -> Gap | None:
        gaps = [
            _about(self.trace(trace), _title(trace))
            for trace in traces
            if trace.verdict is Verdict.NOT_MET
        ]
        return _together(gaps)

    def condition(self, step: Step | None, *, met: bool) -> Gap | None:
        """Look into a condition that has the other verdict than is wanted."""
        if not isinstance(step, ConditionStep):
            return None
        if step.verdict is not (Verdict.NOT_MET if met else Verdict.MET):
            return None
        node = step.node
        match node:
            case e.Comparison():
                return _of_comparison(node, step, met=met)
            case e.Between() if met:
                return _of_between(step)
            case e.Not():
                return self.condition(step.steps[0], met=not met)
            case e.Defined():
                return self.condition(step.steps[0], met=met)
            case e.AllOf() | e.AnyOf():
                every = isinstance(node, e.AllOf) is met
                gaps = self._operands(step.steps, met=met)
                return _together(gaps) if every else _cheapest(gaps)
            case e.If():
                return self._if(step, met=met)
            case e.Meets() | e.ProvisionVerdict():
                return self._reference(step, met=met)
            case e.Choice() | e.CriteriaChoice():
                return self._choice(node, step, met=met)
            case e.Quantified():
                return self._quantified(node, step, met=met)
            case _:
                return None

    def _operands(self, steps: Iterable[Step], *, met: bool) -> list[Gap | None]:
        """Give the gaps of the operands that have the other verdict."""
        other = Verdict.NOT_MET if met else Verdict.MET
        return [
            _about(self.condition(step, met=met), subject(step))
            for step in steps
            if isinstance(step, ConditionStep) and step.verdict is other
        ]

    def _if(self, step: ConditionStep, *, met: bool) -> Gap | None:
        """Through the branch that was taken; with none taken, nothing exact."""
        test, then, otherwise = step.steps
        verdict = test.verdict if isinstance(test, ConditionStep) else None
        if verdict is Verdict.MET:
            return self.condition(then, met=met)
        if verdict is Verdict.NOT_MET:
            return self.condition(otherwise, met=met)
        return None

    def _reference(self, step: ConditionStep, *, met: bool) -> Gap | None:
        if step.provision is None:
            return None
        if met:
            return self.trace(step.provision)
        if isinstance(step.provision, IndicatorTrace):
            return self.condition(step.provision.requirement, met=False)
        return None

    def _choice(
        self, node: e.Choice | e.CriteriaChoice, step: ConditionStep, *, met: bool
    ) -> Gap | None:
        if step.tally is None:  # "any of criteria"
            gaps = self._operands(step.steps, met=met)
            return _cheapest(gaps) if met else _together(gaps)
        way = _way(node.quantity, step.tally, met=met)
        if way is None:
            return None
        gaps = self._operands(step.steps, met=not way.fewer)
        if way.number == len(gaps) and not step.tally.unknown:
            return _together(gaps)
        if way.number == 1 and not way.fewer:
            return _cheapest(gaps)
        words = CRITERIA if isinstance(node, e.CriteriaChoice) else CONDITIONS
        return Gap(
            way.number,
            words.plural,
            GapKind.CONDITIONS,
            fewer=way.fewer,
            undecided=step.tally.unknown,
            alternatives=_sorted(gaps),
            words=words,
            effort=quotient(way.number, max(step.tally.sure, 1)),
        )

    def _quantified(
        self, node: e.Quantified, step: ConditionStep, *, met: bool
    ) -> Gap | None:
        tally = step.tally
        way = None if tally is None else _way(node.quantity, tally, met=met)
        if tally is None or way is None:
            return None
        words = _members(node)
        return Gap(
            way.number,
            words.plural,
            GapKind.UNITS,
            fewer=way.fewer,
            at_least=tally.open or tally.maybe > 0,
            undecided=tally.unknown + tally.maybe_unknown,
            closest=partial(self._closest, step, met=not way.fewer),
            words=words,
            effort=quotient(way.number, max(tally.sure, 1)),
        )

    def _closest(self, step: ConditionStep, *, met: bool) -> tuple[Near, ...]:
        other = Verdict.NOT_MET if met else Verdict.MET
        found = [
            Near(m.unit, m.year, self.condition(m.predicate, met=met))
            for m in step.members
            if isinstance(m.predicate, ConditionStep)
            and m.predicate.verdict is other
            and _belongs(m.where)
        ]
        return tuple(sorted(found, key=lambda near: _cost(near.gap)))


def _belongs(where: Step | None) -> bool:
    return not isinstance(where, ConditionStep) or where.verdict is Verdict.MET


def _members(node: e.Quantified) -> Words:
    if isinstance(node.collection, e.Years):
        return YEARS
    return counted(node.collection.level)


@attrs.frozen
class _Way:
    """So many more, or fewer, members have to be met."""

    number: int
    fewer: bool


def _way(quantity: e.Quantity, tally: Tally, *, met: bool) -> _Way | None:
    """
    Tell how many members have to change, at least, for a quantity to hold, or not to.

    Members that may belong count where that makes it easier.
    """
    more, fewer = tally.met + tally.maybe_met, tally.met
    if quantity.number is not None:
        limit, short_of = quantity.number, quantity.number - 1
        beyond = quantity.number + 1
    else:
        upwards = (quantity.bound is Bound.AT_LEAST) is met
        number = tally.sure + (tally.maybe_met if upwards else tally.maybe_not_met)
        wanted_ = quotient(quantity.part * number, quantity.whole)
        floor = wanted_.numerator // wanted_.denominator
        limit = ceiling(wanted_) if quantity.bound is Bound.AT_LEAST else floor
        short_of, beyond = ceiling(wanted_) - 1, floor + 1
    low = high = None
    match quantity.bound:
        case Bound.AT_LEAST:
            low, high = (limit, None) if met else (None, short_of)
        case Bound.AT_MOST:
            low, high = (None, limit) if met else (beyond, None)
        case Bound.EXACTLY:
            low, high = (limit, limit) if met else (None, None)
    if low is not None and more < low:
        return _Way(low - more, fewer=False)
    if high is not None and fewer > high >= 0:
        return _Way(fewer - high, fewer=True)
    return None


def _of_comparison(node: e.Comparison, step: ConditionStep, *, met: bool) -> Gap | None:
    left, right = step.steps
    if not isinstance(left, ValueStep) or not isinstance(right, ValueStep):
        return None
    sign = node.operator if met else NEGATED[node.operator]
    if fixed(node.left) and not fixed(node.right):
        left, right, sign = right, left, MIRRORED[sign]
    range_ = wanted(sign, right.value)
    if range_ is None or left.value is None:
        return None
    return distance(left, range_)


def _of_between(step: ConditionStep) -> Gap | None:
    middle, *ends = step.steps
    numbers = [as_number(s.value) for s in ends if isinstance(s, ValueStep)]
    if not isinstance(middle, ValueStep) or middle.value is None:
        return None
    low, high = numbers
    if low is not None and high is not None and low > high:
        return None
    return distance(middle, Range(low, high))


def fixed(node: e.Expression) -> bool:
    """Tell whether a value is the rule's or of the past, not the unit's to move."""
    match e.plain(node):
        case e.FactValue():  # what nearly every comparison has on its left
            return False
        case e.Constant() | e.Lookup() | e.ThresholdOf() | e.CurrentYear():
            return True
        case e.AtYear() | e.GrantedYear():
            return True
        case e.Arithmetic() | e.Negative() | e.Function() as inner:
            return all(fixed(operand) for operand in e.children(inner))
        case _:
            return False


def _together(gaps: Sequence[Gap | None]) -> Gap | None:
    """Join the gaps of what has to be met all at once."""
    if len(gaps) == 1:
        return gaps[0]
    parts = tuple(gap for gap in gaps if gap is not None)
    if not parts:
        return None
    effort: Exact = len(gaps) - len(parts)
    for part in parts:
        effort += part.effort
    return Gap(
        len(gaps),
        CONDITIONS.plural,
        GapKind.CONDITIONS,
        parts=parts,
        words=CONDITIONS,
        effort=effort,
    )


def _cheapest(gaps: Sequence[Gap | None]) -> Gap | None:
    """Give the gap that takes least, the others as its alternatives."""
    if len(gaps) == 1:
        return gaps[0]
    single = {(way.about, way): way for gap in gaps for way in _ways(gap)}
    ways = _sorted([*single.values()])
    return ways[0].with_alternatives(ways[1:]) if ways else None


def _ways(gap: Gap | None) -> Iterator[Gap]:
    """Take a choice apart, so that a choice of choices is one."""
    if gap is None or gap.kind is GapKind.CONDITIONS:
        yield from () if gap is None else (gap,)
        return
    yield gap.with_alternatives(()) if gap.alternatives else gap
    yield from gap.alternatives


def _sorted(gaps: Sequence[Gap | None]) -> tuple[Gap, ...]:
    return tuple(sorted((gap for gap in gaps if gap is not None), key=_cost))


def _cost(gap: Gap | None) -> tuple[bool, Exact]:
    return (gap is None, 0 if gap is None else gap.effort)


def _about(gap: Gap | None, about: Text | None) -> Gap | None:
    return gap if gap is None or about is None else gap.named(about)


def _title(trace: ProvisionTrace) -> Text:
    shown = trace.criterion if isinstance(trace, CriterionTrace) else trace.indicator
    label, name = shown.label, shown.name
    return Text(f"{label} {name.en}", f"{label} {name.vi}")


def subject(step: Step) -> Text | None:
    """Name what a condition is about: its fact, its members, or its provision."""
    node = step.node
    match e.plain(node):
        case e.Comparison() as inner:
            return _value_subject(inner.left) or _value_subject(inner.right)
        case e.Between() as inner:
            return _value_subject(inner.value)
        case e.Quantified(collection=e.Collection() as collection):
            return collection.level.label
        case e.Not() | e.Defined():
            return subject(step.steps[0]) if step.steps else None
        case e.ProvisionVerdict() if isinstance(step, ConditionStep):
            provision = step.provision
            if provision is None or isinstance(provision, RulesetTrace):
                return None
            return _title(provision)
        case _:
            return None


def _value_subject(node: e.Expression) -> Text | None:
    match e.plain(node):
        case e.FactValue() as inner:
            return inner.fact.label
        case e.CountOf() as inner if isinstance(inner.type, CountType):
            return inner.noun.label
        case e.AtYear() | e.Negative() | e.Arithmetic() | e.Function() as inner:
            found = (_value_subject(operand) for operand in e.children(inner))
            return next((label for label in found if label is not None), None)
        case _:
            return None
