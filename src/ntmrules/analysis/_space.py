"""
The choices of open figures that can make a difference.

A figure matters only by how it compares with the limits that are set for it, so one
value on each limit, between any two, and beyond the outermost stand for all.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from ntmrules.analysis._domain import is_whole, least
from ntmrules.analysis._domain import most as most_of
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
from ntmrules.model.types import EnumType
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
    whole, low_end, most = is_whole(node), least(node), most_of(node)
    tried = _whole_around(cuts) if whole else _between(cuts, low_end, most)
    if low_end is not None:
        tried.add(low_end)
    # On the limits first: the plainest figures to show.
    known = {*cuts}
    return sorted(
        (
            value
            for value in tried
            if (low_end is None or value >= low_end) and (most is None or value <= most)
        ),
        key=lambda value: (value not in known, value < 0, value),
    )


def _whole_around(cuts: Iterable[Fraction]) -> set[Fraction]:
    """Give the whole numbers on, just below and just above each limit."""
    tried: set[Fraction] = set()
    for cut in cuts:
        up = ceiling(cut)
        down = up if cut.denominator == 1 else up - 1
        tried |= {Fraction(value) for value in (down - 1, down, up, up + 1)}
    return tried


def _between(
    cuts: Sequence[Fraction], low_end: Fraction | None, most: Fraction | None
) -> set[Fraction]:
    """Give the limits, and a number between any two and beyond the outermost."""
    tried = {*cuts, *((low + high) / 2 for low, high in itertools.pairwise(cuts))}
    below, above = cuts[0], cuts[-1]
    tried.add(below / 2 if low_end is not None else below - abs(below) / 10 - 1)
    tried.add((above + most) / 2 if most is not None else above + abs(above) / 10)
    tried.add(above + 1 if most is None else most)
    return tried


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
