"""The tables of an LALR(1) parser as values, and as the JSON beside the grammar."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

import attrs


Row = dict[str, int]
"""What a state does: shift or go to state n, or reduce by rule ~n."""


@attrs.frozen
class Reduction:
    """
    How a rule makes one value of the values of its symbols.

    Attributes:
        symbol: What the rule makes: the key under which a state goes on.
        size: How many symbols it takes from the stack.
        action: The method of the builder; empty if it only passes on what it has.
        take: The values the method is given: the position of a symbol, `None` for
            an optional part that is absent, ``~position`` for a symbol whose
            several values are given one by one.
    """

    symbol: str
    size: int
    action: str
    take: tuple[int | None, ...]


@attrs.frozen
class Tables:
    """
    An LALR(1) parser as data; it starts in state 0.

    Attributes:
        grammar: The SHA-256 of the grammar it was compiled from.
        words: The terminal of each text that is quoted in the grammar.
        reductions: The rules.
        states: The actions of each state, by terminal or symbol.
        end: The state in which the whole text has been read.
    """

    grammar: str
    words: dict[str, str]
    reductions: tuple[Reduction, ...]
    states: tuple[Row, ...]
    end: int


def fingerprint(grammar: str) -> str:
    """Give the SHA-256 of a grammar, whatever its line ends."""
    return hashlib.sha256(grammar.replace("\r\n", "\n").encode()).hexdigest()


def to_json(tables: Tables) -> str:
    """Write tables, a state on each line."""
    head = {
        "grammar": tables.grammar,
        "end": tables.end,
        "words": tables.words,
    }
    reductions = [[r.symbol, r.size, r.action, r.take] for r in tables.reductions]
    parts = [f"{_dumps(key)}:{_dumps(value)}" for key, value in head.items()]
    parts.append(f'"reductions":{_lines(reductions)}')
    parts.append(f'"states":{_lines(tables.states)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(values: Sequence[object]) -> str:
    return "[\n" + ",\n".join(map(_dumps, values)) + "\n]"


def _dumps(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def from_json(text: str) -> Tables:
    """Read what `to_json` wrote."""
    data = json.loads(text)
    return Tables(
        data["grammar"],
        data["words"],
        tuple(
            Reduction(symbol, size, action, tuple(take))
            for symbol, size, action, take in data["reductions"]
        ),
        tuple(data["states"]),
        data["end"],
    )
