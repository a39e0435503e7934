"""Units as the slow reading sees them: what they have on record, and who is inside."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs

from tests.support.oracle.names import (
    INSIDE,
    LEVELS,
    ONLY,
    PARENT,
    SUMS_UP,
    TITLES,
    plural,
)
from tests.support.oracle.places import FIGURES


class _Mark:
    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


NA, UNKNOWN, NEVER = _Mark("NA"), _Mark("UNKNOWN"), _Mark("NEVER")
ZERO = _Mark("ZERO")
"""A share of nothing, as it was given."""

NOBODY = object()
Plain = Mapping[str, Any]


@attrs.frozen
class Pair:
    """A share with its parts."""

    part: Fraction
    whole: Fraction
    counted: bool


@attrs.frozen
class Span:
    """A number of which only bounds are known."""

    least: int
    most: int | None


@attrs.frozen
class Time:
    """A year, and the date in it that is looked at."""

    year: int
    date: datetime.date

    def at(self, year: int, assessed: datetime.date) -> Time:
        """Move to another year."""
        if year == self.year:
            return self
        return Time(year, min(datetime.date(year, 12, 31), assessed))


class Missing(Exception):  # noqa: N818 - a question, not an error
    """Something is not known, and could be one of several."""

    def __init__(self, question: tuple[Any, ...], answers: list[Any]) -> None:
        super().__init__(question)
        self.question = question
        self.answers = answers


@attrs.frozen
class Counts:
    """A collection of which counts are known, and the date they are of."""

    total: int
    hold: Mapping[str, int]
    date: datetime.date


@attrs.frozen
class Group:
    """The members of a collection, as far as they are known."""

    people: list[Person]
    counted: list[Counts]
    complete: bool


@attrs.frozen(eq=False)
class Person:
    """A unit; `made` are those that a completion adds, of whom nothing is known."""

    path: tuple[Any, ...]
    level: str
    data: Plain
    date: datetime.date
    top: int | None = None
    made: bool = False

    @property
    def attestations(self) -> Mapping[str, Any]:
        """What was judged of it."""
        found: Mapping[str, Any] = self.data.get("attestations", {})
        return found


def day(text: Any) -> Any:
    """Read a year or a date."""
    return text if isinstance(text, int) else datetime.date.fromisoformat(text)


def come(when: Any, date: datetime.date) -> bool:
    """Tell whether a year or date has come."""
    return bool(when <= (date.year if isinstance(when, int) else date))


class Registry:
    """
    Looks things up in a unit.

    Args:
        answers: What is assumed of the missing; without it the missing is unknown.
    """

    def __init__(
        self,
        unit: Plain,
        level: str,
        assessed: datetime.date,
        answers: dict[Any, Any] | None = None,
    ) -> None:
        self.assessed = assessed
        self.answers = answers
        own = unit.get("as_of")
        self.top = Person((), level, unit, day(own) if own else assessed)

    def _ask(self, question: tuple[Any, ...], answers: list[Any]) -> Any:
        if self.answers is None:
            return UNKNOWN
        if question not in self.answers:
            raise Missing(question, answers)
        return self.answers[question]

    def _plain(self, date: datetime.date, when: Time) -> bool:
        return date <= self.assessed and when.year in {date.year, self.assessed.year}

    # Facts.

    def fact(self, name: str, who: Person, when: Time) -> Any:
        """Look up a fact."""
        if self._plain(who.date, when):
            known = who.data.get("facts", {})
        else:
            known = who.data.get("history", {}).get(when.year, {})
        given = known.get(name)
        if isinstance(given, Mapping):
            # A figure of a later date than the assessment does not count.
            given = given["value"] if day(given["on"]) <= self.assessed else None
        if given is not None:
            return figure(name, given)
        inside = self._summing(name, who)
        if inside:
            return added([self.fact(name, one, when) for one in inside])
        figures = [figure(name, one) for one in FIGURES[name]]
        return self._ask((who.path, name, when.year), figures)

    def _summing(self, name: str, who: Person) -> list[Person]:
        if name not in SUMS_UP:
            return []
        below = [level for level in LEVELS if PARENT.get(level) == who.level]
        if name in ONLY:
            below = [level for level in below if level in ONLY[name]]
        else:
            below = [level for level in below if plural(level) in who.data]
        if any(not isinstance(who.data.get(plural(x)), list) for x in below):
            return []
        return [one for level in below for one in self._listed(who, level)]

    # Titles.

    def _records(self, who: Person, when: Time) -> Any:
        if who.made:
            titles = TITLES[who.level]
            top = who.top
            if top is None or not self._plain(who.date, when):
                tops = list(range(-1, len(titles)))
                top = self._ask((who.path, "top", when.year), tops)
            return dict.fromkeys(titles[: top + 1], 1950)
        if "titles" in who.data:
            return who.data["titles"]
        titles = TITLES[who.level]
        ways: list[Any] = [{}]
        for year in (2020, 2023, 2024):
            ways += [dict.fromkeys(titles[: n + 1], year) for n in range(len(titles))]
        return self._ask((who.path, "titles"), ways)

    def holds(self, title: str, who: Person, when: Time) -> str:
        """Tell whether a unit holds a title."""
        records = self._records(who, when)
        if records is UNKNOWN:
            return "unknown"
        verdict = "not met"
        titles = TITLES[who.level]
        for name in titles[titles.index(title) :]:
            if name not in records:
                continue
            granted, withdrawn = span(records[name])
            if not come(granted, when.date):
                continue
            if withdrawn is None or not come(withdrawn, when.date):
                return "met"
            if withdrawn == when.date.year:
                verdict = "unknown"
        return verdict

    def granted(self, title: str, who: Person) -> Any:
        """Give the year in which a unit was granted a title."""
        if who.made:
            return self._ask((who.path, "granted", title), [2020, 2023, NEVER])
        now = Time(self.assessed.year, self.assessed)
        records = self._records(who, now)
        if records is UNKNOWN:
            return UNKNOWN
        titles = TITLES[who.level]
        for name in titles[titles.index(title) :]:
            granted = span(records[name])[0] if name in records else None
            if granted is not None and come(granted, self.assessed):
                year = granted if isinstance(granted, int) else granted.year
                return year if name == title else UNKNOWN
        return NEVER

    # Who is inside.

    def _listed(self, who: Person, level: str) -> list[Person]:
        found = []
        for at, data in enumerate(who.data[plural(level)]):
            date = day(data["as_of"]) if data.get("as_of") else who.date
            found.append(Person((*who.path, level, at), level, data, date))
        return found

    def members(self, who: Person, level: str) -> Group:
        """Gather the units of a level inside another."""
        known = who.data.get(plural(level))
        if isinstance(known, list):
            return Group(self._listed(who, level), [], complete=True)
        if known is not None:
            counts = Counts(known["total"], known["hold"], who.date)
            if self.answers is None:
                return Group([], [counts], complete=True)
            return Group(self._made(who, level, counts), [], complete=True)
        for between in INSIDE[who.level]:
            if level in INSIDE[between] and plural(between) in who.data:
                return self._through(who, between, level)
        many = self._ask((who.path, "inside", level), [0, 1, 2])
        if many is UNKNOWN:
            return Group([], [], complete=False)
        return Group(self._new(who, level, [None] * many), [], complete=True)

    def _through(self, who: Person, between: str, level: str) -> Group:
        around = self.members(who, between)
        parts = [self.members(one, level) for one in around.people]
        return Group(
            [one for part in parts for one in part.people],
            [counts for part in parts for counts in part.counted],
            complete=all(part.complete for part in parts)
            and not any(counts.total for counts in around.counted),
        )

    def _new(self, who: Person, level: str, tops: list[int | None]) -> list[Person]:
        return [
            Person((*who.path, level, at), level, {}, who.date, top, made=True)
            for at, top in enumerate(tops)
        ]

    def _made(self, who: Person, level: str, counts: Counts) -> list[Person]:
        titles = TITLES[level]
        tops = list(
            itertools.combinations_with_replacement(
                range(-1, len(titles)), counts.total
            )
        )
        right = [
            one
            for one in tops
            if all(
                sum(top >= titles.index(title) for top in one) == many
                for title, many in counts.hold.items()
            )
        ]
        chosen = self._ask((who.path, "counts", level), right or tops)
        return self._new(who, level, list(chosen))

    def counted(
        self, counts: Counts, title: str | None, when: Time, who: Person, level: str
    ) -> tuple[int, int, int]:
        """Tell of how many it is known that they hold a title, do not, and neither."""
        if title is None or not self._current(who, level, when):
            return 0, 0, counts.total
        titles = TITLES[level]
        at = titles.index(title)
        above = [counts.hold.get(name, 0) for name in titles[at:]]
        below = [counts.hold[x] for x in titles[: at + 1] if x in counts.hold]
        least, most = max(above), min([*below, counts.total])
        known = [counts.hold[name] for name in titles if name in counts.hold]
        if known != sorted(known, reverse=True):
            # Each title has at most as many holders as those below it.
            least, most = 0, counts.total
        return least, counts.total - most, most - least

    def _current(self, who: Person, level: str, when: Time) -> bool:
        """Tell whether all counts below a unit are of the year looked at."""
        for inner in INSIDE[who.level]:
            known = who.data.get(plural(inner))
            if isinstance(known, Mapping) and not self._plain(who.date, when):
                return False
            if isinstance(known, list) and inner != level:
                for one in self._listed(who, inner):
                    if not self._current(one, level, when):
                        return False
        return True


def span(record: Any) -> tuple[Any, Any]:
    """Give when a title was granted, and withdrawn."""
    if isinstance(record, Mapping):
        return day(record["granted"]), day(record["withdrawn"])
    return day(record), None


def figure(name: str, given: Any) -> Any:
    """Read a figure as a unit file has it."""
    if isinstance(given, list):
        return [figure("s1", item) for item in given]
    if name == "founded":
        return datetime.date.fromisoformat(given)
    if name in {"a1", "a2"}:
        number, _, unit = str(given).partition(" ")
        scale = unit.split(" ")[0] or {"a1": "million", "a2": "thousand"}[name]
        return Fraction(number) * {"million": 10**6, "thousand": 10**3}[scale]
    if isinstance(given, bool) or name in {"region", "rating"}:
        return given
    text = str(given)
    if text.endswith("%"):
        return Pair(Fraction(text[:-1]), Fraction(100), counted=False)
    if "/" in text:
        part, whole = text.split("/")
        return Pair(Fraction(part), Fraction(whole), counted=True)
    plain = Fraction(text)
    return int(plain) if plain.denominator == 1 else plain


def added(figures: list[Any]) -> Any:
    """Add up the figures of sub-units."""
    if any(one is UNKNOWN for one in figures):
        return UNKNOWN
    if isinstance(figures[0], Pair):
        if not all(one.counted for one in figures):
            return UNKNOWN
        part, whole = (sum(getattr(x, y) for x in figures) for y in ("part", "whole"))
        return Pair(part, whole, counted=True)
    return sum(figures)
