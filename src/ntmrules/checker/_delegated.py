"""
Values that one ruleset leaves to another, and what they are set to.

Source: language.md section 9.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from fractions import Fraction

import attrs

from ntmrules.checker._clash import clash
from ntmrules.checker._names import (
    Names,
    defined_twice,
    label_of,
    read_type,
    unknown,
)
from ntmrules.checker._scope import Scope
from ntmrules.checker._words import describe, quoted
from ntmrules.diagnostics import Diagnostic, Help, Note, Sink, codes
from ntmrules.exact import Share, quotient
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Ruleset
from ntmrules.model.types import Condition, EnumType, ListType, Type, Value
from ntmrules.syntax import nodes
from ntmrules.text import Fill, Text, figure
from ntmrules.verdict import Bound


_BOUNDS = {"at least": Bound.AT_LEAST, "at most": Bound.AT_MOST}
_WORDS = {
    Bound.AT_LEAST: Text("at least {limit}", "ít nhất {limit}"),
    Bound.AT_MOST: Text("at most {limit}", "nhiều nhất {limit}"),
}
_BOUND_HERE = Text("the bound is set here", "giới hạn đặt ở đây")
_LEFT_OPEN_HERE = Text("it is left open here", "được giao ở đây")
_WRITE_WITHIN = Text("set {bound}", "đặt {bound}")
_SINGLE = Text("a figure, a date or a case", "một mức, một ngày hoặc một trường hợp")
_LITERAL = Text("a figure, or a table of figures", "một mức, hoặc một bảng các mức")


def gather(items: Iterable[nodes.Node], names: Names, sink: Sink) -> None:
    """Note the values that are left open, which share their names with facts."""
    for item in items:
        if not isinstance(item, nodes.Delegated):
            continue
        name = item.name.text
        taken = [*names.facts, *names.definitions, *names.delegated]
        if name in taken:
            known = names.facts.get(name) or names.definitions.get(name)
            first = known.span if known else names.delegated[name].span
            sink.add(defined_twice(name, item.name.span, first))
        else:
            names.delegated[name] = item


def settings(
    items: Iterable[nodes.Node], names: Names, sink: Sink
) -> dict[str, nodes.SetValue]:
    """Give what each value is set to; a later ruleset sets it anew."""
    found: dict[str, nodes.SetValue] = {}
    for item in items:
        if not isinstance(item, nodes.SetValue):
            continue
        name = item.name.text
        if name not in names.delegated:
            kind = Text("delegated value", "mức được giao")
            sink.add(unknown(kind, item.name, names.delegated))
        elif name in found and found[name].span.file is item.span.file:
            sink.add(defined_twice(name, item.name.span, found[name].span))
        else:
            found[name] = item
    return found


class DelegatedReader:
    """Reads the values that are left open, with what they are set to."""

    def __init__(self, scope: Scope, base: Ruleset | None) -> None:
        self._scope = scope
        self._base = base

    def read(
        self, settings: dict[str, nodes.SetValue]
    ) -> Iterator[tuple[str, e.Delegated]]:
        """Give each by its name."""
        for name, item in self._scope.names.delegated.items():
            read = self._declared(item)
            if read is None:
                continue
            if name in settings:
                read = self._set(read, settings[name])
            yield name, read

    def _declared(self, item: nodes.Delegated) -> e.Delegated | None:
        scope, names = self._scope, self._scope.names
        kind = read_type(item.type, names, scope.sink)
        level = names.levels.get(item.level.text)
        if level is None:
            scope.report(unknown("level", item.level, names.levels))
        if kind is None or level is None:
            return None
        if isinstance(kind, Condition | ListType):
            values: dict[str, Fill] = {
                "function": "delegated",
                "needs": _SINGLE,
                "found": quoted(item.type.span),
                "type": describe(kind),
            }
            scope.complain(codes.WRONG_ARGUMENT, item.type.span, values)
            return None
        read = e.Delegated(
            item.name.text,
            kind,
            level,
            label=label_of(item.name.text, item.title, ()),
            declared=item.span,
            span=item.name.span,
        )
        return self._bounded(read, item)

    def _bounded(self, read: e.Delegated, item: nodes.Delegated) -> e.Delegated | None:
        if item.bound is None or item.limit is None:
            return read
        kind = read.type
        if isinstance(kind, EnumType) and not kind.enum.ordered:
            values: dict[str, Fill] = {"type": kind.enum.name, "operator": item.bound}
            self._scope.complain(codes.NOT_ORDERED, item.limit.span, values)
            return None
        limit = self._literal(item.limit, read, "delegated")
        if limit is None or isinstance(limit, e.Lookup):
            if limit is not None:
                self._no_literal(item.limit, limit, "delegated")
            return None
        return attrs.evolve(read, bound=_BOUNDS[item.bound], limit=limit)

    def _literal(
        self, node: nodes.Expression, wanted: e.Delegated, word: str
    ) -> e.Constant | e.Lookup | None:
        """Read a literal or a table of literals, of the type that is wanted."""
        read = self._scope.value(node, wanted.type)
        if read is None:
            return None
        if not isinstance(read, e.Constant | e.Lookup):
            self._no_literal(node, read, word)
            return None
        cells = read.cells.values() if isinstance(read, e.Lookup) else [read]
        # Every wrong figure is told, and told once.
        wrong = [cell for cell in cells if cell and clash(self._scope, wanted, cell)]
        return None if wrong else read

    def _no_literal(
        self, node: nodes.Expression, read: e.Expression, word: str
    ) -> None:
        values: dict[str, Fill] = {
            "function": word,
            "needs": _LITERAL,
            "found": quoted(node.span),
            "type": describe(read.type),
        }
        self._scope.complain(codes.WRONG_ARGUMENT, node.span, values)

    def _set(self, declared: e.Delegated, item: nodes.SetValue) -> e.Delegated:
        self._scope.place = declared.label
        value = self._literal(item.value, declared, "set")
        if value is not None:
            cells = value.cells.values() if isinstance(value, e.Lookup) else [value]
            for cell in dict.fromkeys(cells):
                if cell is not None and not within(declared, cell.value):
                    self._outside(declared, cell)
        return attrs.evolve(declared, value=value, set_at=item.span)

    def _outside(self, declared: e.Delegated, cell: e.Constant) -> None:
        bound = bound_text(declared)
        place = declared.declared
        owner = None if self._base is None else self._base.set_by(place)
        values: dict[str, Fill] = {
            "name": declared.name,
            "value": cell.text,
            "ruleset": self._scope.own.name if owner is None else owner.id,
            "bound": bound,
        }
        limit = declared.limit
        notes = [Note(_LEFT_OPEN_HERE, place)]
        if limit is not None:
            notes = [Note(_BOUND_HERE, limit.span)]
        self._scope.report(
            Diagnostic(
                codes.SET_OUTSIDE_BOUND,
                cell.span,
                values,
                notes=tuple(notes),
                help=Help(_WRITE_WITHIN, {"bound": bound}),
            )
        )


def bound_text(declared: e.Delegated) -> Text:
    """Say what a value may be: ``at least 70%``."""
    if declared.bound is None or declared.limit is None:
        return describe(declared.type)
    words, limit = _WORDS[declared.bound], declared.limit.text
    named = isinstance(declared.type, EnumType)
    shown = f"`{limit}`" if named else figure(limit).vi
    return Text(words.en.format(limit=limit), words.vi.format(limit=shown))


def within(declared: e.Delegated, value: Value) -> bool:
    """Tell whether a value lies within the bound."""
    if declared.bound is None or declared.limit is None:
        return True
    limit = _ordered(declared.limit.value, declared.type)
    found = _ordered(value, declared.type)
    if declared.bound is Bound.AT_LEAST:
        return found >= limit
    return found <= limit


def _ordered(value: Value, kind: Type) -> Fraction:
    """Give a number that orders as the value does."""
    match value:
        case Share():
            return Fraction(quotient(value.part, value.whole))
        case datetime.date():
            return Fraction(value.toordinal())
        case str() if isinstance(kind, EnumType):
            return Fraction(kind.enum.rank(value))
        case int() | Fraction():
            return Fraction(value)
        case _:
            msg = f"the checker lets no {type(value).__name__} be bounded"
            raise TypeError(msg)
