"""
The common work on many units: figures, and what others do with them.

The four quantifiers of `benchmarks.common_work` are truths here, ``has_…``, so that
every contender gets one flat table; sub-units are measured by themselves.  Verdicts are
codes, 0 not met, 1 unknown, 2 met, or nullable booleans, as a contender gives them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial, reduce
from typing import Any, TypeAlias

import attrs
import numpy as np
import polars
from benchmarks import common_work
from benchmarks.common_work import REGIONS, Requirement, Work


Loose: TypeAlias = Any
CHUNK = 16_384
KIND = polars.Enum(list(REGIONS))


@attrs.frozen
class Contender:
    """
    Who decides a table.

    Attributes:
        take: Gives the table as this contender takes it; not timed.
        decide: Decides it.
        codes: Gives what it decided as codes, by key.
    """

    name: str
    take: Callable[[polars.DataFrame], Loose]
    decide: Callable[[Loose], Loose]
    codes: Callable[[Loose], Mapping[str, polars.Series]]
    remark: str = ""


# ── the rules and the figures ──────────────────────────────────────────────────────


def rules(work: Work) -> tuple[str, str]:
    """Give the ruleset and its vocabulary, each quantifier a truth."""
    text = re.sub(
        r"at least \S+ of villages have (fact_\d+) >= \d+",
        r"has_\1",
        common_work.ruleset(work),
    )
    truths = "".join(
        f'fact has_{one.name}: boolean "Có"\n' for one in work.of_kind("score")
    )
    return text, common_work.vocabulary(work) + truths


def figures(work: Work, rows: int) -> polars.DataFrame:
    """Draw a table: 1% missing, 2% exactly at the threshold, some 0/0."""
    chance = np.random.default_rng(11)
    region = chance.integers(0, len(REGIONS), rows)
    names = polars.Series(region).cast(polars.UInt32)
    cases = polars.Series(REGIONS).gather(names)
    columns = [cases.alias("region")]
    for one in work.requirements:
        gone = chance.random(rows) < 0.01
        for name, values in _drawn(one, region, chance):
            table = polars.DataFrame({"value": values, "gone": gone})
            kept = polars.when(~polars.col("gone")).then("value")
            columns.append(table.select(kept.alias(name)).to_series())
    return polars.DataFrame(columns)


def _drawn(
    one: Requirement, region: Loose, chance: Loose
) -> Iterator[tuple[str, Loose]]:
    rows = len(region)
    match one.kind:
        case "share":
            wanted = np.array([one.wanted(name) for name in REGIONS])[region]
            fate = chance.random(rows)
            whole = chance.integers(50, 50_000, rows)
            whole = np.where(fate < 0.02, np.maximum(whole // 1_000, 1) * 1_000, whole)
            above = wanted + (1_000 - wanted) * chance.random(rows)
            part = np.minimum(whole, (whole * above / 1_000).astype(np.int64) + 1)
            below = whole * wanted / 1_000 * (0.8 + 0.199 * chance.random(rows))
            part = np.where(fate < 0.05, below.astype(np.int64), part)
            part = np.where(fate < 0.02, wanted * whole // 1_000, part)
            nothing = chance.random(rows) < 0.002
            yield f"{one.name}.met", np.where(nothing, 0, part)
            yield f"{one.name}.of", np.where(nothing, 0, whole)
        case "amount":
            factor = 1 + 0.5 * chance.random(rows)
            short = 0.8 + 0.199 * chance.random(rows)
            low = chance.random(rows) < 0.03
            yield one.name, (one.least * np.where(low, short, factor)).astype(np.int64)
        case "flag":
            yield one.name, chance.random(rows) >= 0.03
        case _:
            yield f"has_{one.name}", chance.random(rows) >= 0.03


def _truth_of(one: Requirement) -> str:
    return f"has_{one.name}" if one.kind == "score" else one.name


# ── Polars ─────────────────────────────────────────────────────────────────────────


def polars_query(work: Work, table: polars.DataFrame) -> polars.LazyFrame:
    """Write it as one who knows Polars well: thresholds by place, booleans."""
    col = polars.col
    place = col("region").cast(KIND).to_physical()
    tests: list[polars.Expr] = []
    for one in work.requirements:
        if one.kind == "share":
            part, whole = col(f"{one.name}.met"), col(f"{one.name}.of")
            wanted: Loose = one.least
            if one.by_region:
                row = [one.by_region[region] for region in REGIONS]
                wanted = polars.lit(polars.Series(row)).gather(col("place"))
            test: polars.Expr = polars.when(whole != 0).then(
                part * 1_000 >= whole * wanted
            )
        elif one.kind == "amount":
            test = col(one.name) >= one.least
        else:
            test = col(_truth_of(one))
        tests.append(test.alias(f"i{one.label}"))
    criteria = [
        (polars.any_horizontal if enough else polars.all_horizontal)(
            [f"i{one.label}" for one in three]
        ).alias(f"c{label}")
        for label, enough, three in work.criteria
    ]
    whole = polars.all_horizontal([f"c{label}" for label, _, _ in work.criteria])
    lazy = table.lazy().with_columns(place=place).select(tests)
    return lazy.with_columns(criteria).with_columns(whole.alias("whole"))


def _as_codes(key: str) -> polars.Expr:
    bad, unknown, good = (polars.lit(code, dtype=polars.Int8) for code in range(3))
    maybe = polars.col(key).fill_null(value=True)
    found = polars.when(polars.col(key)).then(good).when(maybe).then(unknown)
    return found.otherwise(bad).alias(key)


def _codes_of_booleans(found: polars.DataFrame) -> Mapping[str, polars.Series]:
    return found.select(_as_codes(key) for key in found.columns).to_dict()


def of_polars(work: Work) -> Iterator[Contender]:
    """Give Polars by hand: booleans out, and the codes that ours gives."""

    def booleans(table: polars.DataFrame) -> polars.DataFrame:
        return polars_query(work, table).collect()

    def codes(table: polars.DataFrame) -> polars.DataFrame:
        every = [_as_codes(key) for key in work.keys]
        return polars_query(work, table).select(every).collect()

    yield Contender(
        "Polars by hand, booleans", _same, booleans, _codes_of_booleans, "no check"
    )
    yield Contender(
        "Polars by hand, codes",
        _same,
        codes,
        polars.DataFrame.to_dict,
        "no check; what ours gives, without counts",
    )


def _same(table: polars.DataFrame) -> polars.DataFrame:
    return table


# ── NumPy ──────────────────────────────────────────────────────────────────────────


def of_numpy(work: Work) -> Iterator[Contender]:
    """Give NumPy by hand, in chunks that stay in the cache."""

    def take(table: polars.DataFrame) -> Loose:
        place = table["region"].cast(KIND).to_physical().to_numpy().astype(np.int64)
        found: dict[str, Loose] = {"place": place}
        for column in table.drop("region"):
            none = False if column.dtype == polars.Boolean else 0
            found[column.name] = column.fill_null(none).to_numpy()
            found[f"no {column.name}"] = column.is_null().to_numpy()
        return found

    def decide(given: Loose) -> Loose:
        rows = len(given["place"])
        found = {key: np.empty(rows, np.int8) for key in work.keys}
        for start in range(0, rows, CHUNK):
            chunk = slice(start, min(start + CHUNK, rows))
            _numpy_chunk(work, given, found, chunk)
        return found

    def codes(found: Loose) -> Mapping[str, polars.Series]:
        return {key: polars.Series(key, values) for key, values in found.items()}

    yield Contender("NumPy by hand", take, decide, codes, "one thread; chunks; codes")


def _numpy_chunk(work: Work, given: Loose, found: Loose, chunk: slice) -> None:
    place = given["place"][chunk]
    for one in work.requirements:
        name = _truth_of(one)
        if one.kind == "share":
            part, whole = f"{one.name}.met", f"{one.name}.of"
            wanted: Loose = one.least
            if one.by_region:
                wanted = np.array([one.by_region[name] for name in REGIONS])[place]
            test = given[part][chunk] * 1_000 >= given[whole][chunk] * wanted
            gone = given[f"no {part}"][chunk] | (given[whole][chunk] == 0)
        elif one.kind == "amount":
            test, gone = given[name][chunk] >= one.least, given[f"no {name}"][chunk]
        else:
            test, gone = given[name][chunk], given[f"no {name}"][chunk]
        code = test.astype(np.int8) * 2
        code[gone] = 1
        found[f"i{one.label}"][chunk] = code
    for label, enough, three in work.criteria:
        join = np.maximum if enough else np.minimum
        inner = [found[f"i{one.label}"][chunk] for one in three]
        found[f"c{label}"][chunk] = reduce(join, inner)
    outer = [found[f"c{label}"][chunk] for label, _, _ in work.criteria]
    found["whole"][chunk] = reduce(np.minimum, outer)


# ── DuckDB, pandas, PyArrow ────────────────────────────────────────────────────────


def sql(work: Work) -> str:
    """Write it as one who knows DuckDB well: thresholds from a list by place."""
    inner = []
    for one in work.requirements:
        if one.kind == "share":
            part, whole = f'"{one.name}.met"', f'"{one.name}.of"'
            wanted = str(one.least)
            if one.by_region:
                row = ", ".join(str(one.by_region[region]) for region in REGIONS)
                wanted = f"([{row}])[place]"
            test = f"{part} * 1000 >= {wanted} * nullif({whole}, 0)"
        elif one.kind == "amount":
            test = f"{one.name} >= {one.least}"
        else:
            test = _truth_of(one)
        inner.append(f'{test} AS "i{one.label}"')
    outer = []
    for label, enough, three in work.criteria:
        joined = (" OR " if enough else " AND ").join(f'"i{o.label}"' for o in three)
        outer.append(f'({joined}) AS "c{label}"')
    every = " AND ".join(f'"c{label}"' for label, _, _ in work.criteria)
    cases = " ".join(f"WHEN '{name}' THEN {at}" for at, name in enumerate(REGIONS, 1))
    places = f"SELECT *, CASE region {cases} END AS place FROM w"  # noqa: S608 - our own
    # Each step sees the columns of the one before.
    first = f"SELECT {', '.join(inner)} FROM ({places})"  # noqa: S608 - our own
    second = f"SELECT *, {', '.join(outer)} FROM ({first})"  # noqa: S608 - our own
    return f'SELECT *, ({every}) AS "whole" FROM ({second})'  # noqa: S608 - our own


def _codes_of_arrow(found: Loose) -> Mapping[str, polars.Series]:
    frame = polars.DataFrame(polars.from_arrow(found))
    return _codes_of_booleans(frame)


def of_duckdb(work: Work) -> Iterator[Contender]:
    """Give SQL by hand, on a table of DuckDB."""
    import duckdb

    query = sql(work)

    def take(table: polars.DataFrame) -> Loose:
        base = duckdb.connect()
        base.register("given", table.to_arrow())
        base.execute("CREATE TABLE w AS SELECT * FROM given")
        base.unregister("given")
        return base

    def decide(base: Loose) -> Loose:
        return base.execute(query).to_arrow_table()

    remark = "its own table; booleans"
    yield Contender("DuckDB SQL by hand", take, decide, _codes_of_arrow, remark)


def of_pandas(work: Work) -> Iterator[Contender]:
    """Give pandas by hand, with Arrow types."""
    import pandas as pd
    import pyarrow as pa

    def take(table: polars.DataFrame) -> Loose:
        place = table["region"].cast(KIND).to_physical().to_numpy()
        frame = table.drop("region").to_pandas(use_pyarrow_extension_array=True)
        return frame, place

    def decide(given: Loose) -> Loose:
        frame, place = given
        found: dict[str, Loose] = {}
        for one in work.requirements:
            if one.kind == "share":
                part, whole = frame[f"{one.name}.met"], frame[f"{one.name}.of"]
                wanted: Loose = one.least
                if one.by_region:
                    wanted = np.array([one.by_region[name] for name in REGIONS])[place]
                test = (part * 1_000 >= whole * wanted).mask(whole == 0)
            elif one.kind == "amount":
                test = frame[one.name] >= one.least
            else:
                test = frame[_truth_of(one)]
            found[f"i{one.label}"] = test
        _join(work, found)
        return pd.DataFrame(found, copy=False)

    def codes(found: Loose) -> Mapping[str, polars.Series]:
        return _codes_of_arrow(pa.Table.from_pandas(found, preserve_index=False))

    yield Contender("pandas by hand", take, decide, codes, "Arrow types; booleans")


def of_pyarrow(work: Work) -> Iterator[Contender]:
    """Give PyArrow's functions by hand."""
    import pyarrow as pa
    import pyarrow.compute

    functions: Loose = pyarrow.compute

    def take(table: polars.DataFrame) -> Loose:
        arrow = table.rechunk().to_arrow().combine_chunks()
        place = pa.array(table["region"].cast(KIND).to_physical().to_numpy())
        return {name: arrow[name].chunk(0) for name in arrow.column_names}, place

    def decide(given: Loose) -> Loose:
        columns, place = given
        nothing = pa.scalar(None, pa.bool_())
        found: dict[str, Loose] = {}
        for one in work.requirements:
            if one.kind == "share":
                part, whole = columns[f"{one.name}.met"], columns[f"{one.name}.of"]
                wanted: Loose = one.least
                if one.by_region:
                    row = [one.by_region[name] for name in REGIONS]
                    wanted = pa.array(row, pa.int64()).take(place)
                left = functions.multiply(part, 1_000)
                test = functions.greater_equal(left, functions.multiply(whole, wanted))
                some = functions.not_equal(whole, 0)
                test = functions.if_else(some, test, nothing)
            elif one.kind == "amount":
                test = functions.greater_equal(columns[one.name], one.least)
            else:
                test = columns[_truth_of(one)]
            found[f"i{one.label}"] = test
        _join(work, found, functions.and_kleene, functions.or_kleene)
        return pa.table(found)

    yield Contender("PyArrow by hand", take, decide, _codes_of_arrow, "booleans")


def _join(
    work: Work,
    found: dict[str, Loose],
    all_of: Callable[[Loose, Loose], Loose] = lambda one, two: one & two,
    any_of: Callable[[Loose, Loose], Loose] = lambda one, two: one | two,
) -> None:
    for label, enough, three in work.criteria:
        inner = [found[f"i{one.label}"] for one in three]
        found[f"c{label}"] = reduce(any_of if enough else all_of, inner)
    outer = [found[f"c{label}"] for label, _, _ in work.criteria]
    found["whole"] = reduce(all_of, outer)


def others(work: Work) -> tuple[list[Contender], dict[str, str]]:
    """Give the contenders that are installed, and why the others are absent."""
    found: list[Contender] = []
    absent: dict[str, str] = {}
    for name, made in {
        "Polars": partial(of_polars, work),
        "NumPy": partial(of_numpy, work),
        "DuckDB": partial(of_duckdb, work),
        "pandas": partial(of_pandas, work),
        "PyArrow": partial(of_pyarrow, work),
    }.items():
        try:
            found += made()
        except ModuleNotFoundError as error:
            absent[name] = str(error)
    return found, absent
