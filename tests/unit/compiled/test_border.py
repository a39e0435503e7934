"""What a program lets in, and what it leaves to the reader of units."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import pytest

import ntmrules
from ntmrules import FactError, Program, Ruleset
from ntmrules.compiled._fitting import fitting
from tests.support.compiled import of_assessment, of_program
from tests.support.strategies import VOCABULARY


AS_OF = datetime.date(2024, 12, 31)
RULESET = """\
ruleset test.border
  name  "Biên"
  for   district
  basis "0/TEST" dated 2020-01-01
  in force from 2000-01-01 to 2100-12-31
use test.facts
criterion 1 "A": insured >= 95%
criterion 2 "B": fulfilment >= 100%
criterion 3 "C": income >= 1.5 million VND/person
criterion 4 "D": population >= 10
criterion 5 "E": factor >= 0.5
criterion 6 "F": rural
criterion 7 "G": rating >= fair
criterion 8 "H": min(satisfaction_by_content) >= 50%
criterion 9 "I": all communes have (insured >= 95% and all villages have rural)
criterion 10 "J": all communes hold commune.standard
criterion 11 "K": income at 2021 >= 1 million VND/person
criterion 12 "L": attested by "Sở"
criterion 13 "M": granted district.standard <= 2023
"""
FACTS: dict[str, Any] = {
    "insured": (19, 20),
    "fulfilment": (130, 100),
    "income": 2,
    "population": 10,
    "factor": Fraction(1, 2),
    "rural": True,
    "rating": "fair",
    "satisfaction_by_content": [(1, 2), (3, 4)],
}
UNIT: dict[str, Any] = {
    "level": "district",
    "id": "d",
    "as_of": AS_OF,
    "facts": FACTS,
    "titles": {"district.standard": 2021},
    "history": {2021: {"income": Decimal("1.25")}},
    "attestations": {
        "test.border": {"12": {"verdict": "met", "on": datetime.date(2024, 6, 1)}}
    },
    "communes": [
        {
            "id": "c1",
            "facts": {"insured": (1, 1)},
            "titles": {"commune.standard": datetime.date(2023, 5, 1)},
            "villages": [{"id": "v1", "facts": {"rural": True}}],
        },
        {
            "id": "c2",
            "facts": {"insured": (1, 2)},
            "titles": {"commune.standard": {"granted": 2019, "withdrawn": 2022}},
            "villages": [],
        },
    ],
}
NAN = float("nan")
GARBAGE: tuple[Any, ...] = (
    True,
    0,
    1,
    -1,
    2025,
    10**49,
    0.5,
    NAN,
    float("inf"),
    Decimal("0.5"),
    Decimal("-0.5"),
    Decimal("1E+3"),
    Decimal("1E-70"),
    Decimal("NaN"),
    Decimal("Infinity"),
    Fraction(1, 2),
    Fraction(3, 2),
    Fraction(-1, 2),
    Fraction(1, 10**70),
    (19, 20),
    (20, 19),
    (-1, 20),
    (0, 0),
    (5, 0),
    (1, 2, 3),
    (1.0, 2),
    (True, 2),
    (Fraction(1, 2), 1),
    (1, None),
    (10**49, 10**50),
    [19, 20],
    [],
    [None],
    [(1, 2), None],
    {"a": (1, 2)},
    {"value": (1, 2)},
    "95%",
    "19/20",
    "1.5",
    "fair",
    "unfair",
    "",
    datetime.date(2024, 1, 1),
    datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC),
    object(),
)


@pytest.fixture(scope="module", name="ruleset")
def _ruleset() -> Ruleset:
    return ntmrules.loads(RULESET, files={"vocabulary.ntm": VOCABULARY})


@pytest.fixture(scope="module", name="program")
def _program(ruleset: Ruleset) -> Program:
    return ntmrules.compile(ruleset, as_of=AS_OF)


def outcome(decide: Callable[[Any], Any], unit: Any) -> Any:
    """Give the verdicts of a unit, or the words with which it is refused."""
    try:
        return decide(unit)
    except FactError as error:
        return str(error)


def check_alike(ruleset: Ruleset, program: Program, unit: Any) -> None:
    """See to it that `evaluate` and the program take and refuse the same."""
    wanted = outcome(
        lambda one: of_assessment(ntmrules.evaluate(ruleset, one, as_of=AS_OF)), unit
    )

    assert wanted == outcome(lambda one: of_program(program(one)), unit)


def test_the_plain_form_passes_at_once(ruleset: Ruleset, program: Program) -> None:
    """Nothing is copied: the check says yes, also to what `plain` gives."""
    fits = fitting(ruleset)

    assert fits(UNIT)
    assert fits(program.plain(UNIT))
    check_alike(ruleset, program, UNIT)


@pytest.mark.parametrize("value", GARBAGE)
@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_of_any_value(
    ruleset: Ruleset, program: Program, fact: str, value: Any
) -> None:
    """It is taken or refused as by `evaluate`: in the unit, and in its history."""
    unit = copy.deepcopy({**UNIT, "facts": {**FACTS, fact: value}})
    earlier = {**UNIT, "history": {2021: {"income": 1, fact: value}}}

    check_alike(ruleset, program, unit)
    check_alike(ruleset, program, earlier)


@pytest.mark.parametrize("value", [*GARBAGE, 1899, 2201, 2021])
@pytest.mark.parametrize(
    "key", ["level", "id", "as_of", "facts", "titles", "history", "attestations"]
)
def test_a_key_of_any_value(
    ruleset: Ruleset, program: Program, key: str, value: Any
) -> None:
    """It is taken or refused as by `evaluate`: of the unit, and of one inside it."""
    inside = {**UNIT["communes"][0], key: value}

    check_alike(ruleset, program, {**UNIT, key: value})
    check_alike(ruleset, program, {**UNIT, "communes": [inside]})


@pytest.mark.parametrize(
    "change",
    [
        {"comunes": []},
        {"facts": {**FACTS, "insured": None}},
        {"facts": {"rating": "fair"}},
        {"facts": {"incom\u0065": 1, "\u212aey": 1}},
        {"facts": {**FACTS, 5: 1}},
        {"communes": None},
        {"communes": ()},
        {"communes": [None]},
        {"communes": [{"id": "c"}, {"id": "c"}]},
        {"communes": [{"id": ""}, {"id": ""}]},
        {"communes": [{"id": "c1", "villages": [{"id": "v"}, {"id": "v"}]}]},
        {"communes": [{"id": "c", "level": "commune"}]},
        {"communes": [{"id": "c", "level": "village"}]},
        {"communes": [{"id": "c", "titles": {"district.standard": 2020}}]},
        {"communes": [{"id": "c", "titles": {"commune.standard": None}}]},
        {"communes": [{"id": "c", "history": {2024: {"insured": (1, 2)}}}]},
        {"communes": {"total": 3, "hold": {"commune.standard": 3}}},
        {"communes": {"total": 3, "hold": {"commune.standard": 4}}},
        {"communes": {"total": 3, "hold": {"village.model": 1}}},
        {"communes": {"total": -1}},
        {"communes": {"total": True}},
        {"communes": {"hold": {}}},
        {"communes": {"total": 3, "other": 1}},
        {"titles": {"district.standard": {"granted": 2022, "withdrawn": 2021}}},
        {"titles": {"district.standard": {"withdrawn": 2021}}},
        {"titles": {"district.standard": "2021-05-01"}},
        {"titles": {"district.nonsense": 2021}},
        {"history": {2024: {}}},
        {"history": {"2021": {"income": 1}}},
        {"history": {2021: None}},
        {"attestations": {"test.border": {"12": "met"}}},
        {"attestations": {"test.border": {"12": {"verdict": "yes"}}}},
        {"attestations": {"test.border": {"12": {"on": AS_OF}}}},
        {"attestations": {"test.border": None}},
        {"provinces": []},
        {"name": 5},
    ],
    ids=repr,
)
def test_a_unit_of_another_shape(
    ruleset: Ruleset, program: Program, change: dict[Any, Any]
) -> None:
    """It is taken or refused as by `evaluate`."""
    check_alike(ruleset, program, {**UNIT, **change})


@pytest.mark.parametrize("unit", [MappingProxyType(UNIT), {}, {"level": "commune"}])
def test_a_mapping_of_another_kind(
    ruleset: Ruleset, program: Program, unit: Any
) -> None:
    """It goes to the reader of units."""
    check_alike(ruleset, program, unit)


def test_a_number_has_no_limit(program: Program) -> None:
    """Longer ones than `evaluate` reads are compared as exactly as any other."""
    short = {**FACTS, "insured": (19 * 10**200 - 1, 20 * 10**200)}

    assert ntmrules.Verdict.NOT_MET is program({**UNIT, "facts": short}).criteria["1"]


def test_a_fact_nobody_asks_for_is_not_looked_at(
    ruleset: Ruleset, program: Program
) -> None:
    """That is what the check saves."""
    unit = {**UNIT, "facts": {**FACTS, "debt": "nothing"}}

    with pytest.raises(FactError):
        ntmrules.evaluate(ruleset, unit, as_of=AS_OF)
    assert program(UNIT) == program(unit)
