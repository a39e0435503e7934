"""Frames that are looked at once, and decided by several rulesets."""

from __future__ import annotations

import datetime
import warnings
from pathlib import Path
from typing import Any

import numpy
import pandas
import polars
import pyarrow
import pytest

import ntmrules
from ntmrules import FactError, Ruleset


ROOT = Path(__file__).parents[3]
AS_OF = datetime.date(2024, 12, 31)
VOCABULARY = (ROOT / "tests/conformance/vocabulary.ntm").read_text("utf-8")
HEAD = """ruleset test.communes
  name "Communes"
  for commune
  basis "0/TEST" dated 2020-01-01
  in force from 2020-01-01
use test.facts
"""
FRAME: dict[str, list[Any]] = {
    "id": ["a", "b", "c"],
    "region": ["north", "south", None],
    "insured.met": [95, 94, 0],
    "insured.of": [100, 100, 0],
    "ocop": [10, 2**40, None],
    "crimes": [1, 2, 3],
    "rural": [True, None, False],
    "titles.commune.standard": [2020, None, 2023],
}
RULES = """criterion 1 "A": insured >= 95%
criterion 2 "B": ocop >= 10
criterion 3 "C": rural
criterion 4 "D": holds commune.standard
criterion 5 "E": region = north
"""


def load(rules: str = RULES) -> Ruleset:
    """Load rules, each time with a vocabulary of its own."""
    return ntmrules.loads(HEAD + rules, files={"vocabulary.ntm": VOCABULARY})


def decided(ruleset: Ruleset, frame: Any) -> list[list[str]]:
    """Give the verdicts of criteria, row by row."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = ntmrules.evaluate_frame(ruleset, frame, as_of=AS_OF)
    names = [f"criterion {label}" for label in ruleset.criteria]
    table: Any = polars.DataFrame(found)
    return [list(map(str, row)) for row in table[names].rows()]


def test_the_same_verdicts() -> None:
    """Of each kind of fact: shares, counts, truths, cases, titles."""
    frame = polars.DataFrame(FRAME)
    checked = ntmrules.check_frame(load(), frame)

    assert decided(load(), frame) == [
        ["met", "met", "met", "met", "met"],
        ["not met", "met", "unknown", "not met", "not met"],
        ["unknown", "unknown", "not met", "met", "unknown"],
    ]
    assert decided(load(), checked) == decided(load(), frame)
    assert len(checked) == 3


def test_a_variant_of_the_rules() -> None:
    """Another threshold, and fewer facts: nothing is looked at again."""
    checked = ntmrules.check_frame(load(), polars.DataFrame(FRAME))
    variant = load('criterion 1 "A": insured >= 94%\n')

    assert checked.covers(variant)
    assert decided(variant, checked) == [["met"], ["met"], ["unknown"]]


def test_rules_that_ask_for_more() -> None:
    """The frame it was made of is looked at, and nothing is missing for it."""
    checked = ntmrules.check_frame(load(), polars.DataFrame(FRAME))
    more = load('criterion 1 "A": crimes <= 2\n')

    assert not checked.covers(more)
    assert decided(more, checked) == [["met"], ["met"], ["not met"]]


@pytest.mark.parametrize("figure", [10, 2**40])
@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow"])
def test_figures_that_change_later(figure: int, library: str) -> None:
    """Columns that lie in the memory of NumPy are copied, short or not."""
    memory = numpy.array([figure, figure])
    columns = {"ocop": memory}
    frame: Any
    if library == "polars":
        frame = polars.DataFrame(columns)
    elif library == "pandas":
        frame = pandas.DataFrame(columns, copy=False)
    else:
        frame = pyarrow.table({"ocop": pyarrow.array(memory)})
    rules = load('criterion 1 "A": ocop >= 10\n')
    checked = ntmrules.check_frame(rules, frame)
    memory[:] = -5

    assert decided(rules, checked) == [["met"], ["met"]]


def test_reasons_of_a_row() -> None:
    """They are those of the frame."""
    checked = ntmrules.check_frame(load(), polars.DataFrame(FRAME))
    found = ntmrules.explain_rows(load(), checked, ["b"], as_of=AS_OF)

    assert [one.label for one in found["b"].unmet] == ["1", "4", "5"]


def test_all_that_is_wrong_is_told_at_once() -> None:
    """When the frame is checked, not later."""
    wrong = {**FRAME, "insured.met": [101, 94, 0], "ocop": [-1, 2, None]}
    with pytest.raises(FactError) as caught:
        ntmrules.check_frame(load(), polars.DataFrame(wrong))

    told = sorted(str(one.values["fact"]) for one in caught.value.diagnostics)
    assert told == ["insured.met", "ocop"]


def test_scales_are_told_once() -> None:
    """Another scale than the one that was checked is refused."""
    frame = polars.DataFrame({"id": ["a"], "insured": [95.5]})
    rules = load('criterion 1 "A": insured >= 95%\n')
    scales = {"insured": "percent"}
    checked = ntmrules.check_frame(rules, frame, share_columns=scales)

    assert decided(rules, checked) == [["met"]]
    with pytest.raises(FactError, match="share_columns"):
        ntmrules.evaluate_frame(
            rules, checked, as_of=AS_OF, share_columns={"insured": "fraction"}
        )


def test_a_lazy_frame() -> None:
    """It has no figures to look at yet."""
    with pytest.raises(FactError, match="in memory"):
        ntmrules.check_frame(load(), polars.LazyFrame(FRAME))
