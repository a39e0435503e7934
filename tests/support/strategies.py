"""
Random verdicts, tallies and numbers; random rulesets that mean something, with units.

A world is a ruleset over the vocabulary of the conformance cases, and a district for
it of which some is missing.  Figures are drawn close to the thresholds, so that exact
hits are common.
"""

from __future__ import annotations

import copy
import datetime
from collections.abc import Sequence
from typing import Any

import attrs
from hypothesis import strategies as st

from ntmrules.exact import Exact, Share, normal
from ntmrules.testing._world_files import COMMUNES, FILES, VOCABULARY
from ntmrules.testing._worlds import (
    BELOW,
    BOOLEAN_FACTS,
    COUNT_FACTS,
    GRADES,
    LEVEL_OF,
    PERCENTS,
    REGIONS,
    SHARE_FACTS,
    TITLES,
    Draw,
    Writer,
    ruleset_texts,
)
from ntmrules.verdict import Tally, Verdict


__all__ = [
    "AS_OF",
    "BELOW",
    "BOOLEAN_FACTS",
    "COMMUNES",
    "COUNT_FACTS",
    "FIGURES",
    "FILES",
    "GRADES",
    "HISTORY",
    "LEVEL_OF",
    "PERCENTS",
    "REGIONS",
    "SHARE_FACTS",
    "SUMMED",
    "TITLES",
    "VOCABULARY",
    "Draw",
    "World",
    "Writer",
    "completed",
    "exact_numbers",
    "facts",
    "inner_units",
    "ruleset_texts",
    "shares",
    "tallies",
    "units",
    "verdicts",
    "worlds",
]
AS_OF = datetime.date(2024, 12, 31)
HISTORY = (2021, 2022, 2023)


def verdicts() -> st.SearchStrategy[Verdict]:
    """Give any verdict."""
    return st.sampled_from(list(Verdict))


def tallies(most: int = 3) -> st.SearchStrategy[Tally]:
    """Give tallies of up to *most* members of each sort."""
    counts = [st.integers(0, most)] * 6
    return st.builds(Tally, *counts, open=st.booleans())


def exact_numbers() -> st.SearchStrategy[Exact]:
    """Give whole numbers, small and huge, and fractions."""
    huge = st.integers(1 - 10**60, 10**60 - 1)
    fractions = st.fractions(max_denominator=10**9).map(normal)
    return st.integers(-10, 10) | huge | fractions


def shares() -> st.SearchStrategy[Share]:
    """Give counted shares, huge ones and those of nothing included."""

    def counted(whole: int, part: int) -> Share:
        return Share(min(part, whole), whole, counted=True)

    numbers = st.integers(0, 10) | st.integers(0, 10**40)
    return st.builds(counted, numbers, numbers)


# ── what figures are drawn from ────────────────────────────────────────────────────

SHARE_FIGURES = ("0/8", "1/20", "1/8", "1/2", "23/40", "19/20", "20/20", "0/0")
FIGURES: dict[str, Sequence[object]] = {
    **dict.fromkeys(SHARE_FACTS, (*SHARE_FIGURES, "95%", "0%", "100%")),
    **dict.fromkeys(COUNT_FACTS, (0, 1, 2, 3, 10)),
    **dict.fromkeys(BOOLEAN_FACTS, (True, False)),
    "satisfaction_by_content": (["95%", "5%"], ["50%"], [], {"a": "19/20"}),
    "fulfilment": ("130%", "100/100", "5%"),
    "income": (0, 1, "1.5", 2, 3),
    "debt": (0, "0.5", 1, "1 billion VND"),
    "region": REGIONS,
    "rating": GRADES,
    "factor": (0, 1, "0.5", 2),
    "ocop": (0, 1, 2),
}


# ── units ──────────────────────────────────────────────────────────────────────────


@st.composite
def facts(draw: Draw, share_known: int = 8) -> dict[str, Any]:
    """Draw figures for about *share_known* facts in ten."""
    found: dict[str, Any] = {}
    for name, figures in FIGURES.items():
        if draw(st.integers(0, 9)) < share_known:
            found[name] = draw(st.sampled_from(figures))
    return found


@st.composite
def inner_units(draw: Draw, level: str, identity: str) -> dict[str, Any]:
    """Draw a unit inside another, with few facts of its own."""
    unit: dict[str, Any] = {"id": identity, "facts": draw(facts(7))}
    record = draw(_titles(level))
    if record is not None:
        unit["titles"] = record
    if draw(st.integers(0, 4)) == 0:
        unit["history"] = {2023: draw(facts(3))}
    for plural in BELOW[level]:
        inside = draw(_inside(LEVEL_OF[plural], identity, 2))
        if inside is not None:
            unit[plural] = inside
    return unit


@st.composite
def _titles(draw: Draw, level: str) -> dict[str, Any] | None:
    if draw(st.integers(0, 3)) == 0:
        return None
    records = (2020, 2023, "2024-06-30", {"granted": 2021, "withdrawn": 2023})
    names = draw(st.lists(st.sampled_from(TITLES[level] or ("",)), unique=True))
    found = {name: draw(st.sampled_from(records)) for name in names if name}
    # A title that outlives one below it is refused.
    gone = next((n for n in TITLES[level] if isinstance(found.get(n), dict)), None)
    above = TITLES[level][TITLES[level].index(gone) + 1 :] if gone else ()
    return {n: r for n, r in found.items() if n not in above or isinstance(r, dict)}


@st.composite
def _inside(draw: Draw, level: str, around: str, most: int) -> Any:
    match draw(st.sampled_from(("absent", "list", "list", "list", "list", "counts"))):
        case "absent":
            return None
        case "counts":
            total = draw(st.integers(0, 3))
            names = draw(st.lists(st.sampled_from(TITLES[level] or ("",)), unique=True))
            hold = {name: draw(st.integers(0, total)) for name in names if name}
            return {"total": total, "hold": hold}
        case _:
            number = draw(st.integers(0, most))
            return [
                draw(inner_units(level, f"{around}{level[0]}{n}"))
                for n in range(number)
            ]


@st.composite
def units(draw: Draw) -> dict[str, Any]:
    """Draw a district, some of it missing."""
    unit: dict[str, Any] = {"level": "district", "id": "d", "facts": draw(facts())}
    unit["history"] = {year: draw(facts(4)) for year in HISTORY if draw(st.booleans())}
    record = draw(_titles("district"))
    if record is not None:
        unit["titles"] = record
    for plural in ("communes", "high_schools"):
        inside = draw(_inside(LEVEL_OF[plural], "d", 3))
        if inside is not None:
            unit[plural] = inside
    return unit


@attrs.frozen
class World:
    """A ruleset as text, and a unit to assess by it."""

    ruleset: str
    unit: dict[str, Any]


def worlds(depth: int = 2) -> st.SearchStrategy[World]:
    """Give rulesets with units."""
    return st.builds(World, ruleset_texts(depth=depth), units())


# ── adding what is missing ─────────────────────────────────────────────────────────


@st.composite
def completed(draw: Draw, unit: dict[str, Any]) -> dict[str, Any]:
    """Add to a unit some of what is missing: facts, years, titles, sub-units."""
    more = copy.deepcopy(unit)
    _complete(draw, more, "district")
    return more


# A total of sub-units gives way to the unit's own figure (language.md section 8).
SUMMED = ("insured", "debt", "population")


def _complete(draw: Draw, unit: dict[str, Any], level: str) -> None:
    for plural in BELOW[level]:
        inside = unit.get(plural)
        if isinstance(inside, list):
            for sub in inside:
                _complete(draw, sub, LEVEL_OF[plural])
    # Further lists would add to the totals of the one there is, or replace what
    # units further down say.
    listed = [plural for plural in BELOW[level] if plural in unit]
    plural = BELOW[level][0] if BELOW[level] else ""
    if plural and not listed:
        found = draw(_inside(LEVEL_OF[plural], f"{unit['id']}+", 2))
        if found is not None:
            unit[plural] = found
            listed = [plural]
    left_out = SUMMED if listed else ()
    _add(unit["facts"], draw(facts(5)), left_out)
    years = unit.setdefault("history", {})
    for year in HISTORY:
        _add(years.setdefault(year, {}), draw(facts(3)), left_out)
    if "titles" not in unit:
        record = draw(_titles(level))
        if record is not None:
            unit["titles"] = record


def _add(known: dict[str, Any], more: dict[str, Any], left_out: Sequence[str]) -> None:
    for name, figure in more.items():
        if name not in left_out:
            known.setdefault(name, figure)
