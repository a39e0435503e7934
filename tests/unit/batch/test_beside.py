"""Earlier years and judgements: frames beside the rows."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import polars
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
GREW = 'criterion 1 "A": income > income at 2023'
INSIDE = 'criterion 1 "A": all villages have insured at 2023 >= 50%'
JUDGED = """
criterion 1 "A": attested by "Sở Y tế"
criterion 2 "B" {
  indicator 2.1 "C": income >= 48 million VND/person
  indicator 2.2 "D": attested by "Hội đồng"
}
"""


def load(rules: str) -> Ruleset:
    """Load a ruleset over the vocabulary of the conformance cases."""
    return ntmrules.loads(HEAD + rules, files={"vocabulary.ntm": VOCABULARY})


COMMUNES = polars.DataFrame({"id": ["a", "b", "c"], "income": [50, 50, 50]})
HISTORY: dict[str, list[Any]] = {
    "id": ["a", "b", "a"],
    "year": [2023, 2023, 2022],
    "income": [49, 51, 99],
}
ATTESTATIONS: dict[str, list[Any]] = {
    "id": ["a", "a", "b"],
    "label": ["1", "2.2", "1"],
    "verdict": ["met", "met", "not met"],
    "by": ["Sở Y tế", "Hội đồng", None],
    "on": [AS_OF, AS_OF, AS_OF],
}


def verdicts(
    rules: str, frame: polars.DataFrame = COMMUNES, **beside: Any
) -> list[str]:
    """Decide the communes."""
    found = ntmrules.evaluate_frame(load(rules), frame, as_of=AS_OF, **beside)
    words: list[str] = found["verdict"].to_list()
    return words


def test_earlier_years() -> None:
    """A row for each unit and year; a unit without that year is unknown."""
    history = polars.DataFrame(HISTORY)

    assert ["met", "not met", "unknown"] == verdicts(GREW, history=history)
    by_plural = verdicts(GREW, history={"communes": history})

    assert ["met", "not met", "unknown"] == by_plural


def test_earlier_years_of_sub_units() -> None:
    """They say which unit is around theirs, whose ids may repeat elsewhere."""
    villages = polars.DataFrame(
        {"parent": ["a", "b", "b"], "id": ["1", "1", "2"], "insured": [None] * 3}
    )
    history = polars.DataFrame(
        {
            "parent": ["a", "b", "b"],
            "id": ["1", "1", "2"],
            "year": [2023, 2023, 2023],
            "insured.met": [1, 1, 0],
            "insured.of": [2, 2, 2],
        }
    )

    found = verdicts(
        INSIDE,
        children={"villages": villages},
        history={"villages": history},
        share_columns={"insured": "percent"},
    )

    assert "met" == found[0]
    assert "not met" == found[1]


BAD_HISTORY: list[tuple[dict[str, list[Any]], str]] = [
    ({"year": [2023, 2023, 2023]}, "`id`, `year` .* different in each row"),
    ({"year": [2023, 2023, 2024]}, "holds the year 2024, which is not before"),
    ({"year": ["x", "y", "z"]}, "the column `year` of `history` must be years"),
    ({"id": ["a", "b", "z"]}, "an `id` of the frame, not `z`"),
    ({"income": ["1", "2", "3"]}, "`income` must be numbers"),
    ({"titles.commune.standard": [1, 2, 3]}, "left out of earlier years"),
]


@pytest.mark.parametrize(("columns", "said"), BAD_HISTORY)
def test_a_bad_frame_of_earlier_years(columns: dict[str, list[Any]], said: str) -> None:
    """Refused, with what is wrong."""
    with pytest.raises(FactError, match=said):
        verdicts(GREW, history=polars.DataFrame({**HISTORY, **columns}))


def test_earlier_years_without_a_column() -> None:
    """Told with what is wrong in the rows."""
    history = polars.DataFrame(HISTORY).drop("year")
    rows = COMMUNES.with_columns(income=polars.lit("x"))
    with pytest.raises(FactError) as caught:
        verdicts(GREW, rows, history=history)

    assert ["NTM723", "NTM730"] == sorted(d.code.id for d in caught.value.diagnostics)


def test_earlier_years_of_a_sub_unit_that_is_not_there() -> None:
    """Nobody's years are a mistake."""
    history = polars.DataFrame({"parent": ["a"], "id": ["9"], "year": [2023]})
    villages = polars.DataFrame({"parent": ["a"], "id": ["1"]})
    children = {"villages": villages}
    years = {"villages": history}
    with pytest.raises(FactError, match="not `9`"):
        verdicts(INSIDE, children=children, history=years)
    with pytest.raises(FactError, match="missing in `children"):
        verdicts(INSIDE, history=years)
    with pytest.raises(FactError, match="of a level below commune"):
        verdicts(INSIDE, children=children, history={"districts": history})


def test_judgements() -> None:
    """Recorded verdicts, a row for each unit and label."""
    judged = polars.DataFrame(ATTESTATIONS)

    assert ["met", "not met", "unknown"] == verdicts(JUDGED, attestations=judged)


def test_a_judgement_of_later_does_not_count() -> None:
    """As in a unit file."""
    later = [datetime.date(2025, 1, 1)] * 3
    judged = polars.DataFrame({**ATTESTATIONS, "on": later})

    assert ["unknown"] * 3 == verdicts(JUDGED, attestations=judged)


def test_what_people_judge_is_said() -> None:
    """Where nobody did."""
    with pytest.warns(UserWarning, match=r"people judge it, .*: `1`, `2\.2`"):
        verdicts(JUDGED)


BAD_ATTESTATIONS: list[tuple[dict[str, list[Any]], str]] = [
    ({"label": [1.0, 2.2, 1.0]}, "must be text, since 14.10 as a number is 14.1"),
    ({"label": ["1", "2.3", "1"]}, "`1`, `2`, `2.1`, `2.2`, not `2.3`"),
    ({"verdict": ["met", "mett", "met"]}, "did you mean `met`"),
    ({"on": ["x", "y", "z"]}, "the column `on` of `attestations` must be dates"),
    ({"on": [AS_OF, None, AS_OF]}, "must be dates, not null"),
    ({"label": ["1", "1", "1"]}, "different in each row"),
    ({"id": ["a", "a", None]}, "an `id` of the frame, not `None`"),
]


@pytest.mark.parametrize(("columns", "said"), BAD_ATTESTATIONS)
def test_a_bad_frame_of_judgements(columns: dict[str, list[Any]], said: str) -> None:
    """Refused, with what is wrong."""
    with pytest.raises(FactError, match=said):
        verdicts(JUDGED, attestations=polars.DataFrame({**ATTESTATIONS, **columns}))


def test_a_lazy_frame_with_others_beside_it() -> None:
    """Decided when it is collected."""
    judged = polars.LazyFrame(ATTESTATIONS)
    found = ntmrules.evaluate_frame(
        load(JUDGED), COMMUNES.lazy(), as_of=AS_OF, attestations=judged
    )

    assert ["met", "not met", "unknown"] == found.collect()["verdict"].to_list()


@pytest.mark.parametrize("lazy", [False, True])
def test_explanations_know_them(lazy: bool) -> None:
    """The same verdicts, with reasons."""
    frame: Any = COMMUNES.lazy() if lazy else COMMUNES
    grew = ntmrules.explain_rows(
        load(GREW), frame, ["a"], as_of=AS_OF, history=polars.DataFrame(HISTORY)
    )
    judged = ntmrules.explain_rows(
        load(JUDGED),
        frame,
        ["b"],
        as_of=AS_OF,
        attestations=polars.DataFrame(ATTESTATIONS),
    )

    assert "met" == str(grew["a"].verdict)
    assert "not met" == str(judged["b"].verdict)
