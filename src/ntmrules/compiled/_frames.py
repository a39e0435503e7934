"""Functions in the making: what is read once, the loops, then the body."""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

import attrs

from ntmrules.compiled import _records
from ntmrules.compiled._codes import Loose
from ntmrules.compiled._space import Function, Space
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Ruleset
from ntmrules.model.vocabulary import Fact, Level, Vocabulary


_FEW = 6
"""More facts are read at once."""


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f" {line}" for line in lines)


@attrs.frozen
class Code:
    """
    A condition that has been written: the name of its code, or the code itself.

    Attributes:
        dash: Whether it can be not applicable.
    """

    text: str
    dash: bool = True


@attrs.frozen
class Found:
    """
    A value that has been written.

    Attributes:
        soft: Whether, unknown, it may be `Bounds` or `NEVER`.
    """

    text: str
    soft: bool = False


class Maker(Protocol):
    """Writes functions, each once; they are called with a unit and its date."""

    space: Space
    vocabulary: Vocabulary
    assessed: datetime.date
    accept_unverified: bool

    def value(self, node: e.Expression, scope: Scope) -> Found:
        """Write a value."""

    def condition(self, node: e.Expression, scope: Scope) -> Code:
        """Write a condition."""

    def here(self, kind: str, label: str, scope: Scope) -> Code:
        """Write a provision of the ruleset at home in the frame."""

    def whole(self, ruleset: Ruleset, level: Level, year: int) -> str:
        """Name the function of a whole ruleset."""

    def provision(self, kind: str, label: str, scope: Scope) -> str:
        """Name the function of a criterion or indicator."""

    def expression(self, node: e.Expression, scope: Scope, kind: str) -> str:
        """Name the function of a value or condition."""

    def yearly(
        self, node: e.Expression, scope: Scope, kind: str
    ) -> Callable[[int], Function]:
        """Give what finds the function of a value or condition in another year."""


class Frame:
    """
    A function, or the body of a loop in one, about one unit in one year.

    Attributes:
        unit: The variable of the unit.
        home: The ruleset whose provisions are written in place.
        attested: Whether attestations are looked at.
        with_attestations: What decides units that have any instead.
        lines: The body so far.
        nested: Whether it is the body of a loop.
    """

    def __init__(
        self,
        maker: Maker,
        level: Level,
        year: int,
        home: Ruleset | None = None,
        around: Frame | None = None,
        *,
        attested: bool = False,
    ) -> None:
        self.maker, self.level, self.year, self.home = maker, level, year, home
        self.attested = attested
        self.with_attestations: Function | None = None
        self.nested = around is not None
        self._numbers: list[int] = [0] if around is None else around._numbers  # noqa: SLF001 - its own kind
        self.unit = self.new("u") if self.nested else "u"
        self._dated = self.new("dated") if self.nested else "dated"
        self._dated_asked = False
        self.lines: list[str] = []
        self.written: dict[tuple[str, int, int], Code | Found] = {}
        self.provisions: dict[tuple[str, str], Code] = {}
        self._around = around
        self._facts: dict[str, tuple[str, Fact]] = {}
        self._tables: dict[
            str, tuple[str, list[tuple[str, Mapping[Loose, Loose]]]]
        ] = {}
        self._loops: dict[str, Loop] = {}
        self._once: dict[str, tuple[str, str]] = {}

    @property
    def dated(self) -> str:
        """The variable of the date of the unit's facts."""
        self._dated_asked = True
        return self._dated

    @property
    def date(self) -> datetime.date:
        """The date looked at."""
        assessed = self.maker.assessed
        if self.year == assessed.year:
            return assessed
        return datetime.date(self.year, 12, 31)

    def new(self, kind: str) -> str:
        """Make the name of a variable."""
        self._numbers[0] += 1
        return f"{kind}_{self._numbers[0]}"

    def write(self, *lines: str) -> None:
        """Add lines to the body."""
        self.lines += lines

    def let(self, kind: str, text: str) -> str:
        """Add a variable to the body."""
        name = self.new(kind)
        self.lines.append(f"{name} = {text}")
        return name

    def once(self, kind: str, text: str, key: str) -> str:
        """Name a variable that is settled before the body, one for each *key*."""
        if key not in self._once:
            name = self.new(kind)
            self._once[key] = (name, f"{name} = {text}")
        return self._once[key][0]

    def bind(self, value: Loose) -> str:
        """Give a name to what the code needs."""
        return self.maker.space.bind(value)

    def fact(self, fact: Fact) -> str:
        """Name the variable of a fact in the plain form."""
        if fact.name not in self._facts:
            self._facts[fact.name] = (self.new("f"), fact)
        return self._facts[fact.name][0]

    def table(self, fact: Fact, cells: Mapping[Loose, Loose]) -> str:
        """Name the variable of a table's cell in the case that a fact has."""
        name = self.new("t")
        case = self.fact(fact)
        self._tables.setdefault(case, (case, []))[1].append((name, cells))
        return name

    def loop(self, level: Level) -> Loop:
        """Give the loop over the sub-units of a level."""
        if level.name not in self._loops:
            self._loops[level.name] = Loop(self, level)
        return self._loops[level.name]

    # What stands before the body.

    def function(self, name: str, result: str) -> list[str]:
        """Give the lines of the whole function."""
        as_of = self.bind("as_of")
        body = []
        if self.with_attestations is not None:
            later = f"{self.bind(self.with_attestations)}(u, dated)"
            body.append(f"if u.get({self.bind('attestations')}): return {later}")
        body += [f"dated = u.get({as_of}) or dated", *self._start()]
        for loop in self._loops.values():
            body += loop.code()
        body += self.lines
        return [
            f"def {name}(u, dated):",
            *(f" {line}" for line in body),
            f" return {result}",
        ]

    def inside(self) -> list[str]:
        """Give the lines of the body of a loop."""
        around = self._around
        assert around is not None
        reading = self._reading() if self._facts else []
        as_of, facts, unit = self.bind("as_of"), self.bind("facts"), self.unit
        dated = own_date = f"{unit}.get({as_of}) or {around.dated}"
        lines: list[str] = []
        usual = f"plain and {as_of} not in {unit}"
        if self._dated_asked:
            dated = self._dated
            lines.append(f"{dated} = {own_date}")
            usual = f"plain and {dated} is {around.dated}"
        if reading:
            found = f"FACTS({unit}, {dated}, {self.year}, {self._assessed})"
            if self._this_year:
                found = f"{unit}.get({facts}) or NO_FACTS if {usual} else {found}"
            lines += [f"F = {found}", *reading]
        return [*lines, *self._settled(), *self.lines]

    @property
    def _this_year(self) -> bool:
        return self.year == self.maker.assessed.year

    @property
    def _assessed(self) -> str:
        return self.bind(self.maker.assessed)

    def _start(self) -> list[str]:
        lines: list[str] = []
        assessed, facts = self._assessed, self.bind("facts")
        if self._this_year and (self._facts or self._loops):
            plain = f"PLAIN(dated, {self.year}, {assessed})"
            lines.append(f"plain = dated is {assessed} or {plain}")
        if self._facts:
            whole = f"FACTS(u, dated, {self.year}, {assessed})"
            if self._this_year:
                whole = f"(u.get({facts}) or NO_FACTS) if plain else {whole}"
            lines += [f"F = {whole}", *self._reading()]
        return [*lines, *self._settled()]

    def _reading(self) -> list[str]:
        # Most units have a value, or `None`, for each fact; the others take longer.
        facts = {name: self.bind(key) for key, (name, _) in self._facts.items()}
        gets = [f"{name} = F.get({key})" for name, key in facts.items()]
        if len(facts) > _FEW and not self.nested:
            getter = self.bind(operator.itemgetter(*self._facts))
            usual = [f"{', '.join(facts)} = {getter}(F)"]
        else:
            usual = [f"{name} = F[{key}]" for name, key in facts.items()]
        lines = ["try:", *_indented(usual), "except KeyError:", *_indented(gets)]
        for name, fact in self._facts.values():
            if fact.sums_up:
                maker = self.maker
                adding = _records.summing(
                    fact, maker.vocabulary, self.year, maker.assessed
                )
                where = f"{self.unit}, {self._level}, {self.dated}"
                total = f"{self.bind(adding.total)}({where})"
                lines += [f"if {name} is None:", f" {name} = {total}"]
        return lines

    @property
    def _level(self) -> str:
        return self.bind(self.level.name)

    def _settled(self) -> list[str]:
        lines = []
        for case, columns in self._tables.values():
            names = ", ".join(name for name, _ in columns)
            cases = {key for _, cells in columns for key in cells}
            rows = {key: tuple(cells.get(key) for _, cells in columns) for key in cases}
            nothing = (None,) * len(columns)
            found = f"{self.bind(rows)}.get({case}, {self.bind(nothing)})"
            lines.append(f"{names}, = {found}")
        return [*lines, *(line for _, line in self._once.values())]


class Loop:
    """
    A loop over the sub-units of one level.

    Attributes:
        frame: Its body.
        members: The variable of the units known one by one.
        size: The variable of their number.
        groups: The variable of those known by counts.
        complete: The variable that says whether these are all.
        listed: The variable that says whether there is one list of them all.
    """

    def __init__(self, around: Frame, level: Level) -> None:
        self._around = around
        self._level = level
        self._before: list[str] = []
        self.frame = Frame(around.maker, level, around.year, around=around)
        self.members, self.size, self.groups, self.complete, self.listed = (
            around.new(kind)
            for kind in ("members", "size", "groups", "complete", "listed")
        )

    def before(self, kind: str, text: str) -> str:
        """Add a variable that is settled before the loop."""
        name = self._around.new(kind)
        self._before.append(f"{name} = {text}")
        return name

    def code(self) -> list[str]:
        """Give the lines of the loop."""
        around, members = self._around, self.members
        way = _records.way(around.maker.vocabulary, self._level, around.level)
        body = self.frame.inside() if self.frame.lines else []
        found = f"{members}, {self.groups}, {self.complete}"
        loop = [f"for {self.frame.unit} in {members}:", *(f" {b}" for b in body)]
        return [
            f"{members} = u.get({around.bind(way.plural)})",
            f"{self.listed} = {self.complete} = {members}.__class__ is list",
            f"if {self.listed}: {self.groups} = NO_GROUPS",
            f"else: {found} = GATHER(u, {around.bind(way)})",
            f"{self.size} = len({members})",
            *self._before,
            *(loop if body else ()),
        ]


@attrs.frozen
class Scope:
    """Where an expression is written: in a frame, under a ruleset."""

    frame: Frame
    ruleset: Ruleset

    def under(self, ruleset: Ruleset) -> Scope:
        """Move to another ruleset."""
        return Scope(self.frame, ruleset)

    def version(self, name: str | None) -> Ruleset | None:
        """Pick the version in force on the date looked at; `None` if there is none."""
        if name is None:
            return self.ruleset
        versions = self.ruleset.references[name]
        date = self.frame.date
        return next((one for one in versions if one.in_force(date)), None)
