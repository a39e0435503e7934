"""The assessment as a document, against its schema."""

from __future__ import annotations

import json
from enum import Enum
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

from ntmrules.assessment import Assessment, GapKind, MissingKind
from ntmrules.assessment._traces import NODES
from ntmrules.evaluate.trace import Cause, Origin
from ntmrules.model.expressions import Expression
from ntmrules.verdict import Verdict
from tests.unit.assessment.assessed import assess, facts
from tests.unit.assessment.test_explanation import OTHER, RULES, UNIT


ROOT = Path(__file__).parents[3]
SCHEMA = json.loads(
    (ROOT / "docs/reference/assessment-1.schema.json").read_text("utf-8")
)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
EVERY_NODE = """
define rated = rating >= good
delegated floor: share of persons to district
criterion 1 "A": all communes where rural have min(content) >= 85%
criterion 2 "B": at least 1 of (rated, market and rural, not market, crimes = 0)
criterion 3 "C": if rural then holds district.standard else market or rural
criterion 4 "D": income >= 1.5 * income at granted district.standard
criterion 5 "E": poor <= by region, year {
  | region | 2023 | 2024 |
  | BTB    | 5%   | 4%   |
  | TN     | -    | 7%   |
}
criterion 6 "F": count of communes where rural >= 2
criterion 7 "G": average of income over communes >= -1 million VND/person
criterion 8 "H": all years from year - 2 to year - 1 have crimes between 0 and 2
criterion 9 "I": exactly 1 communes meet test.commune
criterion 10 "J": at least 1 of criteria of test.other
criterion 11 "K": insured >= threshold of indicator 1 of test.other
criterion 12 "L": criterion 1 and indicator 1 of test.other
criterion 13 "M": -income < 0 million VND/person
criterion 14 "N": insured >= floor
"""


def document(assessment: Assessment) -> dict[str, Any]:
    """Give the document as it comes back from JSON."""
    data: dict[str, Any] = json.loads(json.dumps(assessment.to_dict()))
    return data


@pytest.fixture(scope="module")
def every_node() -> dict[str, Any]:
    """Give a document in which every kind of expression occurs."""
    more = {
        "other.ntm": OTHER.format(level="district"),
        "commune.ntm": OTHER.format(level="commune").replace(
            "test.other", "test.commune"
        ),
    }
    return document(assess(EVERY_NODE, UNIT, more=more))


def test_the_schema_is_a_schema() -> None:
    """As draft 2020-12 wants it."""
    VALIDATOR.check_schema(SCHEMA)


def test_documents_follow_the_schema(every_node: dict[str, Any]) -> None:
    """With and without facts, in force and not."""
    documents = [
        every_node,
        document(assess(RULES, UNIT)),
        document(assess(RULES)),
        document(assess(EVERY_NODE.partition("criterion 9")[0], facts(region="TN"))),
        document(assess('criterion 1 "A": market', status="status draft")),
    ]

    assert [] == [
        error.message for one in documents for error in VALIDATOR.iter_errors(one)
    ]


def _nodes(data: object) -> set[str]:
    if isinstance(data, list):
        return set().union(*(_nodes(item) for item in data))
    if isinstance(data, dict):
        own = {data["node"]} if "node" in data else set()
        return own.union(*(_nodes(item) for item in data.values()))
    return set()


def test_every_kind_of_expression_has_a_name(every_node: dict[str, Any]) -> None:
    """And is written somewhere above."""
    assert set(get_args(Expression)) == set(NODES)
    assert len(NODES) == len(set(NODES.values()))
    assert set(NODES.values()) == _nodes(every_node)


def _words(kind: type[Enum]) -> set[str]:
    return {one.value for one in kind}


def test_the_schema_knows_every_word() -> None:
    """A new cause, origin or kind is a change of the schema too."""
    kinds = SCHEMA["$defs"]
    (value, _) = kinds["step"]["oneOf"]
    causes = {cause.name.lower().replace("_", " ") for cause in Cause}

    assert causes == set(kinds["reason"]["properties"]["cause"]["enum"])
    assert _words(Origin) == set(value["properties"]["origin"]["enum"])
    assert set(NODES.values()) == set(kinds["node"]["enum"])
    assert _words(MissingKind) == set(kinds["missing"]["properties"]["kind"]["enum"])
    assert _words(GapKind) == set(kinds["gap"]["properties"]["kind"]["enum"])
    assert _words(Verdict) == set(kinds["verdict"]["enum"])


def test_numbers_are_exact_texts() -> None:
    """Shares keep both parts, amounts are in their declared unit."""
    data = document(
        assess(
            """
            criterion 1 "A": insured >= 95%
            criterion 2 "B": value > 203 million VND/ha
            """,
            facts(insured="190113/204379", value="178.71"),
        )
    )
    insured, value = (
        criterion["indicators"][0]["trace"]["steps"][0]["value"]
        for criterion in data["criteria"]
    )

    assert {
        "type": "share",
        "part": "190113",
        "whole": "204379",
        "counted": True,
        "value": "27159/29197",
    } == insured
    assert {"type": "amount", "value": "178.71", "unit": "million VND/ha"} == value
    assert "4048" == data["criteria"][0]["gap"]["amount"]
    assert "57815/29197" == data["criteria"][0]["gap"]["points"]


def test_references_are_written_once(every_node: dict[str, Any]) -> None:
    """Steps say where; every place exists, own provisions by their label."""
    places = _places(every_node)

    assert {"criteria": "1"} in places
    numbers = {place["referenced"] for place in places if "referenced" in place}
    assert set(range(len(every_node["referenced"]))) == numbers
    kinds = [one["kind"] for one in every_node["referenced"]]
    assert 4 == kinds.count("ruleset")


def _places(data: object) -> list[dict[str, Any]]:
    if isinstance(data, list):
        return [place for item in data for place in _places(item)]
    if not isinstance(data, dict):
        return []
    places = [place for item in data.values() for place in _places(item)]
    if set(data) in ({"referenced"}, {"criteria"}, {"criteria", "indicator"}):
        places.append(data)
    return places


def test_units_are_listed_once(every_node: dict[str, Any]) -> None:
    """The assessed unit first, then those met on the way."""
    units = every_node["units"]

    assert every_node["unit"] == units[0]
    assert ["d", "c0", "c1", "c2", "c3"] == [unit["id"] for unit in units]
