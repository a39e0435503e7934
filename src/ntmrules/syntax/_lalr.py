"""
Compiles the grammar into the tables of an LALR(1) parser; the only user of Lark.

The tables are plain data, so that they can lie beside the grammar as JSON: importing
Lark and compiling take a quarter of a second, reading the tables a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import lark
from lark.grammar import NonTerminal, Rule, Symbol, Terminal
from lark.lexer import Lexer
from lark.parsers.lalr_analysis import Shift

from ntmrules.syntax._tables import Reduction, Tables, fingerprint


class _NoLexer(Lexer):
    """Lark wants a lexer; ours runs without it."""

    def __init__(self, _conf: object) -> None:
        pass

    def lex(self, *_: object) -> Iterator[lark.Token]:
        """Find nothing."""
        return iter(())


def compile_grammar(grammar: str) -> Tables:
    """
    Compile the text of a grammar.

    The result depends on the text alone: states are numbered from the start, in
    the alphabetical order of the symbols that lead to them.
    """
    parser = lark.Lark(grammar, parser="lalr", lexer=_NoLexer)
    table: Any = parser.parser.parser._parse_table  # noqa: SLF001  # no public door
    start, end = table.start_states["start"], table.end_states["start"]
    order = _order(table.states, start)
    numbers = {rule: number for number, rule in enumerate(_rules(table.states, order))}
    return Tables(
        fingerprint(grammar),
        {
            terminal.pattern.value: terminal.name
            for terminal in sorted(parser.terminals, key=lambda t: t.name)
            if terminal.pattern.type == "str"
        },
        tuple(map(_reduction, numbers)),
        tuple(
            {
                symbol: order[to] if action is Shift else ~numbers[to]
                for symbol, (action, to) in sorted(table.states[state].items())
            }
            for state in order
        ),
        order[end],
    )


def _order(states: dict[Any, Any], start: object) -> dict[Any, int]:
    order = {start: 0}
    queue = [start]
    for state in queue:
        for _, (action, to) in sorted(states[state].items()):
            if action is Shift and to not in order:
                order[to] = len(order)
                queue.append(to)
    return order


def _rules(states: dict[Any, Any], order: dict[Any, int]) -> dict[Rule, None]:
    """List the rules in the order in which the states come upon them."""
    return {
        to: None
        for state in order
        for _, (action, to) in sorted(states[state].items())
        if action is not Shift
    }


def _reduction(rule: Rule) -> Reduction:
    take = tuple(_take(rule))
    passes = rule.options.expand1 and not rule.alias and len(take) == 1
    spliced = rule.origin.name.startswith("_")
    action = "" if passes or spliced else rule.alias or rule.origin.name
    return Reduction(rule.origin.name, len(rule.expansion), action, take)


def _take(rule: Rule) -> Iterator[int | None]:
    """Tell which values count, as Lark does for its own trees."""
    absent = rule.options.empty_indices or (False,) * len(rule.expansion)
    position = 0
    for gap in absent:
        if gap:
            yield None
            continue
        symbol = rule.expansion[position]
        if rule.options.keep_all_tokens or not _is_filtered(symbol):
            several = isinstance(symbol, NonTerminal) and symbol.name.startswith("_")
            yield ~position if several else position
        position += 1


def _is_filtered(symbol: Symbol) -> bool:
    return isinstance(symbol, Terminal) and symbol.filter_out
