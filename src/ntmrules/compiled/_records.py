"""
What compiled code asks of a unit in the plain form: years, sub-units, titles, totals.

Source: language.md sections 6 and 7.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

import attrs

from ntmrules.compiled._codes import CODES, MET, NOT_MET, UNKNOWN, Loose
from ntmrules.compiled._exact import NEVER, Never, exact_number
from ntmrules.exact import Exact, normal
from ntmrules.model.types import ShareType
from ntmrules.model.vocabulary import Fact, Level, Title, Vocabulary
from ntmrules.verdict import Verdict


Record = Mapping[str, Loose]
"""A unit in the plain form."""

NO_FACTS: Mapping[Loose, Loose] = MappingProxyType({})
_LISTS = (list, tuple)


def plain_facts_count(dated: datetime.date, year: int, assessed: datetime.date) -> bool:
    """Tell whether facts of a date are those of the year looked at."""
    return dated <= assessed and year in (dated.year, assessed.year)


def facts_of(
    unit: Record, dated: datetime.date, year: int, assessed: datetime.date
) -> Mapping[str, Loose]:
    """Give the facts of a unit that count in a year."""
    if plain_facts_count(dated, year, assessed):
        return unit.get("facts") or NO_FACTS
    return (unit.get("history") or NO_FACTS).get(year) or NO_FACTS


# Sub-units.


@attrs.frozen
class Way:
    """
    How to reach the units of a level from a unit further up.

    Attributes:
        between: The plurals of the levels in between, the highest first, each with
            the way on from there.
    """

    plural: str
    between: tuple[tuple[str, Way], ...]


def way(vocabulary: Vocabulary, level: Level, above: Level) -> Way:
    """Find the way to *level* from *above*."""
    between = [
        vocabulary.levels[name]
        for name in vocabulary.ancestors(level.name)
        if vocabulary.is_below(name, above.name)
    ]
    return Way(
        level.plural,
        tuple((one.plural, way(vocabulary, level, one)) for one in reversed(between)),
    )


Gathered = tuple[Sequence[Record], tuple[Record, ...], bool]
"""The units known one by one, the groups known by counts, and whether these are all."""


def gather(unit: Record, way: Way) -> Gathered:
    """Find the units of a level inside *unit*, as `ntmrules.model.unit.members`."""
    own = unit.get(way.plural)
    if isinstance(own, _LISTS):
        return own, (), True
    if own is not None:
        return (), (own,), True
    for plural, further in way.between:
        inside = unit.get(plural)
        if inside is None:
            continue
        if not isinstance(inside, _LISTS):
            return (), (), inside["total"] == 0
        parts = [gather(sub, further) for sub in inside]
        return (
            [one for units, _, _ in parts for one in units],
            tuple(one for _, counts, _ in parts for one in counts),
            all(complete for _, _, complete in parts),
        )
    return (), (), False


@attrs.frozen
class CountsDate:
    """
    Whether counts are of the year looked at.

    Attributes:
        plural: The plural of the level that is counted.
        plurals: Those of all levels.
    """

    plural: str
    plurals: tuple[str, ...]
    year: int
    assessed: datetime.date

    def current(self, unit: Record, dated: datetime.date) -> bool:
        """Tell it of all counts that lie inside *unit*."""
        plain = plain_facts_count(dated, self.year, self.assessed)
        for plural in self.plurals:
            inside = unit.get(plural)
            if inside is None:
                continue
            if not isinstance(inside, _LISTS):
                if not plain:
                    return False
            elif plural != self.plural and not all(
                self.current(sub, sub.get("as_of") or dated) for sub in inside
            ):
                return False
        return True


# Totals of sub-units.


@attrs.frozen
class Summing:
    """
    How a fact of sub-units adds up.

    Attributes:
        inside: By level: plural and name of the levels right below that may give it.
        all_needed: Whether each of those must be on file.
    """

    name: str
    shares: bool
    inside: Mapping[str, tuple[tuple[str, str], ...]]
    all_needed: bool
    year: int
    assessed: datetime.date

    def total(self, unit: Record, level: str, dated: datetime.date) -> Loose:
        """Add up; `None` where a figure is missing."""
        found: list[tuple[Record, str]] = []
        for plural, inner in self.inside.get(level, ()):
            inside = unit.get(plural)
            if inside is None and not self.all_needed:
                continue
            if not isinstance(inside, _LISTS):
                return None
            found += [(sub, inner) for sub in inside]
        if not found:
            return None
        figures = [self._figure(sub, inner, dated) for sub, inner in found]
        return None if None in figures else self._add(figures)

    def _figure(self, unit: Record, level: str, dated: datetime.date) -> Loose:
        dated = unit.get("as_of") or dated
        own = facts_of(unit, dated, self.year, self.assessed).get(self.name)
        return self.total(unit, level, dated) if own is None else own

    def _add(self, figures: list[Loose]) -> Loose:
        if not self.shares:
            total: Exact = 0
            for figure in figures:
                total += exact_number(figure)
            return normal(total)
        part: Exact = 0
        whole: Exact = 0
        for figure in figures:
            if isinstance(figure, Fraction):
                return None  # percentages do not add up
            part += figure[0]
            whole += figure[1]
        return normal(part), normal(whole)


def summing(
    fact: Fact, vocabulary: Vocabulary, year: int, assessed: datetime.date
) -> Summing:
    """Find out how a fact adds up."""
    inside: dict[str, list[tuple[str, str]]] = {}
    for level in vocabulary.levels.values():
        if level.parent is not None and (not fact.levels or level.name in fact.levels):
            inside.setdefault(level.parent, []).append((level.plural, level.name))
    return Summing(
        fact.name,
        isinstance(fact.type, ShareType),
        {name: tuple(levels) for name, levels in inside.items()},
        bool(fact.levels),
        year,
        assessed,
    )


# Titles.


@attrs.frozen
class Holding:
    """Whether units hold a title on a date: its own record, or of one above it."""

    names: tuple[str, ...]
    date: datetime.date

    def verdict(self, unit: Record) -> int:
        """Give the code of the verdict."""
        titles = unit.get("titles")
        if titles is None:
            return UNKNOWN
        found = NOT_MET
        for name in self.names:
            record = titles.get(name)
            if record is None:
                continue
            withdrawn = None
            if isinstance(record, Mapping):
                withdrawn, record = record.get("withdrawn"), record["granted"]
            if not _has_come(record, self.date):
                continue
            if withdrawn is None or not _has_come(withdrawn, self.date):
                return MET
            if withdrawn == self.date.year and isinstance(withdrawn, int):
                found = UNKNOWN
        return found


@attrs.frozen
class Granting:
    """The year in which units were granted a title."""

    name: str
    names: tuple[str, ...]
    assessed: datetime.date

    def year(self, unit: Record) -> int | Never | None:
        """Give the year, `NEVER` if it surely was not, or `None`."""
        titles = unit.get("titles")
        if titles is None:
            return None
        granted = self._granted(titles, self.name)
        if granted is not None:
            return granted if isinstance(granted, int) else granted.year
        higher = (self._granted(titles, name) for name in self.names)
        return NEVER if all(one is None for one in higher) else None

    def _granted(self, titles: Record, name: str) -> Loose:
        record = titles.get(name)
        if isinstance(record, Mapping):
            record = record["granted"]
        if record is None or not _has_come(record, self.assessed):
            return None
        return record


def holding(title: Title, vocabulary: Vocabulary, date: datetime.date) -> Holding:
    """Find out which records show that a title is held on *date*."""
    return Holding(vocabulary.implying(title.name), date)


def granting(title: Title, vocabulary: Vocabulary, assessed: datetime.date) -> Granting:
    """Find out which records show when a title was granted."""
    return Granting(title.name, vocabulary.implying(title.name), assessed)


def _has_come(when: Loose, date: datetime.date) -> bool:
    if isinstance(when, int):
        return when <= date.year
    came: bool = when <= date
    return came


# What people judged.


@attrs.frozen
class Recording:
    """Which attestations of a ruleset count: those made in its time, by a date."""

    ruleset: str
    start: datetime.date
    date: datetime.date

    def of(self, unit: Record) -> Mapping[str, int]:
        """Give the verdicts that count, by label."""
        by_ruleset = unit.get("attestations") or NO_FACTS
        counting: dict[str, int] = {}
        for label, found in (by_ruleset.get(self.ruleset) or NO_FACTS).items():
            if not isinstance(found, Mapping):
                continue  # a verdict without its date
            on = found.get("on")
            verdict = Verdict(found["verdict"])
            if on is not None and self.start <= on <= self.date:
                counting[label] = CODES[verdict]
        return counting
