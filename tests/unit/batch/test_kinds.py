"""Frames of other libraries: what goes in, what comes out, what is refused."""

from __future__ import annotations

import builtins
import datetime
import sys
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import dask.dataframe
import duckdb
import numpy
import pandas
import polars
import pyarrow
import pytest

import ntmrules
from ntmrules import FactError, Ruleset


ROOT = Path(__file__).parents[3]
VOCABULARY = (ROOT / "tests/conformance/vocabulary.ntm").read_text("utf-8")
AS_OF = datetime.date(2024, 12, 31)
HEAD = """ruleset test.communes
  name "Communes"
  for commune
  basis "0/TEST" dated 2020-01-01
  in force from 2022-01-01 to 2030-12-31
use test.facts
"""
RULES = """
criterion 1 "A": insured >= 50%
criterion 2 "B": income >= 48.4 million VND/person
"""
VILLAGES = 'criterion 1 "A": all villages have insured >= 50%'
FRAME: dict[str, list[Any]] = {
    "id": ["a", "b", "c"],
    "insured.met": [1, 2, None],
    "insured.of": [2, 5, None],
    "income": [48.4, None, 48.3],
}
dask_of: Any = dask.dataframe.from_pandas  # untyped
WANTED = ["met", "not met", "not met"]


def load(rules: str = RULES) -> Ruleset:
    """Load a ruleset over the vocabulary of the conformance cases."""
    return ntmrules.loads(HEAD + rules, files={"vocabulary.ntm": VOCABULARY})


def decide(frame: Any, rules: str = RULES, **options: Any) -> Any:
    """Decide a frame."""
    return ntmrules.evaluate_frame(load(rules), frame, as_of=AS_OF, **options)


# ── floats and decimals ─────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", [polars.Float32, polars.Float64, polars.Float16])
def test_a_float_is_what_it_shows(kind: Any) -> None:
    """48.4 of 32 bits is no less than 48.4, though its 64 bits are."""
    frame = polars.DataFrame(FRAME).with_columns(
        polars.Series("income", [48.4, None, 48.3], dtype=kind)
    )

    assert WANTED == decide(frame)["verdict"].to_list()


def test_a_float_of_numpy_is_what_it_shows() -> None:
    """In pandas too."""
    frame = pandas.DataFrame(FRAME).astype({"income": "float32"})

    assert WANTED == list(decide(frame)["verdict"])


def test_a_whole_decimal_is_whole() -> None:
    """DuckDB sums whole numbers to 128 bits, which Arrow holds as decimals."""
    parts = polars.Series("insured.met", [1, 2, None], dtype=polars.Decimal(38, 0))

    found = decide(polars.DataFrame(FRAME).with_columns(parts))

    assert WANTED == found["verdict"].to_list()


def test_a_decimal_beyond_64_bits_is_refused() -> None:
    """It is not cut down to fit."""
    parts = [Decimal(10**20), Decimal(2), None]
    frame = polars.DataFrame({**FRAME, "insured.of": parts})
    with pytest.raises(FactError, match=r"insured\.of"):
        decide(frame)


def test_wide_decimals_of_arrow() -> None:
    """256 bits are taken if the values need fewer, and refused otherwise."""
    wide = pyarrow.decimal256(60, 1)
    small = pyarrow.array([Decimal("48.4"), None, Decimal("48.3")], wide)
    large = pyarrow.array([Decimal(10) ** 50, None, None], wide)
    table = pyarrow.table(FRAME).drop_columns("income")

    assert WANTED == decide(table.append_column("income", small))["verdict"].to_pylist()
    with pytest.raises(FactError, match=r"`income` must be of a plain type"):
        decide(table.append_column("income", large))


# ── pandas ──────────────────────────────────────────────────────────────────


def test_pandas_keeps_its_columns() -> None:
    """The index and the type of ids; verdicts are categories, codes nullable."""
    frame = pandas.DataFrame({**FRAME, "id": pandas.Categorical(["a", "b", "c"])})
    frame.index = pandas.Index(["x", "x", "y"], name="village")

    words, numbers = decide(frame), decide(frame, as_codes=True)

    assert frame.index.equals(words.index)
    assert frame["id"].equals(words["id"])
    assert isinstance(words["verdict"].dtype, pandas.CategoricalDtype)
    assert "Int8" == numbers["verdict"].dtype.name
    assert [2, 0, 0] == list(numbers["verdict"])


@pytest.mark.parametrize(
    "income",
    [
        numpy.array([48.4, numpy.nan, 48.3], dtype=">f8"),
        pandas.array([48.4, None, 48.3], dtype="Float64"),
        pandas.array([48.4, None, 48.3], dtype="double[pyarrow]"),
        pandas.Series([48.4, None, 48.3], dtype=object),
        pandas.Series([Decimal("48.4"), None, Decimal("48.3")], dtype=object),
        pandas.arrays.SparseArray([48.4, numpy.nan, 48.3]),
    ],
    ids=["big-endian", "nullable", "Arrow", "objects", "decimals", "sparse"],
)
def test_numbers_of_pandas(income: Any) -> None:
    """However they are stored."""
    frame = pandas.DataFrame(FRAME)
    frame["income"] = income

    assert WANTED == list(decide(frame)["verdict"])


def test_nan_in_a_column_with_another_sign_for_missing() -> None:
    """It is no number, and not missing."""
    frame = pandas.DataFrame(FRAME)
    values = pyarrow.array([48.4, float("nan"), None])
    frame["income"] = pandas.arrays.ArrowExtensionArray(values)
    with pytest.raises(FactError, match="it is no number"):
        decide(frame)


def test_objects_of_several_types_are_refused() -> None:
    """Where they count; elsewhere they are nobody's business."""
    frame = pandas.DataFrame({**FRAME, "note": [1, "x", 2.5]})

    assert WANTED == list(decide(frame)["verdict"])
    frame["income"] = pandas.Series([48.4, "48", None], dtype=object)
    with pytest.raises(FactError, match="one type of values"):
        decide(frame)


def test_two_columns_of_one_name_are_refused() -> None:
    """Nobody knows which one is meant."""
    frame = pandas.DataFrame([[1, 2]], columns=["income", "income"])
    with pytest.raises(FactError, match="`income` several times"):
        decide(frame)


# ── lazy ────────────────────────────────────────────────────────────────────


def test_a_lazy_frame_is_not_collected() -> None:
    """Types are told at once, values when somebody collects."""
    bad = polars.DataFrame({**FRAME, "insured.met": [1, 6, None]}).lazy()

    found = decide(bad)

    with pytest.raises(FactError, match=r"more than `insured.of`, 5 \(id `b`\)"):
        found.collect()
    with pytest.raises(FactError, match="must be numbers, not `String`"):
        decide(bad.with_columns(income=polars.lit("48")))


def test_a_lazy_frame_with_sub_units() -> None:
    """They are collected with it, and what is wrong with them is told then."""
    communes = polars.LazyFrame({"id": ["a", "b"]})
    villages = polars.LazyFrame(
        {"parent": ["a", "b"], "insured.met": [1, 0], "insured.of": [2, 2]}
    )

    found = decide(communes, VILLAGES, children={"villages": villages})
    lost = decide(communes.head(1), VILLAGES, children={"villages": villages})
    mixed = decide(communes, VILLAGES, children={"villages": villages.collect()})

    assert ["met", "not met"] == found.collect()["verdict"].to_list()
    assert ["met", "not met"] == mixed.collect()["verdict"].to_list()
    with pytest.raises(FactError, match="not `b`"):
        lost.collect()


# ── DuckDB and Dask ─────────────────────────────────────────────────────────


def test_duckdb_keeps_order_and_connection() -> None:
    """What comes out joins with what its connection has; nothing stays behind."""
    here = duckdb.connect()
    here.execute(
        'create table communes as select i as id, i as "insured.met",'
        ' 1000 as "insured.of", 48.4::float as income from range(1000) t(i)'
    )
    rows = here.sql("from communes order by id desc")

    found = decide(rows)

    assert list(range(999, -1, -1)) == [
        one for (one,) in found.project("id").fetchall()
    ]
    query = "select count(*) from found join communes using (id) where verdict = 'met'"
    assert [(500,)] == here.sql(query).fetchall()
    assert [("communes",)] == here.sql("show tables").fetchall()


def test_dask_is_decided_where_it_lies() -> None:
    """The types of columns are told at once, values when somebody computes."""
    frame = pandas.DataFrame(FRAME).drop(columns="income")
    rows = dask_of(frame.assign(income=48.4), npartitions=2)

    found = decide(rows)

    assert ["met", "not met", "unknown"] == list(
        found.compute(scheduler="sync")["verdict"]
    )
    with pytest.raises(FactError, match="must be true or false"):
        decide(rows.assign(rural=1), RULES + 'criterion 3 "C": rural')


def test_dask_has_no_sub_units() -> None:
    """Refused, with what to take instead."""
    rows = dask_of(pandas.DataFrame({"id": ["a"]}), npartitions=1)
    villages = polars.DataFrame({"parent": ["a"]})
    with pytest.raises(FactError, match="PySpark and Polars have sub-units"):
        decide(rows, VILLAGES, children={"villages": villages})


# ── explanations ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "made",
    [
        polars.DataFrame.lazy,
        polars.DataFrame.to_arrow,
        polars.DataFrame.to_pandas,
        lambda frame: duckdb.from_arrow(frame.to_arrow()),
        lambda frame: dask_of(frame.to_pandas(), npartitions=2),
    ],
    ids=["lazy", "PyArrow", "pandas", "DuckDB", "Dask"],
)
def test_rows_of_any_kind_are_explained(made: Any) -> None:
    """By their id."""
    found = ntmrules.explain_rows(
        load(), made(polars.DataFrame(FRAME)), "b", as_of=AS_OF
    )

    assert ["2"] == [one.label for one in found["b"].criteria.values()][1:]
    assert "not met" == str(found["b"].verdict)


def test_rows_of_a_lazy_frame_with_sub_units_are_explained() -> None:
    """Only theirs are looked at."""
    communes = polars.LazyFrame({"id": ["a", "b"]})
    villages = polars.DataFrame(
        {"parent": ["a", "b"], "insured.met": [1, 0], "insured.of": [2, 2]}
    )

    found = ntmrules.explain_rows(
        load(VILLAGES), communes, ["a"], as_of=AS_OF, children={"villages": villages}
    )

    assert "met" == str(found["a"].verdict)


# ── what is absent ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("library", "extra"), [("polars", "frames"), ("narwhals", "frames")]
)
def test_an_absent_library_is_named(
    library: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what to install."""
    imported = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> ModuleType:
        if name == library:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return imported(name, *rest, **named)

    monkeypatch.delitem(sys.modules, library)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(FactError, match=rf"install `ntmrules\[{extra}\]`"):
        decide(polars.DataFrame(FRAME))


def test_duckdb_without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its rows travel as Arrow."""
    rows = duckdb.sql('select 1 as "income"')
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(FactError, match=r"install `ntmrules\[duckdb\]`"):
        decide(rows)


def test_a_warning_stands_where_verdicts_were_asked_for() -> None:
    """In the caller's file."""
    with pytest.warns(UserWarning, match="`income`") as caught:
        ntmrules.evaluate_frame(
            load(), polars.DataFrame(FRAME).drop("income"), as_of=AS_OF
        )

    assert __file__ == caught[0].filename
