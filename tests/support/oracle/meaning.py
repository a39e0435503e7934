"""
What the language says, read slowly (language.md sections 1 to 8).

`Reader` reads a ruleset for a unit.  What is missing is unknown to it; or, where it
is given completions, a `Missing` question is raised, to which `completions` gives
every answer in turn.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import attrs

from tests.support.oracle.counting import (
    MET,
    NAP,
    NOT,
    UNK,
    all_of,
    any_of,
    branch,
    said,
    tally,
)
from tests.support.oracle.figures import (
    applied,
    between,
    calculate,
    chosen,
    compare,
    half_away,
    of_list,
    plainly,
)
from tests.support.oracle.names import Tree
from tests.support.oracle.people import (
    NA,
    UNKNOWN,
    ZERO,
    Person,
    Registry,
    Span,
    Time,
)
from tests.support.oracle.rules import Rules, criterion_of, indicator_of


@attrs.frozen(eq=False)
class Here:
    """The ruleset at hand, the unit, and the time that is looked at."""

    rules: Rules
    who: Person
    when: Time

    def inside(self, who: Person) -> Here:
        """Move to a sub-unit."""
        return attrs.evolve(self, who=who)

    def under(self, rules: Rules) -> Here:
        """Move to another ruleset."""
        return attrs.evolve(self, rules=rules)


class Reader:
    """Reads one ruleset for one unit on one date."""

    def __init__(
        self,
        rules: Rules,
        others: Iterable[Rules],
        registry: Registry,
        *,
        accept: bool,
    ) -> None:
        self.others = tuple(others)
        self.registry = registry
        self.accept = accept
        self.assessed = registry.assessed
        now = Time(self.assessed.year, self.assessed)
        self.here = Here(rules, registry.top, now)

    def verdicts(self) -> dict[str, str]:
        """Give every verdict, that of the whole under ``""``."""
        here = self.here
        found = {"": self.whole(here)}
        for one in (*here.rules["preconditions"], *here.rules["criteria"]):
            found[f"criterion {one['label']}"] = self.criterion(one, here)
            for inner in one["indicators"]:
                found[f"indicator {inner['label']}"] = self.indicator(inner, here)
        return found

    def verdict(self, key: str) -> str:
        """Give one of the verdicts."""
        kind, _, label = key.partition(" ")
        match kind:
            case "criterion":
                return self.criterion(criterion_of(self.here.rules, label), self.here)
            case "indicator":
                return self.indicator(indicator_of(self.here.rules, label), self.here)
            case _:
                return self.whole(self.here)

    # Provisions.

    def whole(self, here: Here) -> str:
        """Decide a ruleset."""
        rules = here.rules
        if rules["when"] is not None:
            return self.condition(rules["when"], here)
        every = (*rules["preconditions"], *rules["criteria"])
        return all_of(self.criterion(one, here) for one in every)

    def criterion(self, one: Rules, here: Here) -> str:
        """Decide a criterion."""
        inner = [self.indicator(x, here) for x in one["indicators"]]
        if one["line"]:
            return inner[0]
        verdict = all_of(inner)
        if one["passes"] is not None:
            verdict = self.condition(one["passes"], here)
        return self._recorded(one["label"], self._applied(one, verdict, here), here)

    def indicator(self, one: Rules, here: Here) -> str:
        """Decide an indicator."""
        verdict = UNK
        if one["require"] is not None:
            verdict = self.condition(one["require"], here)
        if one["unverified"] and not self.accept:
            verdict = UNK
        return self._recorded(one["label"], self._applied(one, verdict, here), here)

    def _applied(self, one: Rules, verdict: str, here: Here) -> str:
        if one["applies"] is None:
            return verdict
        applies = self.condition(one["applies"], here)
        if applies == MET:
            return verdict
        return UNK if applies == UNK else NAP

    def _recorded(self, label: str, computed: str, here: Here) -> str:
        record = here.who.attestations.get(here.rules["id"], {}).get(label)
        if computed != UNK or record is None or record["on"] is None:
            return computed
        on = datetime.date.fromisoformat(record["on"])
        counts = here.rules["start"] <= on <= here.when.date
        return str(record["verdict"]) if counts else computed

    # Conditions.

    def condition(self, tree: Tree, here: Here) -> str:
        """Decide a condition."""

        def also(inner: Tree) -> str:
            return self.condition(inner, here)

        def value(inner: Tree) -> Any:
            return self.value(inner, here)

        match tree:
            case ("is", inner):
                truth = value(inner)
                return UNK if truth is UNKNOWN else said(truth)
            case ("compare", sign, left, right):
                return compare(sign, value(left), value(right))
            case ("between", middle, low, high):
                return between(value(middle), value(low), value(high))
            case ("not", inner):
                return {MET: NOT, NOT: MET}.get(also(inner), also(inner))
            case ("and", parts):
                return all_of(map(also, parts))
            case ("or", parts) | ("choice", ("any",), parts):
                return any_of(map(also, parts))
            case ("choice", quantity, parts):
                return tally(quantity, [(MET, also(part)) for part in parts])
            case ("if", test, then, otherwise):
                return branch(also(test), also(then), also(otherwise))
            case ("holds", title):
                return self.registry.holds(title, here.who, here.when)
            case ("over", *_):
                return self._over(tree, here)
            case ("years", *_):
                return self._years(tree, here)
            case ("defined", inner):
                return also(inner)
            case _:
                return self._referred(tree, here)

    def _years(self, tree: Tree, here: Here) -> str:
        _, quantity, first, last, body, if_none = tree
        ends = self.value(first, here), self.value(last, here)
        if not all(isinstance(end, int) for end in ends):
            return UNK
        members = []
        for year in range(ends[0], ends[1] + 1):
            there = self._moved(year, here)
            verdict = UNK if there is UNKNOWN else self.condition(body, there)
            members.append((MET, verdict))
        return tally(quantity, members, if_none, over=True)

    def _over(self, tree: Tree, here: Here) -> str:
        _, quantity, level, where, body, if_none = tree
        found = self.registry.members(here.who, level)
        members = []
        for one in found.people:
            there = here.inside(one)
            belongs = MET if where is None else self.condition(where, there)
            match body:
                case ("have", inner):
                    verdict = self.condition(inner, there)
                case ("holds", title):
                    verdict = self.registry.holds(title, one, here.when)
                case _:
                    verdict = self._meets(body[1], there)
            members.append((belongs, verdict))
        # ``have (holds T)`` says what ``hold T`` says.
        named = body[1] if body[0] == "have" else body
        title = named[1] if named[0] == "holds" and where is None else None
        belongs = MET if where is None else UNK
        for counts in found.counted:
            sure, none, left = self.registry.counted(
                counts, title, here.when, here.who, level
            )
            members += [(belongs, MET)] * sure
            members += [(belongs, NOT)] * none + [(belongs, UNK)] * left
        return tally(quantity, members, if_none, over=True, more=not found.complete)

    def _meets(self, other: str, here: Here) -> str:
        rules = self._version(other, here)
        return UNK if rules is None else self.whole(here.under(rules))

    def _version(self, other: str | None, here: Here) -> Rules | None:
        if other is None:
            return here.rules
        for rules in self.others:
            if rules["id"] == other and (
                rules["start"] <= here.when.date <= rules["end"]
            ):
                return rules
        return None

    def _referred(self, tree: Tree, here: Here) -> str:
        rules = self._version(tree[2], here)
        if rules is None:
            return UNK
        there = here.under(rules)
        match tree:
            case ("criteria", quantity, _, excepted):
                verdicts = [
                    self.criterion(one, there)
                    for one in rules["criteria"]
                    if one["label"] not in excepted
                ]
                if quantity == ("any",):
                    return any_of(verdicts)
                return tally(quantity, [(MET, verdict) for verdict in verdicts])
            case ("criterion", label, _):
                return self.criterion(criterion_of(rules, label), there)
            case _:
                return self.indicator(indicator_of(rules, tree[1]), there)

    # Values.

    def value(self, tree: Tree, here: Here) -> Any:
        """Work out a value."""

        def also(inner: Tree) -> Any:
            return self.value(inner, here)

        match tree:
            case ("fact", name):
                return plainly(self.registry.fact(name, here.who, here.when))
            case ("number", text):
                number = Fraction(text)
                return int(number) if number.denominator == 1 else number
            case ("percent", text):
                return Fraction(text) / 100
            case ("money", text, scale):
                size = {"million": 10**6, "thousand": 10**3}[scale]
                return Fraction(text.replace("_", "")) * size
            case ("case", text):
                return text
            case ("day", text):
                return datetime.date.fromisoformat(text)
            case ("year",):
                return here.when.year
            case ("minus", number):
                return here.when.year - number
            case ("granted", title):
                return self.registry.granted(title, here.who)
            case ("at", inner, year):
                there = self._moved(also(year), here)
                return there if there in {NA, UNKNOWN} else self.value(inner, there)
            case (("+" | "-" | "*" | "/") as sign, left, right):
                return calculate(sign, also(left), also(right))
            case ("ratio", left, right):
                return calculate("/", also(left), also(right))
            case ("rounded", inner, digits):
                return applied(lambda x: half_away(x, digits + 2), also(inner))
            case ("call", "abs", (inner,)):
                return applied(abs, also(inner))
            case ("call", name, (inner,)):
                return of_list(name, also(inner))
            case ("if", test, then, otherwise):
                verdict = self.condition(test, here)
                return chosen(verdict, also(then), also(otherwise))
            case ("count of", level, where):
                return self._count(level, where, here)
            case ("aggregate", *_):
                return self._total(tree, here)
            case ("threshold", label, other):
                return self._threshold(label, other, here)
            case _:
                return self._table(tree, here)

    def _moved(self, year: Any, here: Here) -> Any:
        if year is NA:
            return NA
        if not isinstance(year, int) or year > self.assessed.year:
            return UNKNOWN
        return attrs.evolve(here, when=here.when.at(year, self.assessed))

    def _members(
        self, level: str, where: Tree | None, here: Here
    ) -> tuple[list[tuple[str, Person]], bool, int]:
        found = self.registry.members(here.who, level)
        belonging = []
        for one in found.people:
            belongs = MET if where is None else self.condition(where, here.inside(one))
            if belongs in {MET, UNK}:
                belonging.append((belongs, one))
        counted = sum(counts.total for counts in found.counted)
        return belonging, found.complete, counted

    def _count(self, level: str, where: Tree | None, here: Here) -> Any:
        members, complete, counted = self._members(level, where, here)
        sure = [belongs for belongs, _ in members].count(MET)
        doubtful = len(members) - sure
        if where is None:
            sure += counted
        else:
            doubtful += counted
        if complete and not doubtful:
            return sure
        return Span(sure, sure + doubtful if complete else None)

    def _total(self, tree: Tree, here: Here) -> Any:
        _, name, inner, level, where, weight = tree
        belonging, complete, counted = self._members(level, where, here)
        if not complete or counted:
            return UNKNOWN
        values: list[Any] = []
        weights: list[Any] = []
        for belongs, one in belonging:
            there = here.inside(one)
            figure = self.value(inner, there)
            by = Fraction(1) if weight is None else self.value(weight, there)
            if figure is NA or by is NA:
                continue
            values.append(UNKNOWN if belongs == UNK else figure)
            weights.append(by)
        if not values or {UNKNOWN, ZERO} & {*values, *weights}:
            return UNKNOWN
        if weight is None:
            return of_list(name, values)
        total = sum((x * y for x, y in zip(values, weights, strict=True)), Fraction())
        return calculate("/", total, sum(weights))

    def _threshold(self, label: str, other: str, here: Here) -> Any:
        rules = self._version(other, here)
        if rules is None:
            return UNKNOWN
        one = indicator_of(rules, label)
        if one["unverified"] and not self.accept:
            return UNKNOWN
        return self.value(one["require"][3], here.under(rules))

    def _table(self, tree: Tree, here: Here) -> Any:
        _, axes, rows, (keys,), cells = tree
        places = []
        headers = (rows, keys) if len(axes) == 2 else (keys,)
        for axis, names in zip(axes, headers, strict=True):
            key: Any = here.when.year
            if axis != "year":
                key = self.registry.fact(axis, here.who, here.when)
            if key is UNKNOWN or (str(key) not in names and "otherwise" not in names):
                return UNKNOWN
            found = str(key) if str(key) in names else "otherwise"
            places.append(names.index(found))
        cell = cells[places[0]][places[1]] if len(axes) == 2 else cells[0][places[0]]
        if cell == "-":
            return NA
        if cell.endswith("?") and not self.accept:
            return UNKNOWN
        return Fraction(cell.rstrip("?")) / 100
