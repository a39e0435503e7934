"""Frames: what comes out, what is refused, and how rows are explained."""

from __future__ import annotations

import datetime
import warnings
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars
import pytest

import ntmrules
from ntmrules import FactError, Ruleset, Verdict
from ntmrules.batch._columns import Columns
from ntmrules.batch._needs import needs_of
from ntmrules.batch._writer import Writer


pytestmark = pytest.mark.filterwarnings("ignore:people judge it")

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
criterion 1 "A": insured >= by region { | north | otherwise |
  | - | 50% | }
criterion 2 "B" {
  indicator 2.1 "C": income >= 48.5 million VND/person
  indicator 2.2 "D": attested by "X"
}
"""
FRAME: dict[str, list[Any]] = {
    "id": ["a", "b", "c"],
    "insured.met": [1, 2, None],
    "insured.of": [2, 5, None],
    "region": ["south", "centre", "north"],
    "income": [Decimal("48.5"), None, Decimal("48.4")],
}


def load(rules: str = RULES) -> Ruleset:
    """Load a ruleset over the vocabulary of the conformance cases."""
    return ntmrules.loads(HEAD + rules, files={"vocabulary.ntm": VOCABULARY})


def frame(**columns: list[Any]) -> polars.DataFrame:
    """Give the frame, some columns changed."""
    return polars.DataFrame({**FRAME, **columns})


def test_a_row_for_each_row() -> None:
    """In the same order: the verdict, counts, and each provision once."""
    found = ntmrules.evaluate_frame(load(), frame(), as_of=AS_OF)

    assert ["a", "b", "c"] == found["id"].to_list()
    assert ["unknown", "not met", "not met"] == found["verdict"].to_list()
    assert ["met", "not met", "not applicable"] == found["criterion 1"].to_list()
    assert ["met", "unknown", "not met"] == found["indicator 2.1"].to_list()
    assert [1, 0, 0] == found["criteria met"].to_list()


def test_codes_are_numbers() -> None:
    """0 not met, 1 unknown, 2 met, null not applicable."""
    found = ntmrules.evaluate_frame(load(), frame(), as_of=AS_OF, as_codes=True)

    assert [2, 0, None] == found["criterion 1"].to_list()


def test_lazy_stays_lazy() -> None:
    """The same kind out."""
    found = ntmrules.evaluate_frame(load(), frame().lazy(), as_of=AS_OF)

    assert isinstance(found, polars.LazyFrame)
    assert ["unknown", "not met", "not met"] == found.collect()["verdict"].to_list()


def test_pandas_in_pandas_out() -> None:
    """The index is kept; NaN of a NumPy column is how pandas says missing."""
    pandas = pytest.importorskip("pandas")
    given = pandas.DataFrame({**FRAME, "insured.met": [1, 2, float("nan")]})
    given["insured.of"] = [2, 5, float("nan")]
    given.index = [7, 8, 9]

    found = ntmrules.evaluate_frame(load(), given, as_of=AS_OF)

    assert [7, 8, 9] == list(found.index)
    assert ["unknown", "not met", "not met"] == list(found["verdict"])


def test_arrow_in_arrow_out() -> None:
    """The same kind out."""
    pyarrow = pytest.importorskip("pyarrow")
    found = ntmrules.evaluate_frame(load(), pyarrow.table(FRAME), as_of=AS_OF)

    assert ["unknown", "not met", "not met"] == found["verdict"].to_pylist()


REFUSED: list[tuple[dict[str, list[Any]], str]] = [
    ({"insured.met": [1, 6, None]}, "it is more than `insured.of`, 5 (row 2)"),
    ({"insured.met": [-1, 2, None]}, "it is negative (row 1)"),
    ({"insured.met": [1, None, None]}, "its other part is missing (row 2)"),
    ({"insured.met": [1.5, 2.0, None]}, "it is not whole (row 1)"),
    ({"insured.met": ["1", "2", None]}, "must be whole numbers, not `String`"),
    ({"income": [1.0, None, float("nan")]}, "it is no number; missing is null (row 3)"),
    ({"region": ["south", "center", None]}, "did you mean `centre`? (row 2)"),
    ({"incomes": [1, 2, 3]}, "did you mean `income`?"),
    ({"titles.commune.stanard": [1, 2, 3]}, "did you mean `titles.commune.standard`?"),
    ({"insured": [1, 2, 3]}, "the share `insured` must be given once"),
]


@pytest.mark.parametrize(("columns", "said"), REFUSED)
def test_a_bad_column_is_refused(columns: dict[str, list[Any]], said: str) -> None:
    """With what is wrong, and in which row."""
    with pytest.raises(FactError) as caught:
        ntmrules.evaluate_frame(load(), frame(**columns), as_of=AS_OF)

    assert said in str(caught.value)


def test_all_problems_at_once() -> None:
    """Before anything runs."""
    bad = frame(region=["x", None, None], income=["1", "2", "3"], incomee=[1, 2, 3])

    with pytest.raises(FactError) as caught:
        ntmrules.evaluate_frame(load(), bad, as_of=AS_OF)

    assert ["NTM702", "NTM703", "NTM723"] == sorted(
        d.code.id for d in caught.value.diagnostics
    )


def test_one_number_needs_a_scale() -> None:
    """95 or 0.95: nobody guesses."""
    shares = frame().drop("insured.met", "insured.of")
    shares = shares.with_columns(insured=polars.Series([50, 49, None]))

    with pytest.raises(FactError, match="a share of known scale"):
        ntmrules.evaluate_frame(load(), shares, as_of=AS_OF)
    found = ntmrules.evaluate_frame(
        load(), shares, as_of=AS_OF, share_columns={"insured": "percent"}
    )

    assert ["met", "not met", "not applicable"] == found["criterion 1"].to_list()


def test_an_absent_column_is_said() -> None:
    """It is missing in every row."""
    with pytest.warns(UserWarning, match="missing in every row: `income`"):
        found = ntmrules.evaluate_frame(load(), frame().drop("income"), as_of=AS_OF)

    assert {"unknown"} == set(found["indicator 2.1"])


def test_out_of_force_is_said() -> None:
    """The verdicts stand, and grant nothing."""
    with pytest.warns(UserWarning, match="nothing is granted"):
        ntmrules.evaluate_frame(load(), frame(), as_of=datetime.date(2031, 1, 1))


def test_another_kind_is_refused() -> None:
    """By its name."""
    with pytest.raises(FactError, match=r"Dask or PySpark, not `builtins\.list`"):
        ntmrules.evaluate_frame(load(), [1, 2], as_of=AS_OF)


def test_products_are_exact_beyond_64_bits() -> None:
    """Parts near 2^63 do not overflow."""
    most = 2**63 - 1
    large = frame(**{"insured.met": [most // 2, most // 2 + 1, 0]})
    large = large.with_columns(polars.Series("insured.of", [most, most, most]))

    found = ntmrules.evaluate_frame(load(), large, as_of=AS_OF)

    assert ["not met", "met", "not applicable"] == found["criterion 1"].to_list()


VILLAGES = """
criterion 1 "A": all villages have insured >= 50%
criterion 2 "B": at least 1 villages hold village.model
"""


def test_sub_units_are_a_second_frame() -> None:
    """Each row names the unit above it; a unit that no row names has none."""
    villages = polars.DataFrame(
        {
            "parent": ["a", "a", "b"],
            "insured.met": [1, 2, 1],
            "insured.of": [2, 2, 9],
            "titles.village.model": [None, 2020, None],
        }
    )
    communes = polars.DataFrame({"id": ["a", "b", "c"]})

    found = ntmrules.evaluate_frame(
        load(VILLAGES), communes, as_of=AS_OF, children={"villages": villages}
    )

    assert ["met", "not met", "unknown"] == found["criterion 1"].to_list()
    assert ["met", "not met", "not met"] == found["criterion 2"].to_list()


def test_sub_units_without_a_frame_are_said() -> None:
    """Their conditions are unknown, with a warning."""
    communes = polars.DataFrame({"id": ["a"]})
    with pytest.warns(UserWarning, match="`villages`"):
        found = ntmrules.evaluate_frame(load(VILLAGES), communes, as_of=AS_OF)

    assert ["unknown"] == found["criterion 1"].to_list()


@pytest.mark.parametrize(
    ("plural", "column", "said"),
    [
        ("districts", "parent", "the plural of a level below commune"),
        ("villages", "commune", "a frame with `parent`"),
    ],
)
def test_a_bad_frame_of_sub_units(plural: str, column: str, said: str) -> None:
    """Refused with what is wanted."""
    communes = polars.DataFrame({"id": ["a"]})
    with pytest.raises(FactError, match=said):
        ntmrules.evaluate_frame(
            load(VILLAGES),
            communes,
            as_of=AS_OF,
            children={plural: polars.DataFrame({column: ["a"]})},
        )


def test_an_orphan_is_refused() -> None:
    """A sub-unit of nobody is a mistake."""
    communes = polars.DataFrame({"id": ["a"]})
    with pytest.raises(FactError, match="an `id` of the frame, not `z`"):
        ntmrules.evaluate_frame(
            load(VILLAGES),
            communes,
            as_of=AS_OF,
            children={"villages": polars.DataFrame({"parent": ["z"]})},
        )


def test_rows_are_explained() -> None:
    """The same verdicts, with reasons."""
    found = ntmrules.explain_rows(load(), frame(), ["b", "a"], as_of=AS_OF)

    assert ["b", "a"] == list(found)
    assert Verdict.NOT_MET is found["b"].verdict
    assert "40%" in found["b"].explain(ntmrules.Language.EN)


def test_an_id_must_be_there_once() -> None:
    """Otherwise nobody knows which row is meant."""
    with pytest.raises(FactError, match="the id `z` must be that of one row"):
        ntmrules.explain_rows(load(), frame(), ["z"], as_of=AS_OF)


def test_common_rules_are_columns() -> None:
    """They do not fall back to one row at a time."""
    ruleset = load()
    columns = Columns(frame(), ruleset.vocabulary, needs_of(ruleset).facts, {})
    writer = Writer(ruleset, columns, {}, AS_OF, accept_unverified=False)

    assert writer.write()


def test_sub_units_are_columns() -> None:
    """Counting and adding up do not fall back to one row at a time."""
    ruleset = load(VILLAGES + TOTALS)
    villages = polars.DataFrame({"parent": ["a"], "population": [1], "debt": [2]})
    vocabulary, needs = ruleset.vocabulary, needs_of(ruleset)
    own = Columns(polars.DataFrame({"id": ["a"]}), vocabulary, needs.facts, {})
    below = Columns(villages, vocabulary, needs.facts, {}, ("parent",))
    writer = Writer(ruleset, own, {"villages": below}, AS_OF, accept_unverified=False)

    assert writer.write()
    assert {"villages"} == writer.tables.keys()


TOTALS = """
criterion 3 "C": population >= 3
criterion 4 "D": sum of population over villages >= 3
criterion 5 "E": all villages where rural have debt = 0 VND
"""


@pytest.mark.filterwarnings("ignore:not in the frame")
def test_totals_of_sub_units() -> None:
    """Added up where the unit has no figure of its own, if none is missing."""
    villages = polars.DataFrame(
        {"parent": ["a", "a", "b", "b"], "population": [1, 2, 5, None]}
    )
    communes = polars.DataFrame(
        {"id": ["a", "b", "c", "d"], "population": [None, None, None, 7]}
    )

    found = ntmrules.evaluate_frame(
        load(TOTALS), communes, as_of=AS_OF, children={"villages": villages}
    )

    assert ["met", "unknown", "unknown", "met"] == found["criterion 3"].to_list()
    assert ["met", "unknown", "unknown", "unknown"] == found["criterion 4"].to_list()


def test_numbers_of_any_width() -> None:
    """Small ones, floats and decimals, and those that are larger than expected."""
    for kind in (polars.Int16, polars.UInt32, polars.UInt64, polars.Int128):
        given = frame().with_columns(polars.col("insured.met", "insured.of").cast(kind))
        found = ntmrules.evaluate_frame(load(), given, as_of=AS_OF)

        assert ["met", "not met", "not applicable"] == found["criterion 1"].to_list()
    for amounts in ([48.5, None, 48.4], [48.5, 1 / 3, 100.0]):
        given = frame(income=amounts)
        found = ntmrules.evaluate_frame(load(), given, as_of=AS_OF)

        assert "met" == found["indicator 2.1"][0]
        assert ("unknown" if amounts[1] is None else "not met") == found[
            "indicator 2.1"
        ][1]


def test_no_warning_when_all_is_there() -> None:
    """Silence means that every figure had a column."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        judged = {"id": ["a"], "label": ["2.2"], "verdict": ["met"], "on": [AS_OF]}
        ntmrules.evaluate_frame(
            load(), frame(), as_of=AS_OF, attestations=polars.DataFrame(judged)
        )


TITLES = """
criterion 1 "A": holds commune.standard
"""


@pytest.mark.parametrize(
    ("advanced", "gone", "refused"),
    [
        (2020, None, True),
        (2021, 2023, True),
        (2020, 2022, False),
        (2022, None, False),
        (None, None, False),
    ],
)
def test_a_title_does_not_outlive_a_lower_one(
    advanced: int | None, gone: int | None, refused: bool
) -> None:
    """A record that contradicts itself is refused, as it is of a unit."""
    given = polars.DataFrame(
        {
            "titles.commune.standard": [2018, 2018],
            "titles.commune.standard.withdrawn": [None, 2022],
            "titles.commune.advanced": [2020, advanced],
            "titles.commune.advanced.withdrawn": [None, gone],
        },
        schema_overrides={"titles.commune.advanced.withdrawn": polars.Int64},
    )
    if refused:
        with pytest.raises(FactError, match=r"withdrawn in 2022.*\(row 2\)"):
            ntmrules.evaluate_frame(load(TITLES), given, as_of=AS_OF)
        return

    found = ntmrules.evaluate_frame(load(TITLES), given, as_of=AS_OF)

    wanted = "met" if gone is None and advanced else "not met"
    assert ["met", wanted] == found["verdict"].to_list()


def test_a_sub_unit_is_there_once() -> None:
    """The same village twice in one commune is refused; in two communes it is not."""
    villages = {"parent": ["a", "b"], "id": ["1", "1"], "insured.met": [1, 1]}
    inside = polars.DataFrame({**villages, "insured.of": [2, 2]})
    communes = polars.DataFrame({"id": ["a", "b"]})
    twice = inside.with_columns(parent=polars.lit("a"))

    ntmrules.evaluate_frame(
        load(VILLAGES), communes, as_of=AS_OF, children={"villages": inside}
    )
    with pytest.raises(FactError, match="1"):
        ntmrules.evaluate_frame(
            load(VILLAGES), communes, as_of=AS_OF, children={"villages": twice}
        )
