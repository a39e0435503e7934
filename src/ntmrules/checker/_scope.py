"""
What an expression can see while it is checked.

Source: language.md sections 3, 4 and 10.
"""

from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence

import attrs

from ntmrules.checker._library import Absent, Library
from ntmrules.checker._names import Names, absent, unknown
from ntmrules.checker._words import listed, quoted
from ntmrules.diagnostics import Code, Diagnostic, Help, Note, Sink, codes
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Ruleset
from ntmrules.model.types import Condition, Enum, Type
from ntmrules.model.vocabulary import Fact, Level, Title
from ntmrules.model.words import name_of
from ntmrules.source import Span
from ntmrules.syntax import nodes
from ntmrules.text import Fill, Text


NOWHERE = Text("", "")
"""Where an expression of no criterion stands."""
_UNSAID = Text(
    "this was not understood, and nothing says why",
    "không hiểu được chỗ này mà không có lời giải thích nào",
)
_DECLARED_HERE = Text("declared here", "được khai báo ở đây")
_GIVEN_FOR = Text("it is given for {levels}", "số liệu này có ở {levels}")
_TITLES_ARE = Text(
    "titles of a {level} are {titles}", "danh hiệu của {level} là {titles}"
)


@attrs.define
class Own:
    """
    The ruleset at hand, as far as its text tells.

    Attributes:
        level: What it assesses; `None` for a vocabulary, which has no labels.
        criteria: Its criteria by label; preconditions are not among them.
        preconditions: By label.
        indicators: By label; a criterion without indicators is one itself.
        incomplete: Whether the parser left out what it could not read, labels perhaps.
        interval: The first and the last day on which it is in force.
        years: The years in which it is in force, if it ends.
        others: The rulesets it refers to, with the place of each first reference.
        versions: What was found for each of those.
        depth: How many expressions are being read, each inside the one before.
        written_out: How many were read because a definition was named.
        overrun: Whether a limit was passed, which is told once.
    """

    name: str
    level: Level | None = None
    criteria: Mapping[str, nodes.Provision] = attrs.field(factory=dict)
    preconditions: Mapping[str, nodes.Provision] = attrs.field(factory=dict)
    indicators: Mapping[str, nodes.Provision] = attrs.field(factory=dict)
    years: range | None = None
    incomplete: bool = False
    interval: tuple[datetime.date, datetime.date] | None = None
    others: dict[str, Span] = attrs.field(factory=dict)
    versions: dict[str, tuple[Ruleset, ...]] = attrs.field(factory=dict)
    depth: int = 0
    written_out: int = 0
    overrun: bool = False

    def overlaps(self, other: Ruleset) -> bool:
        """Tell whether another ruleset is ever in force together with this one."""
        if self.interval is None:
            return True
        first, last = self.interval
        return other.start <= last and (other.end is None or other.end >= first)


class Scope(ABC):
    """
    Resolves names and gathers complaints for expressions of one level.

    Every method that reads a part of the tree gives `None` after it complained, so
    that one mistake causes no second complaint.
    """

    def __init__(
        self, names: Names, library: Library, sink: Sink, own: Own, level: Level
    ) -> None:
        self.names = names
        self.library = library
        self.sink = sink
        self.own = own
        self.level = level
        self.place = NOWHERE
        self.opened: tuple[str, ...] = ()

    @abstractmethod
    def value(
        self, node: nodes.Expression, hint: Type | None = None
    ) -> e.Expression | None:
        """
        Read a value.

        A *hint* is the type that the context asks for; it settles bare numbers,
        cases of enums and cells of tables.
        """

    @abstractmethod
    def condition(self, node: nodes.Expression) -> e.Expression | None:
        """Read a condition."""

    @abstractmethod
    def within(self, level: Level) -> Scope:
        """Give the scope of sub-units of *level*."""

    def complain(
        self,
        code: Code,
        span: Span,
        values: Mapping[str, Fill] | None = None,
        *,
        notes: tuple[Note, ...] = (),
        advice: Help | None = None,
    ) -> None:
        """Report a problem."""
        self.sink.add(
            Diagnostic(
                code,
                span,
                values or {},
                place=self.place.en,
                place_vi=self.place.vi,
                notes=notes,
                help=advice,
            )
        )

    def lost(self, node: nodes.Expression) -> None:
        """
        See to it that nothing is left out without a complaint.

        A requirement that got lost would certify whoever does not fulfil it.
        """
        if not self.sink.failed:
            self.complain(codes.BUG, node.span, {"problem": _UNSAID})

    def report(self, diagnostic: Diagnostic) -> None:
        """Report a problem that was built elsewhere."""
        if not diagnostic.place:
            place = self.place
            diagnostic = attrs.evolve(diagnostic, place=place.en, place_vi=place.vi)
        self.sink.add(diagnostic)

    def circle(self, circle: Sequence[str], places: Mapping[str, Span]) -> None:
        """
        Report names that depend on each other, each circle once.

        It is told from whichever of them stands first in the file.
        """
        first = min((step for step in circle if step in places), key=_start(places))
        at = circle.index(first)
        path = (*circle[at:], *circle[:at], first)
        edges = " → ".join(f"`{step}`" for step in path)
        note = Note(Text("{path}", "{path}"), None, {"path": edges})
        values: dict[str, Fill] = {"name": first}
        self.sink.add(Diagnostic(codes.CIRCULAR, places[first], values, notes=(note,)))

    def enum_of(self, case: str) -> Enum | None:
        """Find an enum that has a case of this name."""
        enums = self.names.enums.values()
        return next((enum for enum in enums if case in enum.names), None)

    def fact(self, fact: Fact, span: Span) -> e.Expression | None:
        """Use a fact, if it is given on the level at hand."""
        if fact.levels and self.level.name not in fact.levels:
            values: dict[str, Fill] = {"fact": fact.name, "level": name_of(self.level)}
            self.complain(
                codes.FACT_NOT_ON_LEVEL,
                span,
                values,
                notes=(Note(_DECLARED_HERE, fact.span),),
                advice=Help(_GIVEN_FOR, {"levels": listed(fact.levels)}),
            )
            return None
        return e.FactValue(fact, span=span)

    def title(self, word: nodes.Word) -> Title | None:
        """Find a title of the level at hand."""
        title = self.names.titles.get(word.text)
        if title is None:
            self.report(unknown("title", word, self.names.titles))
            return None
        if title.level != self.level.name:
            values: dict[str, Fill] = {
                "title": title.name,
                "level": self.names.level_word(title.level),
                "found": name_of(self.level),
            }
            own = [
                t.name for t in self.names.titles.values() if t.level == self.level.name
            ]
            advice = None
            if own:
                parts: dict[str, Fill] = {
                    "level": name_of(self.level),
                    "titles": listed(own),
                }
                advice = Help(_TITLES_ARE, parts)
            self.complain(codes.TITLE_LEVEL, word.span, values, advice=advice)
            return None
        return title

    def versions(self, word: nodes.Word) -> tuple[Ruleset, ...] | None:
        """Find the versions of another ruleset that assesses the level at hand."""
        found = self.own.versions.get(word.text)
        if found is None:
            given = self.library.rulesets(word.text)
            if isinstance(given, Absent):
                self.report(absent("ruleset", word, given))
                return None
            self.own.others[word.text] = word.span
            found = self.own.versions[word.text] = given
        for version in found:
            if not self.assesses(word.text, version.level, word.span, version.span):
                return None
        # A version that is never in force together with this ruleset may say what
        # it likes; if none is, that is told elsewhere.
        return tuple(filter(self.own.overlaps, found)) or found

    def assesses(
        self, name: str, level: Level | None, span: Span, declared: Span | None = None
    ) -> bool:
        """Tell whether a ruleset assesses the level at hand; complain if not."""
        if level is None or level.name == self.level.name:
            return True
        values: dict[str, Fill] = {
            "name": name,
            "level": name_of(level),
            "found": name_of(self.level),
        }
        notes = () if declared is None else (Note(_DECLARED_HERE, declared),)
        self.complain(codes.RULESET_LEVEL, span, values, notes=notes)
        return False


def _start(places: Mapping[str, Span]) -> Callable[[str], int]:
    return lambda step: places[step].start


def wants_condition(scope: Scope, read: e.Expression) -> bool:
    """Tell whether what was read is a condition, and complain if it is."""
    if isinstance(read.type, Condition):
        scope.complain(codes.VALUE_WANTED, read.span, {"found": quoted(read.span)})
        return True
    return False
