"""Values and expressions in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import attrs

from ntmrules.assessment import _phrases as p
from ntmrules.assessment._numbers import number_text, percent_text
from ntmrules.assessment._reach import as_number
from ntmrules.assessment._results import one_line
from ntmrules.assessment._words import counted, measured
from ntmrules.evaluate.trace import RulesetTrace
from ntmrules.exact import Exact, Share, decimal_text
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Instrument, Ruleset
from ntmrules.model.types import (
    AmountType,
    CountType,
    DateType,
    EnumType,
    Listed,
    ListType,
    Noun,
    ShareType,
    Type,
    Value,
    YearType,
)
from ntmrules.model.vocabulary import Level
from ntmrules.source import Span
from ntmrules.text import Fill, Language, Text, date_text
from ntmrules.verdict import Bound


SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "=": "=", "!=": "≠"}
_MOST_ITEMS = 6


@attrs.frozen
class Speech:
    """Writes values and expressions in one language."""

    language: Language
    whole: RulesetTrace

    def say(self, text: Text, **values: Fill) -> str:
        """Write a phrase, its holes filled."""
        return text.fill(self.language, values)

    # Values.

    def number(self, value: Exact, *rivals: Exact) -> str:
        """Write a number."""
        return number_text(value, self.language, *rivals)

    def date(self, date: datetime.date) -> str:
        """Write a date."""
        return date_text(date, self.language)

    def value(self, value: Value, kind: Type, *rivals: Value | None) -> str:
        """Write a value of a type, apart from the values it was compared with."""
        if isinstance(value, bool):
            return self.say(p.YES if value else p.NO)
        if isinstance(value, Share):
            return self._share(value, kind, rivals)
        match kind, value:
            case EnumType(), str():
                return self.say(kind.enum.label(value))
            case DateType(), datetime.date():
                return self.date(value)
            case YearType(), int():
                return decimal_text(value)
            case ListType(), Listed():
                return self._list(value, kind)
            case _:
                return self._figure(value, kind, rivals)

    def _figure(self, value: Value, kind: Type, rivals: Iterable[Value | None]) -> str:
        number = as_number(value)
        if number is None:
            return str(value)
        others = [other for r in rivals if (other := as_number(r)) is not None]
        match kind:
            case AmountType():
                measure = kind.measure
                scaled = [measure.per_unscaled(other) for other in others]
                words = measured(measure, self.whole.ruleset.vocabulary)
                unit = words.text(self.language, single=True)
                shown = self.number(measure.per_unscaled(number), *scaled)
                return f"{shown} {unit}"
            case CountType():
                return self.counted(number, kind.noun, *others)
            case _:
                return self.number(number, *others)

    def counted(self, number: Exact, noun: Noun | Level, *rivals: Exact) -> str:
        """Write a number with its noun, such as ``4.048 người``."""
        words = counted(noun).text(self.language, single=number == 1)
        return f"{self.number(number, *rivals)} {words}"

    def _share(self, share: Share, kind: Type, rivals: Iterable[Value | None]) -> str:
        others = [other for r in rivals if (other := as_number(r)) is not None]
        value = share.value
        percent = "" if value is None else percent_text(value, self.language, *others)
        if not share.counted:
            return percent
        parts = f"{self.number(share.part)}/{self.number(share.whole)}"
        noun = kind.noun if isinstance(kind, ShareType) else None
        if noun is not None:
            words = counted(noun).text(self.language, single=share.whole == 1)
            parts = f"{parts} {words}"
        return f"{percent} ({parts})" if percent else parts

    def _list(self, value: Listed, kind: ListType) -> str:
        shown = [
            f"{label}: {self.value(item, kind.item)}"
            if label
            else self.value(item, kind.item)
            for label, item in value.items[:_MOST_ITEMS]
        ]
        rest = len(value.items) - len(shown)
        if rest:
            shown.append(self.say(p.MORE_ITEMS, number=rest))
        return "; ".join(shown)

    # Names.

    def ruleset(self, name: str | None) -> str:
        """Name a ruleset that is referred to by its title."""
        if name is None:
            return self.say(self.whole.ruleset.name)
        found = find_ruleset(self.whole.ruleset, name)
        return name if found is None else self.say(found.name)

    def instrument(self, basis: Instrument) -> str:
        """Name a legal document: ``318/QĐ-TTg ngày 08/03/2022``."""
        text = basis.number
        if basis.dated is not None:
            text += self.say(p.DATED, date=self.date(basis.dated))
        if basis.issuer:
            text += self.say(p.ISSUED, issuer=basis.issuer)
        return text

    def set_by(self, span: Span) -> str:
        """Name the document that sets a figure; nothing where that is plain."""
        ruleset = self.whole.ruleset
        layer = ruleset.set_by(span)
        if layer is None or ruleset.base is None:
            return ""
        return self.say(p.SET_BY, instrument=self.instrument(layer.basis))

    def members(self, collection: e.Collection, *, single: bool = False) -> str:
        """Name the members of a collection: ``xã mà Nông thôn``."""
        words = counted(collection.level).text(self.language, single=single)
        if collection.where is None:
            return words
        condition = self.expression(collection.where)
        return self.say(p.WHERE, members=words, condition=condition)

    def quantity(self, quantity: e.Quantity, members: str) -> str:
        """Say how many are wanted."""
        if quantity.number is None:
            if quantity.bound is Bound.AT_LEAST and quantity.part == quantity.whole:
                return self.say(p.ALL)
            if quantity.bound is Bound.AT_MOST and quantity.part == 0:
                return self.say(p.NONE, members=members)
            share = Share(quantity.part, quantity.whole).value
            wanted = percent_text(share or 0, self.language)
        else:
            wanted = self.number(quantity.number)
        phrase = {
            Bound.AT_LEAST: p.AT_LEAST_OF,
            Bound.AT_MOST: p.AT_MOST_OF,
            Bound.EXACTLY: p.EXACTLY,
        }[quantity.bound]
        return self.say(phrase, number=wanted)

    # Expressions.

    def expression(self, node: e.Expression) -> str:
        """Put an expression in words; what has none is quoted from the ruleset."""
        match node:
            case e.Constant():
                return self.value(node.value, node.type)
            case e.FactValue():
                return self.say(node.fact.label)
            case e.Defined():
                return self.expression(node.expression)
            case e.Delegated():
                return self.say(node.label)
            case e.CurrentYear():
                return self.say(p.YEAR)
            case e.GrantedYear():
                return self.say(p.GRANTED, title=node.title.label)
            case e.Negative():
                return f"−{self._inner(node.operand)}"
            case e.Arithmetic():
                sign = {"*": "×", "-": "−"}.get(node.operator, node.operator)
                left, right = self._inner(node.left), self._inner(node.right)
                return f"{left} {sign} {right}"
            case e.AtYear():
                year = self.expression(node.year)
                if isinstance(e.plain(node.year), e.Constant):
                    year = self.say(p.THE_YEAR, year=year)
                return self.say(p.IN_YEAR, what=self._inner(node.value), year=year)
            case e.Function() if node.name == "ratio":
                return " / ".join(self._inner(one) for one in node.arguments)
            case e.Function():
                what = self.expression(node.arguments[0])
                return self.say(p.FUNCTIONS[node.name], what=what)
            case e.CountOf():
                return self.say(p.NUMBER_OF, members=self.members(node.collection))
            case e.Aggregate():
                what = self.expression(node.value)
                what = self.say(p.FUNCTIONS[node.function], what=what)
                return self.say(
                    p.OVER, what=what, members=self.members(node.collection)
                )
            case e.ThresholdOf():
                what = self.say(p.THRESHOLD_OF, label=node.label)
                return self._of_ruleset(what, node.ruleset)
            case e.Lookup():
                return self.say(p.BY_TABLE)
            case _:
                return self._condition(node)

    def _inner(self, node: e.Expression) -> str:
        text = self.expression(node)
        compound = isinstance(e.plain(node), e.Arithmetic | e.Negative)
        return f"({text})" if compound else text

    def _of_ruleset(self, what: str, name: str | None) -> str:
        if name is None:
            return what
        return self.say(p.OF_RULESET, what=what, ruleset=self.ruleset(name))

    def _condition(self, node: e.Expression) -> str:
        match node:
            case e.IsTrue():
                return self.expression(node.value)
            case e.Comparison():
                left, right = self._inner(node.left), self._inner(node.right)
                return f"{left} {SIGNS[node.operator]} {right}"
            case e.Between():
                low, high = self.expression(node.low), self.expression(node.high)
                range_ = self.say(p.BETWEEN, low=low, high=high)
                return f"{self.expression(node.value)} {range_}"
            case e.Not():
                return self.say(p.NOT, condition=self.expression(node.operand))
            case e.AllOf() | e.AnyOf():
                joint = self.say(p.AND if isinstance(node, e.AllOf) else p.OR_ELSE)
                return joint.join(self._operand(one) for one in node.operands)
            case e.Choice():
                return self.say(
                    p.ONE_OF_THESE,
                    quantity=self.quantity(node.quantity, ""),
                    conditions=", ".join(self.expression(o) for o in node.operands),
                )
            case e.Holds():
                return self.say(p.HOLDS, title=node.title.label)
            case e.Meets():
                return self.say(p.MEETS, ruleset=self.ruleset(node.ruleset))
            case e.ProvisionVerdict():
                return self.provision(node)
            case _:
                return f"`{one_line(node.span)}`"

    def _operand(self, node: e.Expression) -> str:
        text = self.expression(node)
        return f"({text})" if isinstance(e.plain(node), e.AllOf | e.AnyOf) else text

    def provision(self, node: e.ProvisionVerdict) -> str:
        """Name a criterion or indicator: ``tiêu chí 14``."""
        phrase = p.CRITERION if node.kind == "criterion" else p.INDICATOR
        return self._of_ruleset(self.say(phrase, label=node.label), node.ruleset)


def find_ruleset(ruleset: Ruleset, name: str) -> Ruleset | None:
    """Find a ruleset that is referred to, at any remove; the first version of it."""
    waiting, seen = [ruleset], set()
    while waiting:
        at_hand = waiting.pop(0)
        if at_hand.id == name:
            return at_hand
        for other, versions in at_hand.references.items():
            if other not in seen:
                seen.add(other)
                waiting.extend(versions)
    return None
