"""Runs the tables of the grammar over tokens: a parser with a visible stack."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from ntmrules.source import SourceFile, Span
from ntmrules.syntax._limits import MAX_DEPTH
from ntmrules.syntax._tables import Reduction, Row, Tables
from ntmrules.syntax._tokens import END, Token


# What is begun and not yet ended: no text within the limits of depth needs more.
_MAX_STACK = 16 * MAX_DEPTH


class Rule(NamedTuple):
    """
    A rule of the grammar with the method that builds its value.

    Attributes:
        symbol: What it makes.
        size: How many values it takes from the stack.
        action: What makes the value; nothing if it only passes values on.
        take: Which values it is given (see `Reduction`); nothing means all.
        deepens: Whether its value counts as one level of nesting.
        renames: Whether it only gives its one value another name.
    """

    symbol: str
    size: int
    action: Callable[..., object] | None
    take: tuple[int | None, ...] | None
    deepens: bool
    renames: bool


class Program(NamedTuple):
    """What a `Machine` runs: the tables, bound to a builder and a text."""

    file: SourceFile
    rules: tuple[Rule, ...]
    states: tuple[Row, ...]
    end: int


def _is_repeated(reduction: Reduction) -> bool:
    """Tell whether its values are given one by one to the rule that has it."""
    return reduction.symbol.startswith("_")


def bind(
    tables: Tables, builder: object, deepening: frozenset[str], file: SourceFile
) -> Program:
    """
    Bind the rules of *tables* to the methods of *builder* that are named after them.

    Args:
        tables: The tables.
        builder: Has a method for each rule that makes a value.
        deepening: The rules that count as a level of nesting.
        file: The text to be read.
    """
    rules = tuple(
        Rule(
            reduction.symbol,
            reduction.size,
            getattr(builder, reduction.action) if reduction.action else None,
            None if reduction.take == tuple(range(reduction.size)) else reduction.take,
            reduction.action in deepening,
            reduction.size == 1 and not (reduction.action or _is_repeated(reduction)),
        )
        for reduction in tables.reductions
    )
    return Program(file, rules, tables.states, tables.end)


_Chain = tuple[Any, tuple[Any, ...]] | None
"""The values of a repeated part, last first; it never changes once it is made."""


class Machine:
    """
    A parser in the midst of a text.

    Attributes:
        too_deep: Where an expression became deeper than `MAX_DEPTH`, if it did.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._states = [0]
        self._values: list[Any] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._depths: list[int] = []
        self.too_deep: Span | None = None

    def copy(self) -> Machine:
        """Give another parser in the same place; values are shared."""
        twin = Machine(self._program)
        twin._states = self._states[:]
        twin._values = self._values[:]
        twin._starts = self._starts[:]
        twin._ends = self._ends[:]
        twin._depths = self._depths[:]
        return twin

    def feed(self, tokens: Iterable[Token]) -> Token | None:
        """
        Take *tokens*, up to the first that does not fit.

        Returns:
            Token: The one that does not fit; nothing if all were taken.
        """
        _, rules, rows, _ = self._program
        states = self._states
        for token in tokens:
            kind, text, start, end = token
            while (action := rows[states[-1]].get(kind)) is not None and action < 0:
                rule = rules[~action]
                if rule.renames:
                    states[-1] = rows[states[-2]][rule.symbol]
                else:
                    self._reduce(rule)
                if self.too_deep:
                    return token
                if kind == END and states[-1] == self._program.end:
                    return None
            if action is None:
                return token
            states.append(action)
            self._values.append(text)
            self._starts.append(start)
            self._ends.append(end)
            self._depths.append(0)
            if len(states) > _MAX_STACK:
                self.too_deep = Span(self._program.file, start, end)
                return token
        return None

    @property
    def result(self) -> Any:  # noqa: ANN401  # what the last action gave
        """What was made of the whole text, once `END` was taken."""
        return self._values[-1]

    def accepts(self, *kinds: str) -> bool:
        """Tell whether tokens of these kinds would fit here, one after another."""
        return self.fitting(kinds) == len(kinds)

    def fitting(self, kinds: Iterable[str]) -> int:
        """Tell how many of these tokens would fit here, one after another."""
        _, rules, rows, final = self._program
        states = self._states[:]
        count = 0
        for kind in kinds:
            while (action := rows[states[-1]].get(kind)) is not None and action < 0:
                rule = rules[~action]
                if rule.size:
                    del states[-rule.size :]
                states.append(rows[states[-1]][rule.symbol])
                if kind == END and states[-1] == final:
                    return count + 1
            if action is None:
                return count
            states.append(action)
            count += 1
        return count

    def expected(self) -> frozenset[str]:
        """List the kinds of tokens that fit here."""
        row = self._program.states[self._states[-1]]
        return frozenset(kind for kind in row if kind.isupper() and self.accepts(kind))

    def _reduce(self, rule: Rule) -> None:
        symbol, size, action, take, deepens, _ = rule
        values, starts, ends, depths = (
            self._values,
            self._starts,
            self._ends,
            self._depths,
        )
        children: list[Any] = []
        start = end = ends[-1] if ends else 0
        depth = 0
        if size:
            children = values[-size:]
            start = starts[-size]
            depth = max(depths[-size:])
            del values[-size:], self._states[-size:]
            del starts[-size:], ends[-size:], depths[-size:]
        if action is None:
            values.append(_chain(children, take))
        else:
            span = Span(self._program.file, start, end)
            arguments = children if take is None else _arguments(children, take)
            values.append(action(span, *arguments))
            if deepens:
                depth += 1
                if depth > MAX_DEPTH:
                    self.too_deep = span
        starts.append(start)
        ends.append(end)
        depths.append(depth)
        self._states.append(self._program.states[self._states[-1]][symbol])


def _arguments(children: list[Any], take: tuple[int | None, ...]) -> list[Any]:
    found: list[Any] = []
    for position in take:
        if position is None:
            found.append(None)
        elif position >= 0:
            found.append(children[position])
        else:
            found += _links(children[~position])
    return found


def _chain(children: list[Any], take: tuple[int | None, ...] | None) -> _Chain:
    """Lengthen the values of a repeated part, or begin them."""
    if take is None:
        return None, tuple(children)
    first = take[0]
    assert first is not None
    if first < 0:
        return children[~first], tuple(_arguments(children, take[1:]))
    return None, tuple(_arguments(children, take))


def _links(chain: _Chain) -> Iterator[Any]:
    links = []
    while chain is not None:
        chain, values = chain
        links.append(values)
    return (value for values in reversed(links) for value in values)
