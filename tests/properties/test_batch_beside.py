"""Rows with earlier years beside them come to what `evaluate` says of the unit."""

from __future__ import annotations

import warnings
from typing import Any

import polars
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ntmrules
from tests.support.frames import _units, frames
from tests.support.strategies import AS_OF, FILES, HISTORY, Draw


some = settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
SCALES = {"poor": "percent"}


YEARLY = (
    "crimes at {year} <= 1",
    "crimes <= crimes at {year}",
    "insured at {year} >= 50%",
    "insured >= sorting at {year}",
    "poor at {year} <= 12.5%",
    "rating at {year} >= fair",
    "income at {year} > 1 million VND/person",
    "all years from 2021 to 2024 have insured >= 50%",
    "at least 2 years from 2021 to 2023 have (rural or crimes <= 1)",
    "at least 50% of villages have crimes at {year} <= 1",
    "all villages have (at least 1 years from 2022 to 2024 have rural)",
)


@st.composite
def rules(draw: Draw) -> str:
    """Draw a ruleset that looks at earlier years."""
    lines = draw(st.lists(st.sampled_from(YEARLY), min_size=3, max_size=5))
    criteria = "".join(
        f'criterion {label} "C": {line.format(year=draw(st.sampled_from(HISTORY)))}\n'
        for label, line in enumerate(lines, 1)
    )
    return f"""\
ruleset test.years
  name "Years"
  for commune
  basis "0/TEST" dated 2020-01-01
  in force from 2000-01-01
use test.facts
{criteria}"""


@st.composite
def years(draw: Draw, level: str, rows: polars.DataFrame) -> polars.DataFrame:
    """Draw earlier years of some of the rows."""
    keys = [name for name in ("parent", "id") if name in rows.columns]
    parents = tuple(rows["parent"].to_list()) if "parent" in keys else ()
    found = []
    for year in HISTORY:
        frame = draw(
            frames(level, parents) if parents or "parent" not in keys else NONE
        )
        frame = frame.drop(name for name in frame.columns if name.startswith("titles."))
        kept = frame.join(rows.select(keys), on=keys, how="semi")
        found.append(kept.with_columns(year=polars.lit(year)))
    return polars.concat(found, how="diagonal_relaxed")


NONE = st.just(polars.DataFrame(schema={"parent": polars.String, "id": polars.String}))


def add_years(unit: dict[str, Any], history: polars.DataFrame, **key: str) -> None:
    """Add the years of a unit, by other means than those under test."""
    for name, value in key.items():
        history = history.filter(polars.col(name) == value)
    unit["history"] = {
        year: _units(history.filter(year=year).drop("year"), {})[0]["facts"]
        for year in history["year"].to_list()
    }


@some
@given(st.data())
def test_earlier_years(data: st.DataObject) -> None:
    """Of the units and of those inside them."""
    ruleset = ntmrules.loads(data.draw(rules()), files=FILES)
    rows = data.draw(frames("commune"))
    villages = data.draw(frames("village", tuple(rows["id"].to_list())))
    history = data.draw(years("commune", rows))
    inside = data.draw(years("village", villages))

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = ntmrules.evaluate_frame(
            ruleset,
            rows,
            as_of=AS_OF,
            children={"villages": villages},
            history={"communes": history, "villages": inside},
            share_columns=SCALES,
        )

    for row, unit in zip(
        found.to_dicts(), _units(rows, {"villages": villages}), strict=True
    ):
        add_years(unit, history, id=unit["id"])
        for village in unit["villages"]:
            add_years(village, inside, id=village["id"], parent=unit["id"])
        one = ntmrules.evaluate(ruleset, {**unit, "level": "commune"}, as_of=AS_OF)
        wanted = {
            f"indicator {label}": str(indicator.verdict)
            for criterion in one.criteria.values()
            for label, indicator in criterion.indicators.items()
        }
        assert str(one.verdict) == row["verdict"]
        assert wanted == {name: row[name] for name in wanted}
