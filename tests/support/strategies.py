"""
Random verdicts, tallies and numbers; random rulesets that mean something, with units.

A world is a ruleset over the vocabulary of the conformance cases, and a district for
it of which some is missing.  Figures are drawn close to the thresholds, so that exact
hits are common.
"""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import attrs
from hypothesis import strategies as st

from ntmrules.exact import Exact, Share, normal
from ntmrules.verdict import Tally, Verdict


ROOT = Path(__file__).parents[2]
VOCABULARY = (ROOT / "tests/conformance/vocabulary.ntm").read_text("utf-8")
COMMUNES = """\
ruleset test.communes
  name "Communes"
  for commune
  basis "0/TEST" dated 2020-01-01
  in force from 2022-01-01 to 2100-12-31
use test.facts
criterion 1 "A": insured >= by region { | north | otherwise |
  | - | 50% | }
criterion 2 "B": all villages hold village.model if none not applicable
criterion 3 "C" {
  passes when at most 1 of (indicator 3.1, indicator 3.2)
  indicator 3.1 "D": crimes <= 1
  indicator 3.2 "E" { unverified "?" require rural }
}
"""
FILES = {"vocabulary.ntm": VOCABULARY, "communes.ntm": COMMUNES}
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


# ── what rules and figures draw from ───────────────────────────────────────────────

PERCENTS = ("0%", "5%", "12.5%", "50%", "57.5%", "95%", "99%")
SHARE_FACTS = ("insured", "sorting", "poor", "satisfaction")
COUNT_FACTS = ("population", "crimes")
BOOLEAN_FACTS = ("rural", "debt_free", "has_market")
TITLES = {
    "district": ("district.standard", "district.advanced"),
    "commune": ("commune.standard", "commune.advanced", "commune.model"),
    "village": ("village.model",),
    "high_school": (),
}
BELOW = {
    "district": ("communes", "villages", "high_schools"),
    "commune": ("villages",),
    "village": (),
    "high_school": (),
}
LEVEL_OF = {"communes": "commune", "villages": "village", "high_schools": "high_school"}
REGIONS = ("north", "centre", "south")
GRADES = ("weak", "fair", "good", "excellent")

FACTORS = ("0.5", "2", "factor")
OF_LISTS = ("min", "max", "average")
YEARS = (
    ("year - 2", "year"),
    ("2021", "year - 1"),
    ("2023", "2025"),
    ("2023", "2022"),
)
IF_NONE = ("", "", "", " if none met", " if none not met", " if none not applicable")
WHEN = (
    "",
    "",
    " when at least 1 of criteria",
    " when at most 50% of criteria except 1",
)

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

Draw = st.DrawFn


class Writer:
    """Writes well-typed conditions and values for units of one level."""

    def __init__(self, draw: Draw, level: str, labels: Sequence[str]) -> None:
        self._draw = draw
        self._level = level
        # Labels of criteria that may be referred to, at the level of the ruleset.
        self._labels = labels

    def pick(self, choices: Sequence[Any]) -> Any:
        """Draw one of several."""
        return self._draw(st.sampled_from(choices))

    def _one_of(self, *makers: Callable[[], str]) -> str:
        maker: Callable[[], str] = self.pick(makers)
        return maker()

    # Conditions.

    def condition(self, depth: int) -> str:
        """Write a condition, in parentheses where it has parts."""
        if depth <= 0:
            return self._one_of(
                self._truth, lambda: self._share_test(0), lambda: self._count_test(0)
            )
        d = depth - 1
        makers = [
            self._truth,
            lambda: self._share_test(d),
            lambda: self._count_test(d),
            lambda: f"{self.amount()} {self._sign()} {self.amount()}",
            lambda: f"rating {self._sign()} {self.pick(GRADES)}",
            lambda: f"region {self.pick(('=', '!='))} {self.pick(REGIONS)}",
            lambda: f"{self.share(d)} between {self.share(d)} and {self.share(d)}",
            lambda: self._joined(d),
            lambda: f"not ({self.condition(d)})",
            lambda: f"(if {self._in(d)} then {self._in(d)} else {self._in(d)})",
            lambda: self._choice(d),
            lambda: self._years(d),
            self._title,
        ]
        if BELOW[self._level]:
            makers += [lambda: self._quantified(d)] * 2
        if self._labels:
            makers.append(self._reference)
        if self._level == "commune":
            makers.append(self._commune_reference)
        return self._one_of(*makers)

    def _in(self, depth: int) -> str:
        return f"({self.condition(depth)})"

    def _truth(self) -> str:
        return str(self.pick(BOOLEAN_FACTS))

    def _sign(self) -> str:
        return str(self.pick((">=", ">", "<=", "<", "=", "!=")))

    def _share_test(self, depth: int) -> str:
        return f"{self.share(depth)} {self._sign()} {self.share(depth)}"

    def _count_test(self, depth: int) -> str:
        if self.pick((False, True)) and BELOW[self._level]:
            return f"{self._count_of(depth)} {self._sign()} {self.pick((0, 1, 2))}"
        return f"{self.count(depth)} {self._sign()} {self.count(depth)}"

    def _joined(self, depth: int) -> str:
        word = self.pick((" and ", " or "))
        return f"({word.join(self._in(depth) for _ in range(self.pick((2, 3))))})"

    def _choice(self, depth: int) -> str:
        operands = ", ".join(self._in(depth) for _ in range(self.pick((1, 2, 3))))
        words = ("all", "any", "at least 1", "at most 1", "exactly 1")
        percents = ("at least 0%", "at least 60%", "at most 50%", "at most 100%")
        return f"{self.pick((*words, *percents))} of ({operands})"

    def _years(self, depth: int) -> str:
        first, last = self.pick(YEARS)
        words = ("all", "no", "at least 1", "at most 1", "at least 50% of")
        text = f"{self.pick(words)} years from {first} to {last}"
        return f"{text} have {self._in(depth)}{self.pick(IF_NONE)}"

    def _title(self) -> str:
        titles = TITLES[self._level]
        if not titles:
            return self._truth()
        title = self.pick(titles)
        if self.pick((False, True)):
            return f"holds {title}"
        return f"granted {title} {self._sign()} {self.pick(('2021', '2023', 'year'))}"

    def _quantified(self, depth: int) -> str:
        plural = self.pick(BELOW[self._level])
        words = ("all", "no", "at least 1", "at least 2", "at most 1", "exactly 1")
        percents = ("at least 50% of", "at most 50% of", "at least 0% of")
        inside = self._inside(plural)
        where = self._where(inside, depth)
        titles = TITLES[LEVEL_OF[plural]]
        if titles and self.pick((False, True)):
            body = f"hold {self.pick(titles)}"
        elif plural == "communes" and self.pick((False, False, True)):
            body = "meet test.communes"
        else:
            body = f"have ({inside.condition(depth)})"
        word = self.pick((*words, *percents))
        return f"{word} {plural}{where} {body}{self.pick(IF_NONE)}"

    def _inside(self, plural: str) -> Writer:
        return Writer(self._draw, LEVEL_OF[plural], ())

    def _where(self, inside: Writer, depth: int) -> str:
        match self.pick(("", "", "name", "not", "condition")):
            case "name":
                return f" where {self.pick(BOOLEAN_FACTS)}"
            case "not":
                return f" where not {self.pick(BOOLEAN_FACTS)}"
            case "condition":
                return f" where ({inside.condition(min(depth, 1))})"
            case _:
                return ""

    def _reference(self) -> str:
        if self.pick((False, True)):
            return f"criterion {self.pick(self._labels)}"
        return f"indicator {self.pick(self._labels)}.1"

    def _commune_reference(self) -> str:
        what = ("criterion 1", "criterion 2", "indicator 3.2", "all of criteria")
        return f"{self.pick((*what, 'at least 2 of criteria'))} of test.communes"

    # Values.

    def share(self, depth: int) -> str:
        """Write a share."""
        plain = [
            lambda: str(self.pick(PERCENTS)),
            lambda: str(self.pick(SHARE_FACTS)),
        ]
        if depth <= 0:
            return self._one_of(*plain)
        d = depth - 1
        makers = [
            *plain,
            *plain,
            self._share_table,
            lambda: f"(if {self._in(d)} then {self.share(d)} else {self.share(d)})",
            lambda: f"({self.share(d)} {self.pick('+-')} {self.share(d)})",
            lambda: f"({self.pick(FACTORS)} * {self.share(d)})",
            lambda: f"({self.share(d)} / {self.pick(FACTORS)})",
            lambda: f"{self.pick(SHARE_FACTS)} at {self.year()}",
            lambda: f"ratio({self.pick(COUNT_FACTS)}, population)",
            lambda: f"(debt / debt at {self.year()})",
            lambda: f"rounded({self.share(d)}, {self.pick((0, 1))})",
            lambda: f"abs({self.share(d)})",
            lambda: f"{self.pick(OF_LISTS)}(satisfaction_by_content)",
        ]
        if BELOW[self._level]:
            makers.append(lambda: self._share_over(d))
        if self._level == "commune":
            makers.append(lambda: "(threshold of indicator 1 of test.communes)")
        return self._one_of(*makers)

    def _cells(self, number: int) -> str:
        cells = [self.pick((*PERCENTS, "5%?", "-", "-")) for _ in range(number)]
        return " | ".join(cells)

    def _share_table(self) -> str:
        match self.pick(("regions", "otherwise", "year", "both")):
            case "regions":
                header, row = " | ".join(REGIONS), self._cells(3)
                return f"by region {{ | {header} |\n | {row} | }}"
            case "otherwise":
                return f"by region {{ | north | otherwise |\n | {self._cells(2)} | }}"
            case "year":
                return f"by year {{ | 2023 | otherwise |\n | {self._cells(2)} | }}"
            case _:
                rows = "\n".join(
                    f" | {region} | {self._cells(2)} |" for region in REGIONS
                )
                return f"by region, year {{ | region | 2023 | 2024 |\n{rows} }}"

    def _share_over(self, depth: int) -> str:
        plural = self.pick(BELOW[self._level])
        function = self.pick(("min", "max", "average", "weighted"))
        weight = ""
        if function == "weighted":
            function, weight = "average", " weighted by population"
        inside = self._inside(plural)
        where = self._where(inside, 0)
        return f"({function} of {inside.share(depth)} over {plural}{where}{weight})"

    def count(self, depth: int) -> str:
        """Write a count of persons."""
        if depth <= 0:
            return str(self.pick((0, 1, 2, 10, *COUNT_FACTS)))
        makers = [
            lambda: str(self.pick(COUNT_FACTS)),
            lambda: f"{self.pick(COUNT_FACTS)} at {self.year()}",
            lambda: f"(crimes {self.pick('+-')} population)",
            lambda: f"(2 * {self.pick(COUNT_FACTS)})",
            lambda: f"(if {self._in(depth - 1)} then 1 else crimes)",
        ]
        if BELOW[self._level]:
            plural = self.pick(BELOW[self._level])
            makers.append(lambda: f"(sum of crimes over {plural})")
        return self._one_of(*makers)

    def _count_of(self, depth: int) -> str:
        plural = self.pick(BELOW[self._level])
        return f"count of {plural}{self._where(self._inside(plural), depth)}"

    def amount(self) -> str:
        """Write an amount of money for a person."""
        unit = "million VND/person"
        makers = [
            lambda: f"{self.pick(('0', '1', '1.5', '3'))} {unit}",
            lambda: "income",
            lambda: f"income at {self.year()}",
            lambda: f"({self.pick(FACTORS)} * income at {self.year()})",
            lambda: "(income + 1 thousand VND/person)",
        ]
        return self._one_of(*makers)

    def year(self) -> str:
        """Write a year, known or not."""
        titles = TITLES[self._level]
        known = ("2021", "2023", "2024", "2026", "(year - 1)")
        return str(self.pick((*known, *(f"granted {title}" for title in titles))))


# ── rulesets ───────────────────────────────────────────────────────────────────────


@st.composite
def ruleset_texts(draw: Draw, level: str = "district", depth: int = 2) -> str:
    """Draw a ruleset with two or three criteria, a precondition, and clauses."""
    labels: list[str] = []
    criteria: list[str] = []
    for number in range(1, draw(st.integers(2, 3)) + 1):
        writer = Writer(draw, level, tuple(labels))
        criteria.append(_criterion(draw, writer, str(number), depth))
        labels.append(str(number))
    writer = Writer(draw, level, tuple(labels))
    first = (
        f'precondition P "P": {writer.condition(1)}\n' if draw(st.booleans()) else ""
    )
    when = draw(
        st.sampled_from(
            (
                "",
                "",
                " when at least 1 of criteria",
                " when at most 50% of criteria except 1",
            )
        )
    )
    return f"""\
ruleset test.world
  name "World"
  for {level}
  grants {level}.standard{when}
  basis "0/TEST" dated 2020-01-01
  in force from 2000-01-01 to 2100-12-31
use test.facts
{first}{"".join(criteria)}"""


def _criterion(draw: Draw, writer: Writer, label: str, depth: int) -> str:
    inner = [f"{label}.{number}" for number in range(1, draw(st.integers(1, 2)) + 1)]
    indicators = "".join(_indicator(draw, writer, one, depth) for one in inner)
    clauses = ""
    if draw(st.integers(0, 5)) == 0:
        clauses += f"  applies when {writer.condition(1)}\n"
    if draw(st.integers(0, 3)) == 0:
        word = writer.pick(
            ("any of", "at least 1 of", "at most 1 of", "at least 60% of")
        )
        operands = ", ".join(f"indicator {one}" for one in inner)
        clauses += f"  passes when {word} ({operands})\n"
    return f'criterion {label} "C" {{\n{clauses}{indicators}}}\n'


def _indicator(draw: Draw, writer: Writer, label: str, depth: int) -> str:
    kind = draw(st.integers(0, 9))
    if kind == 0:
        return f'  indicator {label} "I": attested by "Sở"\n'
    require = f"require {writer.condition(depth)}"
    if kind == 1:
        require = f'unverified "?"\n    {require}'
    if kind in {2, 3}:
        require = f"applies when {writer.condition(1)}\n    {require}"
    return f'  indicator {label} "I" {{\n    {require}\n  }}\n'


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
    return {name: draw(st.sampled_from(records)) for name in names if name}


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
