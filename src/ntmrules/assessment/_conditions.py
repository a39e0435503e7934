"""Conditions as lines: what was found, what is wanted, what it would take."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

import attrs

from ntmrules.assessment import _phrases as p
from ntmrules.assessment._counting import criteria_text, quantified_text
from ntmrules.assessment._gaps import fixed, gap_of_step
from ntmrules.assessment._line import Line, LineKind, Style, line, signed
from ntmrules.assessment._members import verdict_of
from ntmrules.assessment._origins import operands, origins
from ntmrules.assessment._reach import NEGATED
from ntmrules.assessment._speech import SIGNS, Speech
from ntmrules.diagnostics.words import VERDICTS
from ntmrules.evaluate.trace import (
    Cause,
    ConditionStep,
    RulesetTrace,
    Step,
    ValueStep,
)
from ntmrules.exact import MIRRORED
from ntmrules.model import expressions as e
from ntmrules.verdict import Verdict


_COMPOUND = e.AllOf | e.AnyOf | e.Choice | e.If
_FIGURES = e.Comparison | e.Between | e.IsTrue | e.Holds | e.Not


def opened(step: Step) -> Step:
    """Look through definitions, and into the branch that was taken."""
    while step.steps:
        if isinstance(step.node, e.Defined):
            step = step.steps[0]
            continue
        taken = _taken(step)
        if taken is None:
            break
        step = taken
    return step


def _taken(step: Step) -> Step | None:
    """Give the branch of a condition that was chosen by what is known."""
    if not isinstance(step.node, e.If) or not isinstance(step, ConditionStep):
        return None
    test, then, otherwise = step.steps
    chosen = {Verdict.MET: then, Verdict.NOT_MET: otherwise}
    return chosen.get(verdict_of(test))


def is_compound(step: Step) -> bool:
    """Tell whether a condition takes several lines."""
    step = opened(step)
    if isinstance(step.node, e.Not) and step.steps:
        # Of a figure the opposite is said at once.
        inner = opened(step.steps[0])
        return is_compound(inner) or not isinstance(inner.node, _FIGURES)
    return isinstance(step.node, _COMPOUND)


def _doubted(step: ValueStep) -> e.Constant | None:
    """Find the unverified figure of a table that left a value unknown."""
    node, reason = e.plain(step.node), step.reason
    if reason is None or reason.cause is not Cause.UNVERIFIED_CELL:
        return None
    if not isinstance(node, e.Lookup):
        return None
    text = reason.values["figure"]
    cells = (cell for cell in node.cells.values() if cell is not None)
    return next((cell for cell in cells if cell.text == text), None)


@attrs.frozen
class ConditionTeller:
    """Tells conditions, each with its operands below it."""

    speech: Speech

    def lines(self, step: Step, depth: int, *, lead: str = "") -> Iterator[Line]:
        """Tell a condition and all below it, each with its sign."""
        step = opened(step)
        if not isinstance(step, ConditionStep):
            return
        text = self.head(step, named=True)
        text = f"{lead} {text}" if lead else text
        verdict = step.verdict
        yield signed(LineKind.CONDITION, depth, verdict, (Style.PLAIN, text))
        yield from self.below(step, depth + 1)

    def below(self, step: Step, depth: int) -> Iterator[Line]:
        """Tell what stands below the first line of a condition."""
        step = opened(step)
        if not isinstance(step, ConditionStep):
            return
        node = step.node
        if not is_compound(step):
            gap = gap_of_step(step)
            if gap is not None:
                text = gap.text(self.speech.language)
                yield line(LineKind.GAP, depth, text, Style.GAP)
            return
        match node:
            case e.Not():
                yield from self.lines(step.steps[0], depth)
            case e.If():
                yield from self._branches(step, depth)
            case _:
                for operand in step.steps:
                    yield from self.lines(operand, depth)

    def _branches(self, step: ConditionStep, depth: int) -> Iterator[Line]:
        """Tell the branch that was taken; both when none could be chosen."""
        test, then, otherwise = step.steps
        verdict = verdict_of(test)
        if is_compound(test):
            yield from self.lines(test, depth)
        if verdict is not Verdict.NOT_MET:
            yield from self.lines(then, depth, lead=self.speech.say(p.THEN))
        if verdict is not Verdict.MET:
            yield from self.lines(otherwise, depth, lead=self.speech.say(p.ELSE))

    # The first line.

    def head(self, step: Step, *, named: bool, wanted: bool = True) -> str:
        """Tell a condition in one line; *named* says what it is about."""
        # The name of an indicator is not that of the branch that was taken.
        named = named or isinstance(e.plain(step.node), e.If)
        step = opened(step)
        if not isinstance(step, ConditionStep):
            return ""
        node = step.node
        match node:
            case e.Comparison() if len(step.steps) == 2:
                return self._comparison(node, step, named=named, wanted=wanted)
            case e.Between() if len(step.steps) == 3:
                return self._between(node, step, named=named, wanted=wanted)
            case e.IsTrue() if step.steps:
                return self._truth(step, named=named, wanted=wanted)
            case e.Holds():
                return self._holding(node, step, wanted=wanted)
            case e.Quantified():
                return quantified_text(node, step, self.speech)
            case e.Not() if not is_compound(step) and step.steps:
                return self.head(step.steps[0], named=named, wanted=not wanted)
            case e.CriteriaChoice():
                return criteria_text(node, step, self.speech)
            case e.Meets() | e.ProvisionVerdict():
                return self._reference(node, step)
            case _ if step.steps:
                return self._compound(node, step)
            case _:
                return self.speech.expression(node)

    def _named(self, name: str, text: str, *, named: bool) -> str:
        return self.speech.say(p.NAMED, name=name, value=text) if named else text

    def _comparison(
        self, node: e.Comparison, step: ConditionStep, *, named: bool, wanted: bool
    ) -> str:
        left, right = step.steps
        sign = node.operator if wanted else NEGATED[node.operator]
        if fixed(node.left) and not fixed(node.right):
            left, right, sign = right, left, MIRRORED[sign]
        if not isinstance(left, ValueStep) or not isinstance(right, ValueStep):
            return self.speech.expression(node)
        found = self.value(left, right)
        limit = self.value(right, left, kind_of=left, formula=True)
        text = self.speech.say(p.REQUIRED, value=found, wanted=f"{SIGNS[sign]} {limit}")
        if right.not_applicable:
            text = self.speech.say(p.NOT_REQUIRED, value=found, limit=limit)
        named = named or not isinstance(e.plain(left.node), e.FactValue)
        return self._named(self.speech.expression(left.node), text, named=named)

    def _between(
        self, node: e.Between, step: ConditionStep, *, named: bool, wanted: bool
    ) -> str:
        value, low, high = (s for s in step.steps if isinstance(s, ValueStep))
        range_ = self.speech.say(
            p.BETWEEN,
            low=self.value(low, value, kind_of=value),
            high=self.value(high, value, kind_of=value),
        )
        if not wanted:
            range_ = self.speech.say(p.NOT, condition=range_)
        found = self.value(value, low, high)
        text = self.speech.say(p.REQUIRED, value=found, wanted=range_)
        named = named or not isinstance(e.plain(node.value), e.FactValue)
        return self._named(self.speech.expression(node.value), text, named=named)

    def _truth(self, step: ConditionStep, *, named: bool, wanted: bool) -> str:
        value = step.steps[0]
        if not isinstance(value, ValueStep):
            return ""
        text = self.value(value)
        if value.value is not wanted:
            answer = self.speech.say(p.YES if wanted else p.NO)
            text = self.speech.say(p.REQUIRED, value=text, wanted=answer)
        return self._named(self.speech.expression(value.node), text, named=named)

    def value(
        self,
        step: ValueStep,
        *rivals: ValueStep,
        kind_of: ValueStep | None = None,
        formula: bool = False,
        named: bool = False,
    ) -> str:
        """
        Tell a value, where it comes from, and what it was made of.

        It is told in the unit of *kind_of*; of a limit the *formula* is told too.
        With *named* its name stands before it already.
        """
        speech = self.speech
        if step.not_applicable:
            return _joined(speech.say(p.DASH), [*origins(step, speech)])
        formula = formula and not isinstance(e.plain(step.node), _SAY_THEMSELVES)
        if step.value is None:
            text = self._unknown(step)
            if formula:
                formula, text = False, f"{speech.expression(step.node)} ({text})"
        else:
            kind = step.node.type
            if kind_of is not None and type(kind_of.node.type) is type(kind):
                kind = kind_of.node.type
            others = (rival.value for rival in rivals)
            text = speech.value(step.value, kind, *others)
        details = [*origins(step, speech)]
        if named:
            details = [d for d in details if d != speech.expression(step.node)]
        if formula:
            details.insert(0, speech.expression(step.node))
        details += [
            speech.say(
                p.NAMED,
                name=speech.expression(operand.node),
                value=self.value(operand, named=True),
            )
            for operand in operands(step)
        ]
        return _joined(text, details)

    def _unknown(self, step: ValueStep) -> str:
        speech = self.speech
        doubted = _doubted(step)
        if doubted is not None:
            figure = speech.value(doubted.value, step.node.type)
            return speech.say(p.UNVERIFIED_FIGURE, figure=figure)
        if step.bounds is None:
            known = isinstance(e.plain(step.node), e.FactValue)
            return speech.say(p.NO_DATA if known else p.NO_VALUE)
        least, most = step.bounds
        if most is None:
            return speech.say(p.AT_LEAST_OF, number=least)
        return speech.say(p.BETWEEN, low=least, high=most)

    def _holding(self, node: e.Holds, step: ConditionStep, *, wanted: bool) -> str:
        speech = self.speech
        if step.verdict is Verdict.UNKNOWN:
            missing = step.unit.titles is None
            answer = speech.say(p.NO_RECORD if missing else p.NO_VALUE)
        else:
            answer = speech.say(p.YES if step.verdict is Verdict.MET else p.NO)
        record = (step.unit.titles or {}).get(node.title.name)
        if record is not None and step.verdict is Verdict.MET:
            granted = record.granted
            year = granted if isinstance(granted, int) else granted.year
            answer = speech.say(p.SINCE, verdict=answer, year=str(year))
        text = speech.say(p.HAS_TITLE, title=node.title.label, verdict=answer)
        if wanted:
            return text
        return speech.say(p.REQUIRED, value=text, wanted=speech.say(p.NO))

    def _compound(self, node: e.Expression, step: ConditionStep) -> str:
        speech = self.speech
        met = sum(verdict_of(operand) is Verdict.MET for operand in step.steps)
        number = len(step.steps)
        match node:
            case e.Not():
                return speech.say(p.NOT_THIS)
            case e.If():
                return self._if(step)
            case e.AnyOf():
                return speech.say(p.ONE_OF, number=number, met=met)
            case e.Choice():
                quantity = speech.quantity(node.quantity, "")
                return speech.say(
                    p.SO_MANY_OF, quantity=quantity, number=number, met=met
                )
            case _:
                return speech.say(p.EACH_OF, number=number, met=met)

    def _if(self, step: ConditionStep) -> str:
        test = opened(step.steps[0])
        verdict = verdict_of(test)
        answer = _ANSWERS.get(verdict, VERDICTS[verdict])
        condition = self.speech.expression(test.node)
        return self.speech.say(p.IF, condition=condition, answer=answer)

    def _reference(
        self, node: e.Meets | e.ProvisionVerdict, step: ConditionStep
    ) -> str:
        speech = self.speech
        what = speech.expression(node)
        if isinstance(step.provision, RulesetTrace):
            traces = step.provision.criteria
            met = sum(trace.verdict is Verdict.MET for trace in traces)
            of = sum(trace.verdict is not Verdict.NOT_APPLICABLE for trace in traces)
            what += f" ({speech.say(p.CRITERIA_MET, met=met, all=of)})"
        return speech.say(p.VERDICT_OF, what=what, verdict=VERDICTS[step.verdict])


def _joined(text: str, details: list[str]) -> str:
    """Put details in brackets, those that are there already if there are any."""
    if not details:
        return text
    more = "; ".join(details)
    return f"{text[:-1]}; {more})" if text.endswith(")") else f"{text} ({more})"


_ANSWERS = MappingProxyType({Verdict.MET: p.TRUE, Verdict.NOT_MET: p.UNTRUE})
_SAY_THEMSELVES = e.Constant | e.Lookup | e.ThresholdOf
