"""
Formulas as z3 reads them; the only importer of z3.

Figures are whole numbers or reals within what a unit may give, no floats.  A list has
two items here, and what cannot be looked into is simply true or not: good enough to
propose units, which is all that is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import attrs
import z3  # type: ignore[import-untyped]  # it has no stubs

from ntmrules.analysis._domain import is_whole, least, most
from ntmrules.analysis._formula import (
    Branch,
    Counted,
    Every,
    Flag,
    Formula,
    Guarded,
    Key,
    Known,
    Leaf,
    Reverse,
    Some,
    Test,
    number_of,
    parts_of,
)
from ntmrules.analysis._reading import key_of
from ntmrules.analysis._realise import Proposal, value_of
from ntmrules.evaluate.trace import ConditionStep, ValueStep
from ntmrules.exact import COMPARISONS
from ntmrules.model import expressions as e
from ntmrules.model.types import (
    AmountType,
    EnumType,
    Listed,
    ListType,
    ShareType,
    Type,
)
from ntmrules.model.vocabulary import Vocabulary
from ntmrules.verdict import Bound, Verdict


Term = Any  # z3 has no types

_ITEMS = 2
_DIGITS_OF_A_PERCENT = 2


class UnfitError(Exception):
    """Something that z3 cannot be asked."""


@attrs.frozen(eq=False)
class _Verdict:
    """When a formula is met, and when it does not apply; else it is not met."""

    met: Term
    empty: Term

    @property
    def failed(self) -> Term:
        return z3.And(z3.Not(self.met), z3.Not(self.empty))


class Question:
    """Whether a unit can be that one formula accepts and another one does not."""

    def __init__(self, new: Formula, old: Formula, vocabulary: Vocabulary) -> None:
        self._context = z3.Context()
        self._solver = z3.Solver(ctx=self._context)
        self._round = z3.Bool("round", self._context)
        self._flags: dict[Key, tuple[Leaf, Term]] = {}
        self._figures: dict[Key, tuple[ValueStep, Term]] = {}
        self._lists: dict[Key, tuple[ValueStep, tuple[Term, ...]]] = {}
        mine, theirs = self._formula(new), self._formula(old)
        self._solver.add(z3.Or(mine.met, mine.empty), theirs.failed)
        titles = {
            str(key[1]): t for key, (_, t) in self._flags.items() if key[0] == "title"
        }
        for title, term in titles.items():
            for below in vocabulary.implied(title):
                if below in titles:
                    self._solver.add(z3.Implies(term, titles[below]))

    def ask(self, milliseconds: int) -> tuple[Proposal | bool, int]:
        """
        Ask for a unit that was not proposed before.

        Returns:
            A proposal, or whether there certainly is none, for z3; and the time it
            took, in thousandths of a second.
        """
        # Round figures first: people are to look at them.
        answer, took = self._check(-(-milliseconds // 2), self._round)
        if answer != z3.sat:
            answer, more = self._check(milliseconds - took)
            took += more
        if answer != z3.sat:
            return answer == z3.unsat, took
        model = self._solver.model()
        terms = [term for _, term in self._flags.values()]
        terms += [term for _, term in self._figures.values()]
        terms += [term for _, items in self._lists.values() for term in items]
        found = {term: model.eval(term, model_completion=True) for term in terms}
        self._solver.add(z3.Or([term != value for term, value in found.items()]))
        return self._proposal(found), took

    def _check(self, milliseconds: int, *assumed: Term) -> tuple[Term, int]:
        self._solver.set("timeout", max(milliseconds, 1))
        answer = self._solver.check(*assumed)
        statistics = self._solver.statistics()
        took = 1
        if "time" in statistics.keys():  # noqa: SIM118 - z3's, no mapping
            took += int(statistics.get_key_value("time") * 1000)
        return answer, took

    def _proposal(self, found: dict[Term, Term]) -> Proposal:
        flags = {key: z3.is_true(found[term]) for key, (_, term) in self._flags.items()}
        figures = [
            (step, value_of(_fraction(found[term]), e.plain(step.node).type))
            for step, term in self._figures.values()
        ]
        for step, items in self._lists.values():
            kind = step.node.type
            assert isinstance(kind, ListType)
            values = (value_of(_fraction(found[item]), kind.item) for item in items)
            figures.append((step, Listed(tuple(("", value) for value in values))))  # type: ignore[misc]  # no list in a list
        return Proposal(flags, tuple(figures))

    # Formulas.

    def _formula(self, formula: Formula) -> _Verdict:
        never = z3.BoolVal(val=False, ctx=self._context)
        match formula:
            case Known():
                if formula.settled is Verdict.UNKNOWN:
                    raise UnfitError
                met = formula.settled is Verdict.MET
                empty = formula.settled is Verdict.NOT_APPLICABLE
                return _Verdict(
                    z3.BoolVal(met, ctx=self._context),
                    z3.BoolVal(empty, ctx=self._context),
                )
            case Test():
                left = self._value(formula.step)
                limit = self._number(formula.limit)
                return _Verdict(COMPARISONS[formula.sign](left, limit), never)
            case Flag():
                return _Verdict(self._flag(formula), never)
            case Guarded():
                applies, inner = map(self._formula, parts_of(formula))
                met = z3.And(applies.met, inner.met)
                return _Verdict(met, z3.Or(z3.Not(applies.met), inner.empty))
            case Reverse():
                inner = self._formula(formula.part)
                return _Verdict(inner.failed, inner.empty)
            case Branch():
                return self._branch(*map(self._formula, parts_of(formula)))
            case Every() | Some() | Counted():
                return self._joined(formula, list(map(self._formula, formula.parts)))

    def _branch(self, test: _Verdict, then: _Verdict, other: _Verdict) -> _Verdict:
        both_met = z3.And(then.met, other.met)
        same = z3.Or(both_met, z3.And(then.failed, other.failed))
        met = z3.If(test.empty, both_met, z3.If(test.met, then.met, other.met))
        empty = z3.If(
            test.empty, z3.Not(same), z3.If(test.met, then.empty, other.empty)
        )
        return _Verdict(met, empty)

    def _joined(
        self, formula: Every | Some | Counted, parts: list[_Verdict]
    ) -> _Verdict:
        if not parts:
            raise UnfitError
        any_met = z3.Or([part.met for part in parts])
        any_failed = z3.Or([part.failed for part in parts])
        empty = z3.And([part.empty for part in parts])
        match formula:
            case Every():
                return _Verdict(z3.And(any_met, z3.Not(any_failed)), empty)
            case Some():
                return _Verdict(any_met, empty)
            case Counted():
                return self._counted(formula.quantity, parts, empty)

    def _counted(
        self, quantity: e.Quantity, parts: list[_Verdict], empty: Term
    ) -> _Verdict:
        one, none = z3.IntVal(1, self._context), z3.IntVal(0, self._context)
        met = z3.Sum([z3.If(part.met, one, none) for part in parts])
        if quantity.number is not None:
            never = z3.BoolVal(val=False, ctx=self._context)
            return _Verdict(_bounded(quantity.bound, met, quantity.number), never)
        there = z3.Sum([z3.If(part.empty, none, one) for part in parts])
        reached = _bounded(quantity.bound, met * quantity.whole, there * quantity.part)
        return _Verdict(z3.And(z3.Not(empty), reached), empty)

    def _flag(self, flag: Flag) -> Term:
        step = flag.step
        if flag.key[0] == "delegated":
            raise UnfitError
        if isinstance(step, ConditionStep) and isinstance(step.node, e.Comparison):
            left, right = self._values(step.steps)
            return COMPARISONS[step.node.operator](left, right)
        if isinstance(step, ConditionStep) and isinstance(step.node, e.Between):
            middle, low, high = self._values(step.steps)
            return z3.And(middle >= low, middle <= high)
        if flag.key not in self._flags:
            term = z3.Bool(f"flag {len(self._flags)}", self._context)
            self._flags[flag.key] = (flag, term)
        return self._flags[flag.key][1]

    # Values.

    def _number(self, number: Fraction) -> Term:
        return z3.RealVal(f"{number.numerator}/{number.denominator}", self._context)

    def _values(self, steps: Iterable[object]) -> list[Term]:
        return [self._value(step) for step in steps if isinstance(step, ValueStep)]

    def _value(self, step: ValueStep) -> Term:
        node = step.node
        if step.value is not None:
            number = number_of(step.value, node.type)
            if number is None:
                raise UnfitError
            return self._number(number)
        match node:
            case e.Defined():
                return self._values(step.steps)[0]
            case e.AtYear() if len(step.steps) > 1:
                return self._values(step.steps)[0]
            case e.Negative():
                return -self._values(step.steps)[0]
            case e.Arithmetic():
                return self._arithmetic(node.operator, *self._values(step.steps))
            case e.Function():
                return self._function(step, node)
            case _:
                return self._figure(step)

    def _arithmetic(self, operator: str, left: Term, right: Term) -> Term:
        match operator:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case _:
                self._solver.add(right != 0)
                return left / right

    def _figure(self, step: ValueStep) -> Term:
        """Give what stands for a figure of the unit, or for what is not looked into."""
        key = key_of(step)
        if key not in self._figures:
            term = self._fresh(e.plain(step.node), f"figure {len(self._figures)}")
            self._figures[key] = (step, term)
        return self._figures[key][1]

    def _fresh(self, node: e.Expression, name: str) -> Term:
        kind = node.type
        ranks = len(kind.enum.cases) if isinstance(kind, EnumType) else None
        whole = is_whole(node) or ranks is not None
        bare = z3.Int(name, self._context) if whole else z3.Real(name, self._context)
        term = z3.ToReal(bare) if whole else bare
        if not whole:
            unit = self._number(_round_unit(kind))
            self._solver.add(z3.Implies(self._round, z3.IsInt(term / unit)))
        low, high = least(node), most(node)
        if low is not None:
            self._solver.add(term >= self._number(low))
        if high is not None or ranks is not None:
            end = high if ranks is None else Fraction(ranks - 1)
            assert end is not None
            self._solver.add(term <= self._number(end))
        return term

    def _function(self, step: ValueStep, node: e.Function) -> Term:
        given = [x for x in step.steps if isinstance(x, ValueStep)]
        if isinstance(given[0].node.type, ListType):
            return self._of_list(given[0], node.name)
        inner = [self._value(x) for x in given]
        match node.name:
            case "abs":
                return z3.If(inner[0] >= 0, inner[0], -inner[0])
            case "ratio":
                self._solver.add(inner[1] != 0)
                return inner[0] / inner[1]
            case "rounded":
                digits = node.digits
                if isinstance(node.type, ShareType):
                    digits += _DIGITS_OF_A_PERCENT
                scale = self._number(Fraction(10) ** digits)
                size = z3.If(inner[0] >= 0, inner[0], -inner[0]) * scale
                whole = z3.ToReal(z3.ToInt(size + self._number(Fraction(1, 2))))
                return z3.If(inner[0] >= 0, whole, -whole) / scale
            case _:
                raise UnfitError

    def _of_list(self, step: ValueStep, function: str) -> Term:
        if not isinstance(e.plain(step.node), e.FactValue):
            raise UnfitError
        key = key_of(step)
        if key not in self._lists:
            names = [f"item {len(self._lists)} {number}" for number in range(_ITEMS)]
            items = tuple(self._fresh(e.plain(step.node), name) for name in names)
            self._lists[key] = (step, items)
        first, second = self._lists[key][1]
        match function:
            case "min":
                return z3.If(first <= second, first, second)
            case "max":
                return z3.If(first >= second, first, second)
            case "sum":
                return first + second
            case "average":
                return (first + second) / self._number(Fraction(_ITEMS))
            case _:
                return self._number(Fraction(_ITEMS))


def _round_unit(kind: Type) -> Fraction:
    """Give what round figures of a type are multiples of."""
    match kind:
        case ListType():
            return _round_unit(kind.item)
        case ShareType():
            return Fraction(1, 1000)
        case AmountType():
            return Fraction(kind.measure.scale)
        case _:
            return Fraction(1, 10)


def _bounded(bound: Bound, found: Term, wanted: Term) -> Term:
    match bound:
        case Bound.AT_LEAST:
            return found >= wanted
        case Bound.AT_MOST:
            return found <= wanted
        case _:
            return found == wanted


def _fraction(value: Term) -> Fraction:
    if z3.is_algebraic_value(value):
        value = value.approx(10)
    return Fraction(value.numerator_as_long(), value.denominator_as_long())
