"""Which mappings are read at once, and which are left to the long way."""

from __future__ import annotations

import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest

from ntmrules.units import direct
from tests.unit.units.vocabulary import VOCABULARY


def unit(**changes: Any) -> dict[str, Any]:
    """Give a commune, with changes."""
    facts = {"insured": (190113, 204379), "rural": True, "income": 48, "poor": None}
    villages = [{"id": "v1", "facts": {"population": 3}}, {"id": "v2"}]
    base = {"level": "commune", "id": "c", "facts": facts, "villages": villages}
    return base | changes


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"name": "Xã Phú Túc", "as_of": datetime.date(2024, 12, 31)},
        {"facts": {"insured": "93.02%", "region": "north", "factor": Decimal("1.5")}},
        {"facts": {"approved": datetime.date(2024, 1, 1), "insured": (0, 0)}},
        {"facts": None, "villages": []},
    ],
)
def test_the_usual_is_read_at_once(changes: dict[str, Any]) -> None:
    """Numbers, pairs, texts and dates, in units and in those inside."""
    read = direct(unit(**changes), VOCABULARY)

    assert read is not None
    assert unit(**changes).get("name", "") == read.name


@pytest.mark.parametrize(
    "changes",
    [
        {"level": "hamlet"},
        {"level": None},
        {"id": 5},
        {"id": "a\u200bb"},
        {"name": "Xa\u0303"},
        {"as_of": "2024-12-31"},
        {"as_of": datetime.datetime(2024, 12, 31)},  # noqa: DTZ001 - it is refused
        {"as_of": datetime.date(1800, 1, 1)},
        {"facts": {"insurd": (1, 2)}},
        {"facts": {"insured": (3, 2)}},
        {"facts": {"insured": "1/2 = 51%"}},
        {"facts": {"insured": {"value": "1/2"}}},
        {"facts": {"income": "1.200"}},
        {"facts": {"rural": 1}},
        {"facts": {"villages_only": 1}},
        {"facts": {5: 1}},
        {"facts": [1]},
        {"titles": {}},
        {"history": {}},
        {"attestations": {}},
        {"villages": {"total": 3}},
        {"villages": [{"id": "v"}, {"id": "v"}]},
        {"villages": [{"level": "commune"}]},
        {"villages": [{"as_of": datetime.date(2024, 1, 1)}]},
        {"villages": [5]},
        {"communes": []},
        {"hamlets": []},
        {7: []},
    ],
)
def test_the_unusual_is_left_to_the_long_way(changes: dict[Any, Any]) -> None:
    """It knows what is to be said of it."""
    assert direct(unit() | changes, VOCABULARY) is None


def test_only_a_dict_is_read_at_once() -> None:
    """Other mappings may say another thing each time."""
    assert direct(MappingProxyType(unit()), VOCABULARY) is None
