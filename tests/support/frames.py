"""Random rulesets that columns express, frames for them, and the comparison."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import polars
from hypothesis import strategies as st

import ntmrules
from ntmrules import Ruleset
from tests.support.strategies import (
    AS_OF,
    BELOW,
    GRADES,
    LEVEL_OF,
    PERCENTS,
    REGIONS,
    TITLES,
    Draw,
    Writer,
)


HUGE = 2**62 + 1
SHARES = ((0, 8), (1, 20), (1, 8), (1, 2), (23, 40), (19, 20), (20, 20), (0, 0))
LARGE_SHARES = ((HUGE - 1, HUGE), (HUGE // 2, HUGE), (HUGE, HUGE))
# Multiplied out, on both sides of what 32 bits hold.
SHORT_SHARES = ((102_005_473, 107_374_182), (102_005_474, 107_374_183), (1, 2**31))
FIGURES: dict[str, tuple[Any, ...]] = {
    "population": (0, 1, 2, 3, 10, 2**63 - 1),
    "crimes": (0, 1, 2, 3, 10),
    "rural": (True, False),
    "debt_free": (True, False),
    "has_market": (True, False),
    "income": tuple(map(Decimal, ("0", "1", "1.5", "2", "3", "9000000000.25"))),
    "factor": (0.5, 0.1, 1.0, 2.0),
    "region": REGIONS,
    "rating": GRADES,
}
YEARS = (2021, 2023, 2024, 2030)
KINDS: dict[str, Any] = {
    "population": polars.Int64,
    "crimes": polars.Int32,
    "rural": polars.Boolean,
    "debt_free": polars.Boolean,
    "has_market": polars.Boolean,
    "income": polars.Decimal(20, 4),
    "factor": polars.Float64,
    "region": polars.String,
    "rating": polars.String,
}


class Columnar(Writer):
    """Writes what columns express."""

    def condition(self, depth: int) -> str:
        """Write a condition."""
        if depth <= 0:
            return self._one_of(self._truth, self._share_line, self._count_line)
        d = depth - 1
        makers = [
            self._truth,
            self._share_line,
            self._share_line,
            self._count_line,
            lambda: f"{self._money()} {self._sign()} {self._money()}",
            lambda: f"rating {self._sign()} {self.pick(GRADES)}",
            lambda: f"region {self.pick(('=', '!='))} {self.pick(REGIONS)}",
            self._within,
            lambda: self._joined(d),
            lambda: f"not ({self.condition(d)})",
            lambda: f"(if {self._in(d)} then {self._in(d)} else {self._in(d)})",
            lambda: self._choice(d),
            lambda: f"holds {self.pick(TITLES[self._level])}",
        ]
        if self._labels:
            makers.append(self._reference)
        if BELOW[self._level]:
            makers += [lambda: self._quantified(0), lambda: self._quantified(1)]
            makers.append(self._counted)
        return self._one_of(*makers)

    def _inside(self, plural: str) -> Writer:
        return Columnar(self._draw, LEVEL_OF[plural], ())

    def _counted(self) -> str:
        plural = self.pick(BELOW[self._level])
        what = self.pick(("count of", "sum of crimes over", "max of crimes over"))
        return f"{what} {plural} {self._sign()} {self.pick((1, 2, 3))}"

    def _share_line(self) -> str:
        share = ("insured", "sorting", "poor")
        right = self._one_of(
            lambda: str(self.pick(PERCENTS)),
            lambda: str(self.pick(share)),
            self._share_table,
        )
        return f"{self.pick(share)} {self._sign()} {right}"

    def _within(self) -> str:
        low, high = self.pick(PERCENTS), self._one_of(self._share_table, lambda: "95%")
        return f"{self.pick(('insured', 'poor'))} between {low} and {high}"

    def _count_line(self) -> str:
        left = self.pick(
            ("crimes", "population", "(crimes - population)", "(2 * crimes)")
        )
        return f"{left} {self._sign()} {self.pick(('0', '1', '10', 'population'))}"

    def _money(self) -> str:
        unit = "million VND/person"
        return str(self.pick(("income", f"1.5 {unit}", f"(0.5 * income + 1 {unit})")))


@st.composite
def texts(draw: Draw, level: str, *, columnar: bool) -> str:
    """Draw a ruleset for units of a level."""
    labels: list[str] = []
    criteria = ""
    for number in range(1, draw(st.integers(1, 3)) + 1):
        kind = Columnar if columnar else Writer
        writer = kind(draw, level, tuple(labels))
        label = str(number)
        applies = f"applies when {writer.condition(1)}" if draw(st.booleans()) else ""
        doubt = 'unverified "?"' if draw(st.integers(0, 5)) == 0 else ""
        criteria += (
            f'criterion {label} "C" {{ indicator {label}.1 "I" {{ {applies} {doubt}\n'
            f"require {writer.condition(2)} }}\n"
            f'indicator {label}.2 "J": {writer.condition(1)}\n}}\n'
        )
        labels.append(label)
    when = draw(st.sampled_from(("", "", " when at most 50% of criteria")))
    return f"""\
ruleset test.world
  name "World"
  for {level}
  grants {TITLES[level][-1]}{when}
  basis "0/TEST" dated 2020-01-01
  in force from 2000-01-01 to 2100-12-31
use test.facts
{criteria}"""


@st.composite
def frames(draw: Draw, level: str, parents: tuple[str, ...] = ()) -> polars.DataFrame:
    """
    Draw a frame for units of a level; some columns may be absent.

    With *parents*, each row lies inside one of those.
    """
    rows = draw(st.integers(0 if parents else 1, 6))

    def values(choices: tuple[Any, ...]) -> list[Any]:
        one = st.none() | st.sampled_from(choices)
        return draw(st.lists(one, min_size=rows, max_size=rows))

    names = [f"{level[0]}{row}" for row in range(rows)]
    columns = {"id": polars.Series("id", names, dtype=polars.String)}
    if parents:
        inside = draw(st.lists(st.sampled_from(parents), min_size=rows, max_size=rows))
        columns["parent"] = polars.Series("parent", inside, dtype=polars.String)
    for fact in ("insured", "sorting"):
        large = draw(st.sampled_from(((), (), SHORT_SHARES, LARGE_SHARES)))
        pairs = values((*SHARES, *large))
        for at, end in enumerate((".met", ".of")):
            taken = [None if pair is None else pair[at] for pair in pairs]
            name = fact + end
            columns[name] = polars.Series(name, taken, dtype=polars.Int64)
    percents = values((0, 5, 12.5, 57.5, 95, 99, 100))
    columns["poor"] = polars.Series(
        "poor", percents, dtype=polars.Float64, strict=False
    )
    for name, choices in FIGURES.items():
        if draw(st.integers(0, 9)):
            columns[name] = polars.Series(
                name, values(choices), dtype=KINDS[name], strict=False
            )
    for title in TITLES[level]:
        if draw(st.booleans()):
            name = f"titles.{title}"
            columns[name] = polars.Series(name, values(YEARS), dtype=polars.Int64)
    return polars.DataFrame(columns)


def compared(
    ruleset: Ruleset,
    frame: polars.DataFrame,
    children: Mapping[str, polars.DataFrame] | None = None,
    *,
    accept: bool = False,
) -> None:
    """Compare a frame with its rows, one by one."""
    children = children or {}
    scales = {"poor": "percent"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = ntmrules.evaluate_frame(
            ruleset,
            frame,
            as_of=AS_OF,
            children=children,
            share_columns=scales,
            accept_unverified=accept,
        )
        again = ntmrules.evaluate_frame(
            ruleset,
            ntmrules.check_frame(ruleset, frame, share_columns=scales),
            as_of=AS_OF,
            children=children,
            accept_unverified=accept,
        )
    assert found.equals(again)
    for row, unit in zip(found.to_dicts(), _units(frame, children), strict=True):
        unit["level"] = ruleset.level.name
        one = ntmrules.evaluate(ruleset, unit, as_of=AS_OF, accept_unverified=accept)
        wanted = {"verdict": str(one.verdict)}
        for label, criterion in one.criteria.items():
            wanted[f"criterion {label}"] = str(criterion.verdict)
            for inner, indicator in criterion.indicators.items():
                wanted[f"indicator {inner}"] = str(indicator.verdict)
        assert wanted == {name: row[name] for name in wanted}


def _units(
    frame: polars.DataFrame, children: Mapping[str, polars.DataFrame]
) -> list[dict[str, Any]]:
    """Give the rows as units, by other means than those under test."""
    units = []
    for row in frame.to_dicts():
        facts: dict[str, Any] = {}
        for name in ("insured", "sorting"):
            if row[f"{name}.met"] is not None:
                facts[name] = f"{row[f'{name}.met']}/{row[f'{name}.of']}"
        if row["poor"] is not None:
            facts["poor"] = f"{row['poor']}%"
        for name in FIGURES:
            if row.get(name) is not None:
                facts[name] = row[name]
        unit = {"id": row["id"], "facts": facts}
        titles = {
            name.removeprefix("titles."): year
            for name, year in row.items()
            if name.startswith("titles.")
        }
        if titles:
            unit["titles"] = {t: year for t, year in titles.items() if year is not None}
        for plural, rows in children.items():
            mine = rows.filter(polars.col("parent") == row["id"])
            unit[plural] = _units(mine, {})
        units.append(unit)
    return units
