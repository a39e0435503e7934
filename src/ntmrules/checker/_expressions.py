"""
From the syntax of an expression to its meaning.

Source: language.md sections 3 to 7.
"""

from __future__ import annotations

from typing import assert_never

from ntmrules.checker import (
    _arithmetic,
    _conditions,
    _quantifiers,
    _references,
    _tables,
)
from ntmrules.checker._clash import adapt
from ntmrules.checker._clauses import date_of
from ntmrules.checker._figures import figure
from ntmrules.checker._names import unknown
from ntmrules.checker._scope import Scope, wants_condition
from ntmrules.checker._words import KINDS, case_kind, describe, quoted
from ntmrules.diagnostics import Diagnostic, Help, Sink, codes
from ntmrules.exact import Share, normal, read_number
from ntmrules.model import expressions as e
from ntmrules.model.types import (
    AmountType,
    Condition,
    CountType,
    DateType,
    EnumType,
    NumberType,
    ShareType,
    Type,
    YearType,
)
from ntmrules.model.vocabulary import Level
from ntmrules.source import Span
from ntmrules.syntax import MAX_DEPTH, MAX_TOKENS, nodes
from ntmrules.text import Fill, Text


_COMPARE = Text("compare it, such as `{text}`", "hãy so sánh, chẳng hạn `{text}`")
_IS_CASE = Text(
    "`{name}` is a case of `{enum}`: compare a fact with it",
    "`{name}` là một trường hợp của `{enum}`: hãy so sánh một số liệu với nó",
)
_COMPARE_CASE = Text(
    "`{name}` is a case of `{enum}`: compare a fact with it, such as `{fact} = {name}`",
    "`{name}` là một trường hợp của `{enum}`: hãy so sánh một số liệu với nó, chẳng hạn"
    " `{fact} = {name}`",
)
_LONGEST = 40
_CONDITIONS = (
    nodes.Comparison,
    nodes.Between,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Holds,
    nodes.Reference,
    nodes.Quantified,
    nodes.Choice,
    nodes.CriteriaChoice,
)

MOST_DEPTH = 2 * MAX_DEPTH
"""Each level of what was written takes at most two readings."""


class Reader(Scope):
    """Reads expressions on one level."""

    def within(self, level: Level) -> Scope:
        """Give the scope of sub-units of *level*."""
        inside = Reader(self.names, self.library, self.sink, self.own, level)
        inside.place, inside.opened = self.place, self.opened
        return inside

    def condition(self, node: nodes.Expression) -> e.Expression | None:
        """Read a condition."""
        if not self._enter(node):
            return None
        read = self._condition(node)
        self.own.depth -= 1
        if read is None:
            self.lost(node)
        return read

    def value(
        self, node: nodes.Expression, hint: Type | None = None
    ) -> e.Expression | None:
        """Read a value; a hint settles bare numbers, enum cases and tables."""
        if not self._enter(node):
            return None
        read = self._value(node, hint)
        self.own.depth -= 1
        if read is None:
            self.lost(node)
        return read

    def _enter(self, node: nodes.Expression) -> bool:
        """Tell whether there is room for one more, with definitions written out."""
        own = self.own
        own.written_out += bool(self.opened)
        deep = own.depth >= MOST_DEPTH
        if (deep or own.written_out > MAX_TOKENS) and not own.overrun:
            own.overrun = True
            code, limit = codes.TOO_MANY_TOKENS, MAX_TOKENS
            if deep:
                code, limit = codes.TOO_DEEP, MAX_DEPTH
            self.complain(code, node.span, {"limit": limit})
        own.depth += not own.overrun
        return not own.overrun

    def _condition(self, node: nodes.Expression) -> e.Expression | None:
        match node:
            case nodes.Comparison():
                return _conditions.comparison(self, node)
            case nodes.Between():
                return _conditions.between(self, node)
            case nodes.Not():
                operand = self.condition(node.operand)
                return None if operand is None else e.Not(operand, span=node.span)
            case nodes.And() | nodes.Or():
                return self._joined(node)
            case nodes.If():
                return self._if_condition(node)
            case nodes.Holds():
                title = self.title(node.title)
                return None if title is None else e.Holds(title, span=node.span)
            case nodes.Reference():
                return _references.reference(self, node)
            case nodes.Quantified():
                return _quantifiers.quantified(self, node)
            case nodes.Choice():
                return _quantifiers.choice(self, node)
            case nodes.CriteriaChoice():
                return _references.criteria_choice(self, node)
            case _:
                return self._truth(node)

    def _joined(self, node: nodes.And | nodes.Or) -> e.Expression | None:
        read = [self.condition(operand) for operand in node.operands]
        operands = tuple(operand for operand in read if operand is not None)
        if len(operands) < len(read):
            return None
        kind = e.AllOf if isinstance(node, nodes.And) else e.AnyOf
        return kind(operands, span=node.span)

    def _if_condition(self, node: nodes.If) -> e.Expression | None:
        parts = (node.condition, node.then, node.otherwise)
        test, then, otherwise = (self.condition(part) for part in parts)
        if test is None or then is None or otherwise is None:
            return None
        return e.If(test, then, otherwise, Condition(), span=node.span)

    def _truth(self, node: nodes.Expression) -> e.Expression | None:
        """Take a boolean value as a condition."""
        read = self.value(node)
        if read is None:
            return None
        if not isinstance(read.type, Condition):
            values: dict[str, Fill] = {
                "found": quoted(read.span),
                "type": describe(read.type),
            }
            advice = self._example(read)
            self.complain(codes.CONDITION_WANTED, read.span, values, advice=advice)
            return None
        return read if isinstance(read, e.Defined) else e.IsTrue(read, span=read.span)

    def _example(self, read: e.Expression) -> Help | None:
        """Show a comparison with a value that stands where a condition is needed."""
        match read.type:
            case ShareType():
                figure = ">= 95%"
            case CountType():
                figure = ">= 1"
            case AmountType():
                figure = f">= 1 {read.type.measure.symbol}"
            case EnumType():
                figure = f"= {read.type.enum.names[0]}" if read.type.enum.names else ""
            case YearType():
                figure = ">= 2021"
            case _:
                figure = ""
        text = " ".join(read.span.text.split())
        if not figure or isinstance(read, e.Constant) or len(text) > _LONGEST:
            return None
        return Help(_COMPARE, {"text": f"{text} {figure}"})

    def _value(self, node: nodes.Expression, hint: Type | None) -> e.Expression | None:
        match node:
            case nodes.Number() | nodes.Percent() | nodes.Quantity() | nodes.Date():
                return self._literal(node, hint)
            case nodes.Name():
                return self._name(node, hint)
            case nodes.CurrentYear():
                return e.CurrentYear(span=node.span)
            case nodes.Negative():
                return _arithmetic.negative(self, node, hint)
            case nodes.Arithmetic():
                return _arithmetic.arithmetic(self, node, hint)
            case nodes.At():
                return self._at(node, hint)
            case nodes.Granted():
                title = self.title(node.title)
                return None if title is None else e.GrantedYear(title, span=node.span)
            case nodes.Call():
                return _arithmetic.call(self, node)
            case nodes.CountOf():
                return _quantifiers.count_of(self, node)
            case nodes.Aggregate():
                return _quantifiers.aggregate(self, node)
            case nodes.ThresholdOf():
                return _references.threshold_of(self, node)
            case nodes.Lookup():
                return _tables.lookup(self, node, hint)
            case nodes.If():
                return self._if_value(node, hint)
            case (
                nodes.Comparison()
                | nodes.Between()
                | nodes.Not()
                | nodes.And()
                | nodes.Or()
                | nodes.Holds()
                | nodes.Reference()
                | nodes.Quantified()
                | nodes.Choice()
                | nodes.CriteriaChoice()
            ):
                self.complain(
                    codes.VALUE_WANTED, node.span, {"found": quoted(node.span)}
                )
                return None
            case _:
                assert_never(node)

    def _literal(
        self,
        node: nodes.Number | nodes.Percent | nodes.Quantity | nodes.Date,
        hint: Type | None,
    ) -> e.Expression | None:
        match node:
            case nodes.Date():
                value = date_of(node)
                if value is None:
                    return None
                return e.Constant(value, DateType(), node.span.text, span=node.span)
            case nodes.Percent():
                number = read_number(node.number.text)
                if number is None:
                    return None
                share = Share(number.numerator, 100 * number.denominator)
                return e.Constant(share, ShareType(), node.span.text, span=node.span)
            case nodes.Quantity():
                number = figure(self, node.number)
                found = Sink()
                measure = self.names.measure(node.scale, node.unit, found)
                for diagnostic in found:
                    self.report(diagnostic)
                if number is None or measure is None:
                    return None
                kind = self._measured(AmountType(measure), hint)
                amount = normal(number * measure.scale)
                return e.Constant(amount, kind, node.span.text, span=node.span)
            case nodes.Number():
                number = figure(self, node)
                if number is None:
                    return None
                plain = e.Constant(number, NumberType(), node.span.text, span=node.span)
                return adapt(plain, hint)

    def _measured(self, kind: AmountType, hint: Type | None) -> Type:
        """Let ``300 persons`` be a count where a count of persons is asked for."""
        dimensions = kind.measure.dimensions
        if isinstance(hint, CountType) and dimensions == ((hint.noun.name, 1),):
            return hint
        return kind

    def _name(self, node: nodes.Name, hint: Type | None) -> e.Expression | None:
        if isinstance(hint, EnumType) and node.text in hint.enum.names:
            return e.Constant(node.text, hint, node.text, span=node.span)
        if node.text in self.names.facts:
            return self.fact(self.names.facts[node.text], node.span)
        if node.text in self.names.definitions:
            return self._defined(self.names.definitions[node.text], node)
        if node.text in self.names.delegated:
            return self.names.delegated_at(node.text, node.span)
        if isinstance(hint, EnumType):
            kind = case_kind(hint.enum.name)
            self.report(unknown(kind, node, hint.enum.names))
            return None
        if not self._is_told(node.span):
            self.report(self._unknown_value(node))
        return None

    def _is_told(self, span: Span) -> bool:
        """Tell whether the parser complained of a word of the language here."""
        return any(d.code is codes.RESERVED_WORD and d.span == span for d in self.sink)

    def _unknown_value(self, node: nodes.Name) -> Diagnostic:
        enum = self.enum_of(node.text)
        if enum is None:
            return unknown("fact", node, {**self.names.facts, **self.names.definitions})
        values: dict[str, Fill] = {"kind": KINDS["fact"], "name": node.text}
        of_it = EnumType(enum)
        facts = [name for name, fact in self.names.facts.items() if fact.type == of_it]
        values_of_help: dict[str, Fill] = {"name": node.text, "enum": enum.name}
        advice = Help(_IS_CASE, values_of_help)
        if facts:
            values_of_help["fact"] = facts[0]
            advice = Help(_COMPARE_CASE, values_of_help)
        return Diagnostic(codes.UNKNOWN_NAME, node.span, values, help=advice)

    def _defined(self, item: nodes.Define, node: nodes.Name) -> e.Expression | None:
        name = item.name.text
        if name in self.opened:
            circle = self.opened[self.opened.index(name) :]
            places = {
                step: self.names.definitions[step].name.span
                for step in circle
                if step in self.names.definitions
            }
            self.circle(circle, places)
            return None
        opened = self.opened
        self.opened = (*opened, name)
        read = (
            self.condition(item.value)
            if self._is_condition(item.value)
            else self.value(item.value)
        )
        self.opened = opened
        return None if read is None else e.Defined(name, read, span=node.span)

    def check_definition(self, item: nodes.Define) -> None:
        """Check a definition for its own sake."""
        if self.own.overrun:
            return
        self._defined(item, nodes.Name(item.name.text, span=item.name.span))

    def _is_condition(self, node: nodes.Expression) -> bool:
        seen = set(self.opened)
        while isinstance(node, nodes.If | nodes.Name):
            if isinstance(node, nodes.If):
                node = node.then
                continue
            fact = self.names.facts.get(node.text)
            if fact is not None:
                return isinstance(fact.type, Condition)
            item = self.names.definitions.get(node.text)
            if item is None or node.text in seen:
                return False
            seen.add(node.text)
            node = item.value
        return isinstance(node, _CONDITIONS)

    def _at(self, node: nodes.At, hint: Type | None) -> e.Expression | None:
        value = self.value(node.value, hint)
        year = self.value(node.year, YearType())
        if value is None or year is None or wants_condition(self, year):
            return None
        if not isinstance(year.type, YearType):
            self.complain(
                codes.WRONG_ARGUMENT,
                year.span,
                {
                    "function": "at",
                    "needs": Text("a year", "một năm"),
                    "found": quoted(year.span),
                    "type": describe(year.type),
                },
            )
            return None
        return e.AtYear(value, year, span=node.span)

    def _is_unsettled(self, node: nodes.Expression) -> bool:
        """Tell whether a name can only be a case of an enum."""
        names = self.names
        known = (names.facts, names.definitions, names.delegated)
        return isinstance(node, nodes.Name) and not any(node.text in x for x in known)

    def _if_value(self, node: nodes.If, hint: Type | None) -> e.Expression | None:
        # The branch that says its type settles the other: `if a then TDMNPB else b`.
        if hint is None and self._is_unsettled(node.then):
            otherwise = self.value(node.otherwise)
            then = self.value(node.then, None if otherwise is None else otherwise.type)
        else:
            then = self.value(node.then, hint)
            settled = hint if then is None or hint is not None else then.type
            otherwise = self.value(node.otherwise, settled)
        if then is None or otherwise is None:
            return None
        if wants_condition(self, then) or wants_condition(self, otherwise):
            return None
        return _quantifiers.branches(self, node, then, otherwise)
