"""
A unit with its facts, checked against a vocabulary.

Source: engine.md section 2.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import NamedTuple

import attrs

from ntmrules.diagnostics import Diagnostic
from ntmrules.model.types import Value
from ntmrules.model.vocabulary import Level, Vocabulary
from ntmrules.source import Span
from ntmrules.tree import Tree
from ntmrules.verdict import Verdict


When = int | datetime.date
"""A date, or a year where no more is known."""


class Given(NamedTuple):
    """
    A fact as it was given.

    A named tuple, since units have hundreds: a frozen class takes three times as long
    to make.

    Attributes:
        value: In the unscaled unit of the fact (see `ntmrules.model.types.Value`).
        text: As it was written, for people.
        source: The document it comes from, ``""`` if not said.
        on: The date of the figure, if said.
        span: Where it was written; it takes no part in equality.
    """

    value: Value
    text: str = ""
    source: str = ""
    on: datetime.date | None = None
    span: Span | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Given) and self[:4] == other[:4]

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self[:4])


@attrs.frozen(repr=False, eq=False)
class TitleRecord(Tree):
    """When a title was granted, and withdrawn if it was."""

    granted: When
    withdrawn: When | None = None
    by: str = ""
    span: Span | None = attrs.field(kw_only=True, default=None, eq=False, repr=False)


@attrs.frozen(repr=False, eq=False)
class Attestation(Tree):
    """What a person judged: the verdict, who, when, and in which document."""

    verdict: Verdict
    by: str = ""
    on: datetime.date | None = None
    document: str = ""
    span: Span | None = attrs.field(kw_only=True, default=None, eq=False, repr=False)


@attrs.frozen(repr=False, eq=False)
class Counts(Tree):
    """
    A collection of which only counts are known.

    Attributes:
        total: How many units there are.
        hold: How many of them hold a title, by title.
    """

    total: int
    hold: Mapping[str, int]
    span: Span | None = attrs.field(kw_only=True, default=None, eq=False, repr=False)


@attrs.frozen(eq=False)
class Unit:
    """
    A village, commune, district … and what is known of it.

    Attributes:
        id: Its code, ``""`` if none was given.
        as_of: The date of its facts, if it or a sub-unit around it gives one.
        facts: By fact name; an absent fact is missing, which is not zero.
        titles: The record of titles by name; `None` when there is no record at all.
        collections: By plural: the units inside, or their counts; a plural that is
            absent was not given.
        history: Facts of other years, by year.
        attestations: By ruleset id and label.
        findings: What was noticed when it was read.
    """

    level: Level
    vocabulary: Vocabulary = attrs.field(repr=False)
    id: str = ""
    name: str = ""
    as_of: datetime.date | None = None
    facts: Mapping[str, Given] = attrs.field(factory=dict, repr=False)
    titles: Mapping[str, TitleRecord] | None = attrs.field(default=None, repr=False)
    collections: Mapping[str, tuple[Unit, ...] | Counts] = attrs.field(
        factory=dict, repr=False
    )
    history: Mapping[int, Mapping[str, Given]] = attrs.field(factory=dict, repr=False)
    attestations: Mapping[str, Mapping[str, Attestation]] = attrs.field(
        factory=dict, repr=False
    )
    findings: tuple[Diagnostic, ...] = attrs.field(default=(), repr=False)
    span: Span | None = attrs.field(kw_only=True, default=None, repr=False)

    @property
    def called(self) -> str:
        """What to call it in a sentence: its name, else its id, else its level."""
        return self.name or self.id or self.level.name


@attrs.frozen(repr=False, eq=False)
class Members(Tree):
    """
    The units of a level below a unit, at any depth.

    Attributes:
        units: Those that are known one by one.
        counts: Those that are known by their counts alone.
        complete: Whether these are all; false when some unit in between did not
            say which units lie inside it.
        given: Whether anything was said of the level at all.
    """

    units: tuple[Unit, ...] = ()
    counts: tuple[Counts, ...] = ()
    complete: bool = False
    given: bool = False


def members(unit: Unit, level: Level) -> Members:
    """
    Gather the units of *level* inside *unit*.

    What the unit itself says of the level comes first; otherwise the units in
    between are asked (language.md section 6).
    """
    own = unit.collections.get(level.plural)
    if isinstance(own, Counts):
        return Members(counts=(own,), complete=True, given=True)
    if own is not None:
        return Members(own, complete=True, given=True)
    levels = unit.vocabulary.levels
    between = [
        levels[name]
        for name in unit.vocabulary.ancestors(level.name)
        if unit.vocabulary.is_below(name, unit.level.name)
        and levels[name].plural in unit.collections
    ]
    if not between:
        return Members()
    # The highest level in between reaches every unit further down.
    inside = unit.collections[between[-1].plural]
    if isinstance(inside, Counts):
        empty = inside.total == 0
        return Members(complete=empty, given=empty)
    parts = [members(sub, level) for sub in inside]
    return Members(
        tuple(found for part in parts for found in part.units),
        tuple(counts for part in parts for counts in part.counts),
        complete=all(part.complete for part in parts),
        given=not parts or any(part.given for part in parts),
    )
