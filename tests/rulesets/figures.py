"""Reads the tables of figures, and works out the verdict on each side of a figure."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs

from tests.support.yaml_cases import read_cases


FOLDER = Path(__file__).parent
Table = dict[str, Any]
Unit = dict[str, Any]
Facts = dict[str, Any]

SIGNS: Mapping[str, Callable[[Any, Any], bool]] = MappingProxyType(
    {
        ">=": operator.ge,
        "<=": operator.le,
        ">": operator.gt,
        "<": operator.lt,
        "=": operator.eq,
    }
)
# The level below; above is left out, because the names of levels differ by fact.
LEVELS = MappingProxyType({"level_1": "not_recognised", "level_2": "level_1"})
POPULATIONS = (100, 9)
KEYS = frozenset(
    "label all any by regions unit members in good bad units when titles history"
    " communes seen text".split()
)
BY = {"by": "Hội đồng thẩm định", "document": "1/BC"}


@attrs.frozen
class Check:
    """A unit, and the verdict that the text gives to one label of it."""

    label: str
    unit: Unit
    want: str
    certain: bool = True


@attrs.frozen
class Part:
    """A comparison of one fact, or a fact that must be true."""

    fact: str
    sign: str
    level: str
    unit: str

    def values(self) -> Iterator[tuple[Any, bool]]:
        """Give values at the level and next to it, and whether each passes."""
        if not self.sign:
            yield from ((True, True), (False, False))
        elif self.level in LEVELS:
            yield from ((self.level, True), (LEVELS[self.level], False))
        else:
            share = self.level.endswith("%")
            level = Decimal(self.level.rstrip("%"))
            step = Decimal("0.01") if share or self.unit else Decimal(1)
            for value in (level - step, level, level + step):
                if value >= 0 and not (share and value > 100):
                    text = f"{value}%" if share else f"{value} {self.unit}".strip()
                    given = int(value) if text.isdecimal() else text
                    yield given, SIGNS[self.sign](value, level)

    def one(self, passes: bool) -> Any:
        """Give one value that passes, or one that does not."""
        return next(value for value, passed in self.values() if passed is passes)


def tables() -> list[Table]:
    """Give the groups of both tables."""
    return [
        group
        for name in ("figures-national.yaml", "figures-local.yaml")
        for group in read_cases(FOLDER / name)
    ]


def checks(group: Table, entry: Table) -> Iterator[Check]:
    """Give every check of an entry."""
    assert set(entry) <= KEYS, f"unknown keys: {set(entry) - KEYS}"
    around: Unit = {
        key: entry[key] for key in ("titles", "history", "communes") if key in entry
    }
    around["facts"] = {**group.get("own column", {}), **entry.get("when", {})}
    if "all" in entry:
        certain = not any(text.endswith("?") for text in entry["all"])
        for check in _all(entry, around, _parts(entry["all"], entry)):
            yield attrs.evolve(check, certain=certain)
    if "any" in entry:
        yield from _any(entry, around)
    for region, level in entry.get("regions", {}).items():
        certain = not str(level).endswith("?")
        parts = _parts([f"{entry['by']} {str(level).rstrip('?')}"], entry)
        inside = {**around, "facts": {**around["facts"], "region": region}}
        for check in _all(entry, inside, parts):
            yield attrs.evolve(check, certain=certain)
    if "members" in entry:
        yield from _members(entry, around)
    for unit, want in entry.get("units", ()):
        facts = {**around["facts"], **unit.get("facts", {})}
        yield Check(entry["label"], {**around, **unit, "facts": facts}, want)


def _parts(texts: list[str], entry: Table) -> list[Part]:
    return [_part(text, entry.get("unit", "")) for text in texts]


def _part(text: str, unit: str) -> Part:
    match = re.fullmatch(r"(\w+)(?: ([<>=]+) (\S+))?", text.rstrip("?"))
    assert match, f"no comparison of a fact: {text}"
    return Part(match[1], match[2] or "", match[3] or "", unit)


def _with(around: Unit, facts: Facts) -> Unit:
    return {**around, "facts": {**around["facts"], **facts}}


def _all(entry: Table, around: Unit, parts: list[Part]) -> Iterator[Check]:
    """Move each part while the others pass; without its fact, nothing is known."""
    passing = {part.fact: part.one(passes=True) for part in parts}
    for part in parts:
        for value, passes in part.values():
            unit = _with(around, {**passing, part.fact: value})
            yield Check(entry["label"], unit, "met" if passes else "not met")
        others = {fact: given for fact, given in passing.items() if fact != part.fact}
        yield Check(entry["label"], _with(around, others), "unknown")


def _any(entry: Table, around: Unit) -> Iterator[Check]:
    """Let one way pass at a time, and fail at each of its parts."""
    ways = [_parts(texts, entry) for texts in entry["any"]]
    failing = {part.fact: part.one(passes=False) for way in ways for part in way}
    yield Check(entry["label"], _with(around, failing), "not met")
    for way in ways:
        facts = {**failing, **{part.fact: part.one(passes=True) for part in way}}
        yield Check(entry["label"], _with(around, facts), "met")
        for part in way:
            unit = _with(around, {**facts, part.fact: part.one(passes=False)})
            yield Check(entry["label"], unit, "not met")


def _members(entry: Table, around: Unit) -> Iterator[Check]:
    """Count sub-units: as many as the text asks for, one fewer, and none on file."""
    plural, level = entry["members"].split(" >= ")
    yield Check(entry["label"], around, "unknown")
    if level.endswith("%"):
        share = Fraction(level.rstrip("%")) / 100
        needed = [(size, math.ceil(share * size)) for size in POPULATIONS]
    else:
        needed = [(int(level) + 2, int(level))]
    for size, number in needed:
        for good, want in ((number, "met"), (number - 1, "not met")):
            units = [
                {"id": f"u{n}", **entry["good" if n < good else "bad"]}
                for n in range(size)
            ]
            below: Unit = {plural: units}
            if "in" in entry:
                below = {entry["in"]: [{"id": "h", **below}]}
            yield Check(entry["label"], {**around, **below}, want)


def withdrawals(group: Table) -> Iterator[Check]:
    """Give units with so many unmet criteria, a chief one among them or not."""
    rule = group["withdrawal"]
    labels = [str(n + 1) for n in range(rule["criteria"])]
    chief = set(rule["chief"])
    others = [label for label in labels if label not in chief]
    lower, upper = rule["at 30%"], rule["at 50%"]
    for number in (lower - 1, lower, upper - 1, upper):
        for key in (*rule["chief"], None):
            unmet = others[:number] if key is None else [key, *others[: number - 1]]
            unit = {
                "titles": {group["revokes"]: 2022},
                "attestations": {rule["of"]: judged(labels, set(unmet), group["on"])},
            }
            first = number >= lower and key is not None
            yield Check("1", unit, "met" if first else "not met")
            yield Check("2", unit, "met" if number >= upper else "not met")


def judged(labels: list[str], unmet: set[str], on: str) -> Facts:
    """Give attestations of criteria, met but for some."""
    return {
        label: {"verdict": "not met" if label in unmet else "met", "on": on, **BY}
        for label in labels
    }
