"""
Opening the rulesets that a file refers to, before its expressions are read.

Each file opens those it refers to in turn.  Done from within an expression, deep
expressions in a chain of files would pile up on one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import attrs

from ntmrules.checker._library import Library
from ntmrules.syntax import nodes


_REFERRING = nodes.Reference | nodes.CriteriaChoice | nodes.ThresholdOf | nodes.Meet


def open_rulesets(parts: Iterable[nodes.Node], library: Library) -> None:
    """Let the library check every ruleset to which *parts* refer."""
    for name in dict.fromkeys(_referred(parts)):
        library.rulesets(name)


def _referred(parts: Iterable[nodes.Node]) -> Iterator[str]:
    waiting: list[object] = list(parts)
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple):
            waiting += part
        elif isinstance(part, nodes.Node):
            if isinstance(part, _REFERRING) and part.ruleset is not None:
                yield part.ruleset.text
            # mypy takes the __hash__ of instances for that of the class.
            names = _inside(type(part))  # type: ignore[arg-type]  # see above
            waiting += [getattr(part, name) for name in names]


@cache
def _inside(kind: type[nodes.Node]) -> tuple[str, ...]:
    """Give the fields of a kind of node that may hold further nodes."""
    if issubclass(kind, nodes.Word | nodes.Quoted | nodes.Number):
        return ()
    return tuple(field.name for field in attrs.fields(kind) if field.name != "span")
