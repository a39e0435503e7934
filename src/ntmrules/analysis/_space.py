"""
The choices of open figures that can make a difference.

A figure matters only by how it compares with the limits that are set for it, so one
value on each limit, between any two, and beyond the outermost stand for all.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from ntmrules.analysis._formula import (
    Asked,
    Env,
    Formula,
    Key,
    Test,
    leaves,
)
from ntmrules.exact import ceiling
from ntmrules.model import expressions as e
from ntmrules.model.types import (
    CountType,
    DateType,
    EnumType,
    ShareType,
    YearType,
)
from ntmrules.model.vocabulary import Vocabulary


MAX_CHOICES = 20_000
"""The most choices that are tried one by one."""

Choices = Mapping[Key, Sequence[Fraction | bool]]


def choices(formulas: Iterable[Formula]) -> Choices:
    """Give what is worth trying for each open figure."""
    tests: dict[Key, dict[Test, None]] = {}
    found: dict[Key, Sequence[Fraction | bool]] = {}
    for leaf in leaves(*formulas):
        if isinstance(leaf, Test):
            tests.setdefault(leaf.key, {})[leaf] = None
        else:
            found[leaf.key] = (True, False)
    for key, asked in tests.items():
        cuts = sorted({test.limit for test in asked})
        found[key] = _distinct(_values(next(iter(asked)), cuts), list(asked))
    return found


def _distinct(values: Iterable[Fraction], tests: Sequence[Test]) -> Sequence[Fraction]:
    """Keep one value of those that come out the same in every comparison."""
    kept: dict[tuple[bool, ...], Fraction] = {}
    for value in values:
        kept.setdefault(tuple(test.holds(value) for test in tests), value)
    return list(kept.values())


def _values(test: Test, cuts: list[Fraction]) -> Sequence[Fraction]:
    node = e.plain(test.step.node)
    kind = node.type
    if isinstance(kind, EnumType):
        return [Fraction(rank) for rank in range(len(kind.enum.cases))]
    whole = isinstance(kind, CountType | YearType | DateType)
    least = most = None
    if isinstance(kind, CountType | ShareType):
        least = Fraction(0)
    if isinstance(kind, YearType | DateType):
        least = Fraction(1)
    if isinstance(kind, ShareType) and _is_part(node):
        most = Fraction(1)
    tried = {*cuts}
    for low, high in itertools.pairwise(cuts):
        tried.add((low + high) / 2 if not whole else Fraction(ceiling(low) + 1))
        tried |= {low + 1, high - 1} if whole else set()
    below, above = cuts[0], cuts[-1]
    if whole:
        tried |= {Fraction(ceiling(below)) - 1, Fraction(ceiling(above)) + 1}
        tried = {value for value in tried if value.denominator == 1}
    else:
        tried.add(below / 2 if least is not None else below - abs(below) / 10 - 1)
        tried.add((above + most) / 2 if most is not None else above + abs(above) / 10)
        tried.add(above + 1 if most is None else most)
    if least is not None:
        tried.add(least)
    # On the limits first: the plainest figures to show.
    known = {*cuts}
    return sorted(
        (
            value
            for value in tried
            if (least is None or value >= least) and (most is None or value <= most)
        ),
        key=lambda value: (value not in known, value < 0, value),
    )


def _is_part(node: e.Expression) -> bool:
    """Tell whether a share certainly is at most the whole."""
    if isinstance(node, e.AtYear):
        node = e.plain(node.value)
    return isinstance(node, e.FactValue) and not node.fact.may_exceed


def size(space: Choices) -> int:
    """Tell how many choices there are."""
    count = 1
    for values in space.values():
        count *= len(values)
        if count > MAX_CHOICES:
            break
    return count


def every(space: Choices, vocabulary: Vocabulary) -> Iterator[Env]:
    """Give every choice that can be: whoever holds a title holds those below it."""
    keys = list(space)
    titles = {str(key[1]): key for key in keys if key[0] == "title"}
    implied = [
        (titles[title], titles[below])
        for title in titles
        for below in vocabulary.implied(title)
        if below in titles and below != title
    ]
    for values in itertools.product(*space.values()):
        env = dict(zip(keys, values, strict=True))
        if not any(env[upper] and not env[lower] for upper, lower in implied):
            yield env


def together(formulas: Iterable[Formula], start: frozenset[Key]) -> list[Formula]:
    """Give the formulas that share open figures with *start*, at any remove."""
    waiting = [Asked(formula) for formula in formulas]
    keys, found = set(start), []
    changed = True
    while changed:
        changed = False
        for asked in list(waiting):
            if asked.keys & keys:
                keys |= asked.keys
                found.append(asked.formula)
                waiting.remove(asked)
                changed = True
    return found
