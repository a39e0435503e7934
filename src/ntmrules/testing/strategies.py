"""
Hypothesis strategies for rulesets, and laws that a policy should keep.

Needs the extra ``testing``.  Units are mappings such as `ntmrules.evaluate` takes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from ntmrules import api
from ntmrules.analysis._near import Near, near_facts, roots
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Attested, Ruleset
from ntmrules.model.types import (
    AmountType,
    Condition,
    CountType,
    DateType,
    EnumType,
    ListType,
    ShareType,
    Type,
    YearType,
)
from ntmrules.model.vocabulary import Fact, Level
from ntmrules.testing._world_files import FILES
from ntmrules.testing._worlds import ruleset_texts
from ntmrules.testing._writing import plain_value
from ntmrules.verdict import Verdict


Plain = dict[str, Any]
"""What a unit file holds."""

_YEARS_BACK = 3
_MOST_INSIDE = 3
_MOST = 12


def facts(ruleset: Ruleset, *, level: str | None = None) -> st.SearchStrategy[Plain]:
    """
    Give facts that a ruleset asks for, some of them missing.

    Args:
        ruleset: What asks.
        level: Of the unit that has them; by default the one that is assessed.
    """
    asked = _asked(ruleset).get(level or ruleset.level.name)
    if asked is None:
        return st.just({})
    return st.composite(lambda draw: _draw_facts(draw, asked, {}))()


def units(ruleset: Ruleset) -> st.SearchStrategy[Plain]:
    """
    Give units for a ruleset: facts, titles, units inside, earlier years, judgements.

    Any of it may be missing.
    """
    return _units(ruleset, _asked(ruleset), {})


def near_thresholds(ruleset: Ruleset) -> st.SearchStrategy[Plain]:
    """
    Give units whose figures are on, just below or just above a threshold.

    Every column of every table is drawn, and every figure of a ruleset is near.
    """
    return _units(ruleset, _asked(ruleset), near_facts(roots(ruleset)))


def rulesets(level: str = "district", *, depth: int = 2) -> st.SearchStrategy[Ruleset]:
    """
    Give random rulesets that can be used: sub-units, tables, years, choices.

    Args:
        level: ``"district"``, ``"commune"`` or ``"village"``.
        depth: How deep conditions are nested.
    """
    texts = ruleset_texts(level=level, depth=depth)
    return texts.map(lambda text: api.loads(text, files=FILES))


def assert_monotone(
    ruleset: Ruleset, fact: str, *, more: str = "better", examples: int = 100
) -> None:
    """
    Assert that more of a fact never hurts.

    Where a unit is met with less, it is met with more; where it is not met with more,
    it is not met with less.

    Args:
        ruleset: The ruleset.
        fact: The name of a count, share, amount or number.
        more: ``"worse"`` for facts of which less is better.
        examples: How many units are tried.

    Raises:
        AssertionError: A unit that shows the contrary; it has both figures.
    """
    found = ruleset.vocabulary.facts[fact]
    values = _values(found, found.type, near_facts(roots(ruleset)))

    @settings(max_examples=examples, deadline=None, database=None)
    @given(near_thresholds(ruleset), values, values)
    def law(unit: Plain, one: str, other: str) -> None:
        less, better = sorted((one, other), key=_size, reverse=more == "worse")
        before, after = (_verdict(ruleset, unit, fact, x) for x in (less, better))
        hurt = (before, after) in _WORSE
        assert not hurt, (
            f"with `{fact}` {less} it is {before}, with {better} it is {after}: {unit}"
        )

    law()


_WORSE = {
    (Verdict.MET, Verdict.NOT_MET),
    (Verdict.MET, Verdict.UNKNOWN),
    (Verdict.UNKNOWN, Verdict.NOT_MET),
}


def _size(text: str) -> Fraction:
    """Order what `plain_value` gives of one type."""
    if text.endswith("%"):
        return Fraction(text.removesuffix("%")) / 100
    return Fraction(text)


def _verdict(ruleset: Ruleset, unit: Plain, fact: str, value: str) -> Verdict:
    changed = {**unit, "facts": {**unit["facts"], fact: value}}
    return api.evaluate(ruleset, changed).verdict


# What a ruleset asks for.


@attrs.define
class _Asked:
    """What a ruleset asks of the units of one level."""

    level: Level
    facts: dict[str, Fact] = attrs.field(factory=dict)
    titles: dict[str, None] = attrs.field(factory=dict)
    earlier: bool = False


def _asked(ruleset: Ruleset) -> dict[str, _Asked]:
    """Give what is asked of each level, the one that is assessed first."""
    found = {ruleset.level.name: _Asked(ruleset.level)}
    seen: set[tuple[int, str]] = set()
    waiting = [(node, ruleset, ruleset.level) for node in roots(ruleset)]
    waiting.reverse()
    while waiting:
        node, owner, level = waiting.pop()
        asked = found.setdefault(level.name, _Asked(level))
        match node:
            case e.FactValue():
                asked.facts[node.fact.name] = node.fact
            case e.Holds() | e.GrantedYear():
                asked.titles[node.title.name] = None
            case e.AtYear() | e.Quantified(collection=e.Years()):
                asked.earlier = True
            case (
                e.Meets() | e.ProvisionVerdict() | e.CriteriaChoice() | e.ThresholdOf()
            ):
                for other in owner.references.get(node.ruleset or "", ()):
                    if (id(other), level.name) not in seen:
                        seen.add((id(other), level.name))
                        waiting += [(root, other, level) for root in roots(other)]
            case _:
                pass
        waiting += [(n, owner, at) for n, at in _below(node, level)]
    return found


def _below(node: e.Expression, level: Level) -> Iterator[tuple[e.Expression, Level]]:
    """Give the parts of a node, each with the level of whose units it speaks."""
    collection = getattr(node, "collection", None)
    inner = collection.level if isinstance(collection, e.Collection) else level
    for child in e.children(node):
        yield child, inner


# Drawing.


@st.composite
def _units(
    draw: st.DrawFn, ruleset: Ruleset, asked: Mapping[str, _Asked], near: Near
) -> Plain:
    day = _date(ruleset)
    unit: Plain = {"level": ruleset.level.name, "as_of": day.isoformat()}
    unit.update(_draw_unit(draw, asked, ruleset.level, near, day.year))
    judged = [
        indicator.label
        for indicator in ruleset.indicators.values()
        if isinstance(indicator.requirement, Attested)
    ]
    if bool(judged) and draw(st.booleans()):
        verdict = str(draw(st.sampled_from([Verdict.MET, Verdict.NOT_MET])))
        labels = draw(st.lists(st.sampled_from(judged), unique=True, max_size=_MOST))
        said = {"verdict": verdict, "by": "—", "on": day.isoformat()}
        unit["attestations"] = {ruleset.id: dict.fromkeys(labels, said)}
    return unit


def _draw_unit(
    draw: st.DrawFn, asked: Mapping[str, _Asked], level: Level, near: Near, year: int
) -> Plain:
    here = asked.get(level.name, _Asked(level))
    unit: Plain = {"facts": _draw_facts(draw, here, near)}
    for inner in asked.values():
        if _is_inside(inner.level, level) and draw(st.integers(0, 3)):
            number = draw(st.integers(0, _MOST_INSIDE))
            unit[inner.level.plural] = [
                {"id": f"{inner.level.name}{at}"}
                | _draw_unit(draw, asked, inner.level, near, year)
                for at in range(number)
            ]
    if bool(here.titles) and draw(st.booleans()):
        years = st.integers(year - 5, year)
        unit["titles"] = draw(st.dictionaries(st.sampled_from([*here.titles]), years))
    if here.earlier and draw(st.booleans()):
        back = draw(st.integers(1, _YEARS_BACK))
        unit["history"] = {
            year - n: _draw_facts(draw, here, near) for n in range(1, back + 1)
        }
    return unit


def _is_inside(inner: Level, outer: Level) -> bool:
    """Tell whether units of a level may be listed in those of another."""
    return inner.parent == outer.name


def _draw_facts(draw: st.DrawFn, asked: _Asked, near: Near) -> Plain:
    names = [
        fact.name
        for fact in asked.facts.values()
        if not fact.levels or asked.level.name in fact.levels
    ]
    if not names:
        return {}
    chosen = draw(st.lists(st.sampled_from(names), unique=True, max_size=_MOST))
    return {name: draw(_values_of(asked.facts[name], near)) for name in chosen}


def _values_of(fact: Fact, near: Near) -> st.SearchStrategy[Any]:
    return _values(fact, fact.type, near)


def _values(fact: Fact, kind: Type, near: Near) -> st.SearchStrategy[Any]:
    """Give what a unit file may say of a fact."""
    if near.get(fact.name):
        return st.sampled_from([plain_value(v, kind) for v in near[fact.name]])
    match kind:
        case Condition():
            return st.booleans()
        case EnumType():
            return st.sampled_from(kind.enum.names)
        case ListType():
            return st.lists(_values(fact, kind.item, {}), max_size=3)
        case ShareType():
            whole = st.integers(1, 1000)
            most = 2 if fact.may_exceed else 1
            counted = whole.flatmap(
                lambda n: st.integers(0, most * n).map(lambda part: f"{part}/{n}")
            )
            return counted | st.integers(0, 100).map(lambda n: f"{n}%")
        case AmountType():
            return st.decimals(0, 1000, places=2).map(str)
        case CountType():
            return st.integers(0, 1000)
        case YearType():
            return st.integers(2000, 2030)
        case DateType():
            days = st.dates(datetime.date(2010, 1, 1), datetime.date(2030, 12, 31))
            return days.map(str)
        case _:
            return st.decimals(0, 10, places=1).map(str)


def _date(ruleset: Ruleset) -> datetime.date:
    """Give a day on which a ruleset is in force: the last of a year if it can be."""
    last = ruleset.end or datetime.date(max(ruleset.start.year + 1, 2024), 12, 31)
    return max(last, ruleset.start)
