"""
The check at the border as code: straight lines for the facts that are asked.

Source: engine.md section 2.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from ntmrules.compiled import _border
from ntmrules.compiled._codes import Loose
from ntmrules.compiled._needs import Needs
from ntmrules.compiled._space import Space
from ntmrules.model.ruleset import Ruleset
from ntmrules.model.types import (
    AmountType,
    Condition,
    CountType,
    DateType,
    EnumType,
    ListType,
    NumberType,
    ShareType,
    Type,
    YearType,
)
from ntmrules.model.vocabulary import Fact, Level, Vocabulary


Test = Callable[[Loose], bool]

_KEYS = ("level", "id", "name", "as_of", "facts", "titles", "history", "attestations")


def fitting(ruleset: Ruleset) -> Test:
    """Make the check of units of a ruleset."""
    return _Fitting(ruleset).outermost(ruleset.level)


class _Fitting:
    def __init__(self, ruleset: Ruleset) -> None:
        self._vocabulary: Vocabulary = ruleset.vocabulary
        self._needs = Needs(ruleset).facts
        self._titles = _border.title_names(ruleset.vocabulary)
        self._space = Space()
        self._made: dict[str, str] = {}

    def outermost(self, level: Level) -> Test:
        """Give the check of a whole unit of a level."""
        unit_fits = self._space.names[self._unit(level)]

        def fits(unit: Loose) -> bool:
            ids: dict[str, list[str]] = {}
            try:
                if unit.get("level") != level.name or not unit_fits(
                    unit, None, ids, []
                ):
                    return False
            except (TypeError, ValueError, AttributeError):
                # Not the shape that was looked for; the reader says what it is.
                return False
            return _border.ids_differ(ids)

        return fits

    def _unit(self, level: Level) -> str:
        """Name the check of one unit of a level, and of what lies inside it."""
        if level.name in self._made:
            return self._made[level.name]
        bind = self._space.bind
        facts_fit = self._facts(level)
        lines = [
            "if u.__class__ is not dict: return False",
            f"name = u.get({bind('id')})",
            f"facts = u.get({bind('facts')})",
            # Most units inside another have these two keys, and no other.
            "if name is None or facts is None or len(u) != 2:",
            *(f" {line}" for line in self._rare(level, facts_fit)),
            "if name.__class__ is str:",
            " if name: ids.append(name)",
            "elif name is not None: return False",
            f"return facts is None or {facts_fit}(facts)",
        ]
        return self._define(level.name, "unit", "u, dated, all_ids, ids", lines)

    def _rare(self, level: Level, facts_fit: str) -> list[str]:
        """Check what most units do not have."""
        bind = self._space.bind
        below = [
            other
            for other in self._vocabulary.levels.values()
            if self._vocabulary.is_below(other.name, level.name)
        ]
        keys = frozenset((*_KEYS, *(other.plural for other in below)))
        titles = bind(self._titles[level.name])
        tests = {
            "titles": f"{bind(_border.titles_fit)}(v, {titles})",
            "history": f"{bind(_border.history_fits)}(v, {facts_fit}, dated)",
            "attestations": f"{bind(_border.attestations_fit)}(v)",
        }
        lines = [
            f"if not {bind(keys)}.issuperset(u): return False",
            f"v = u.get({bind('level')})",
            f"if v is not None and v != {bind(level.name)}: return False",
            f"v = u.get({bind('as_of')})",
            "if v is not None:",
            f" if not {bind(_border.is_date)}(v): return False",
            " dated = v",
            f"v = u.get({bind('name')})",
            f"if v is not None and not {bind(_border.is_text)}(v): return False",
        ]
        for key, test in tests.items():
            lines += [
                f"v = u.get({bind(key)})",
                f"if v is not None and not {test}: return False",
            ]
        for other in below:
            lines += self._inside(other, below)
        return lines

    def _inside(self, level: Level, below: list[Level]) -> list[str]:
        bind = self._space.bind
        between = frozenset(
            other.plural
            for other in below
            if self._vocabulary.is_below(level.name, other.name)
        )
        titles = bind(self._titles[level.name])
        further = frozenset(
            other.plural
            for other in self._vocabulary.levels.values()
            if self._vocabulary.is_below(other.name, level.name)
        )
        # Whether a list further in has the same level, the reader of units sees.
        inside_others = []
        if between:
            inside_others = [f" if not {bind(between)}.isdisjoint(u): return False"]
        return [
            f"v = u.get({bind(level.plural)})",
            "if v is not None:",
            *inside_others,
            " if v.__class__ is dict:",
            f"  if not {bind(_border.counts_fit)}(v, {titles}): return False",
            " elif v.__class__ is not list: return False",
            " else:",
            f"  inner = all_ids.setdefault({bind(level.name)}, [])",
            "  for s in v:",
            f"   if not {self._unit(level)}(s, dated, all_ids, inner): return False",
            # Units without a code are told apart by their names, by the reader.
            f"   if len(s) > 1 and {bind('name')} in s and not s.get({bind('id')}):",
            "    return False",
            # The reader of units hands a date in between down to those inside.
            (
                f"   if {bind('as_of')} in s and not {bind(further)}.isdisjoint(s):"
                " return False"
            ),
        ]

    def _facts(self, level: Level) -> str:
        """Name the check of facts of a level."""
        bind = self._space.bind
        known = bind(frozenset(self._vocabulary.facts))
        facts = self._needs.get(level.name, {}).values()
        lines = ["if u.__class__ is not dict: return False", "gap = False"]
        for fact in facts:
            lines += [f"f = u.get({bind(fact.name)})", *self._fact(fact)]
        lines += [
            # Without a gap it has exactly what is asked.  Of a name that is not
            # declared, the reader of units knows what is meant: it may be another
            # spelling of the same letters.
            f"if (gap or len(u) != {len(facts)}) and not {known}.issuperset(u):",
            " return False",
            "return True",
        ]
        return self._define(f"facts of {level.name}", "facts", "u", lines)

    def _fact(self, fact: Fact) -> list[str]:
        """Check one fact, the usual way of giving it in place."""
        test = self._space.bind(self._test(fact.type, fact))
        rest = ["elif f is None: gap = True", f"elif not {test}(f): return False"]
        match fact.type:
            case ShareType():
                wrong = "n.__class__ is not int or d.__class__ is not int or n < 0"
                wrong += " or d <= 0" if fact.may_exceed else " or n > d"
                usual = ["if f.__class__ is tuple:", " n, d = f"]
                return [*usual, f" if {wrong}: return False", *rest]
            case CountType() | AmountType():
                right = "f.__class__ is int and f >= 0"
            case NumberType():
                right = "f.__class__ is int"
            case Condition():
                right = "f is True or f is False"
            case _:
                return ["if f is None: gap = True", rest[1]]
        return [f"if {right}: pass", *rest]

    def _test(self, kind: Type, fact: Fact) -> Test:
        """Give the check of a value that is not `None`."""
        match kind:
            case ShareType():
                percent = _border.is_percent
                if fact.may_exceed:
                    percent = _border.is_percent_above
                return lambda value: percent(value) or _is_pair(value, fact)
            case CountType():
                return lambda value: (
                    value.__class__ is int and 0 <= value < _border.MOST
                )
            case AmountType():
                return _border.is_amount
            case NumberType():
                return _border.is_number
            case Condition():
                return lambda value: value is True or value is False
            case EnumType():
                cases = frozenset(kind.enum.names)
                return lambda value: value.__class__ is str and value in cases
            case DateType():
                return _border.is_date
            case YearType():
                return _border.is_year
            case ListType():
                item = self._test(kind.item, fact)
                return lambda value: _border.is_list(value, item)
            case _:
                assert_never(kind)

    def _define(self, key: str, kind: str, arguments: str, lines: list[str]) -> str:
        name = self._made[key] = self._space.name(f"{kind}_fit_")
        body = [f"def {name}({arguments}):", *(f" {line}" for line in lines)]
        self._space.define(name, body)
        return name


def _is_pair(value: Loose, fact: Fact) -> bool:
    if value.__class__ is not tuple or len(value) != 2:
        return False
    part, whole = value
    if part.__class__ is not int or whole.__class__ is not int:
        return False
    return part >= 0 and whole > 0 and (fact.may_exceed or part <= whole)
