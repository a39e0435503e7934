"""No unit makes ntmrules crash or hang."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ntmrules
from ntmrules import FactError, Verdict
from ntmrules.units import parse_unit
from tests.robustness.hostile import (
    VOCABULARY,
    decide,
    look_at_everything,
    refusal_of_unit,
    ruleset_text,
)


def test_a_unit_inside_itself() -> None:
    """The nesting has a limit, and the place is told."""
    unit: dict[str, Any] = {"level": "district"}
    unit["communes"] = [unit]
    said = refusal_of_unit(unit)

    assert "`MAX_YAML_DEPTH`" in said
    assert "communes[0]" in said


def test_facts_inside_themselves() -> None:
    """Lists too."""
    items: list[Any] = []
    items.append(items)

    assert refusal_of_unit({"facts": {"satisfaction_by_content": items}})
    facts: dict[str, Any] = {}
    facts["rural"] = facts
    assert refusal_of_unit({"facts": facts})


def test_one_id_twice_on_one_level() -> None:
    """Also under different parents; on different levels it is no matter."""
    village = {"id": "a"}
    twice = {"communes": [{"id": "x", "villages": [village]}, {"id": "a"}]}
    under_two = {
        "communes": [
            {"id": "x", "villages": [village]},
            {"id": "y", "villages": [village]},
        ]
    }

    assert "" == refusal_of_unit(twice)
    assert "two units have the id `a`" in refusal_of_unit(under_two)


@pytest.mark.parametrize(
    "value",
    [
        "9" * 10**6,
        10**1_000_000,
        -(10**1_000_000),
        "0." + "9" * 10**6,
        Decimal("1E+1000000"),
        "1/" + "9" * 10**5,
        1e308,
        float("nan"),
        float("inf"),
        "9" * 61,
    ],
    ids=[
        "text",
        "whole",
        "negative",
        "decimals",
        "exponent",
        "ratio",
        "float",
        "nan",
        "infinite",
        "sixty-one",
    ],
)
@pytest.mark.parametrize(
    "fact", ["crimes", "insured", "income", "factor", "rural", "region", "rating"]
)
def test_monstrous_numbers(fact: str, value: object) -> None:
    """None is written out, and none passes."""
    said = refusal_of_unit({"facts": {fact: value}})

    assert said
    assert len(said) < 2_000


def test_a_share_of_850_percent() -> None:
    """Only where the vocabulary lets it."""
    assert "may not exceed 100%" in refusal_of_unit({"facts": {"insured": "850%"}})
    assert "may not exceed 100%" in refusal_of_unit({"facts": {"insured": "17/2"}})
    unit = {"facts": {"fulfilment": "850%"}}
    assert "met" == decide('criterion 1 "A": fulfilment >= 850%', unit)


def test_ten_thousand_communes() -> None:
    """Each is looked at by each quantifier, total and table."""
    communes = [
        {"id": f"c{n}", "facts": {"rural": True, "insured": "95/100", "crimes": 1}}
        for n in range(10_000)
    ]
    criteria = """
criterion 1 "A": all communes have rural
criterion 2 "B": insured = 95%
criterion 3 "C": sum of crimes over communes where rural = 10000
criterion 4 "D": at least 9999 communes have (crimes <= by year { | otherwise |
  | 1 | })
criterion 5 "E": count of communes where rural >= 10000
"""

    assert "met" == decide(criteria, {"communes": communes})


@pytest.mark.parametrize(
    ("date", "verdict"),
    [
        (datetime.date.min, "not met"),
        (datetime.date(1, 12, 31), "not met"),
        (datetime.date.max, "unknown"),
    ],
)
def test_the_ends_of_the_calendar(date: datetime.date, verdict: str) -> None:
    """Years before and after are unknown, nothing overflows."""
    criteria = """
criterion 1 "A": crimes at (year - 1) = 0 or crimes at (year + 1) = 0
criterion 2 "B": all years from year - 1 to year + 1 have crimes = 0
criterion 3 "C": holds district.standard or granted district.standard = year
criterion 4 "D": insured >= by year { | 2020 | otherwise |
  | 1% | - | }
"""
    unit = {"facts": {"crimes": 0}, "titles": {"district.standard": 2020}}

    assert verdict == decide(criteria, unit, date)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "it is empty"),
        ("[" * 100_000, "`MAX_YAML_DEPTH`"),
        ("{a: " * 100_000, "`MAX_YAML_DEPTH`"),
        ("- " * 100_000, "`MAX_YAML_DEPTH`"),
        ("a: &x 1\nb: *x", "anchors"),
        ("a: !!python/object:os.system 1", ""),
        ("level: district\n---\nlevel: district", ""),
        ("level: district\nfacts: {rural: true, rural: false}", "twice"),
        ("level: district\nfacts:\n  crimes: " + "9" * 10**6, "`MAX_SCALAR`"),
        ("level: district\nas_of: 2024-02-30", "as_of"),
        ("level: district\0", "U+0000"),
        ("level: district\nfacts: {insured: .nan}", "insured"),
        ("level: district\nfacts: {insured: 0.95}", "insured"),
        ("level: district\nfacts: {rural: yes}", "rural"),
        ("level: district\nfacts: {crimes: 1:30}", "crimes"),
        ("%YAML 9.9\n---\nlevel: district", ""),
        ("\t- a", ""),
    ],
    ids=lambda value: ascii(value)[:45],
)
def test_hostile_yaml(text: str, words: str) -> None:
    """It is refused with its place; nothing in it is run."""
    ruleset = ntmrules.loads(
        ruleset_text('criterion 1 "A": rural'), files={"v.ntm": VOCABULARY}
    )
    with pytest.raises(FactError) as caught:
        ntmrules.evaluate(ruleset, parse_unit(text), as_of=datetime.date(2024, 1, 1))

    assert words in str(caught.value)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200))
def test_binary_rubbish(tmp_path: Path, content: bytes) -> None:
    """Every byte string is a unit, or is refused."""
    path = tmp_path / "unit.yaml"
    path.write_bytes(content)
    _assess_or_refuse(path)


FRAGMENTS = (
    "level: district\n",
    "facts:\n",
    "  rural: true\n",
    "  insured: 95/100 = 95%\n",
    "communes:\n",
    "  - id: a\n",
    "    facts: {crimes: 1}\n",
    "  total: 5\n",
    "titles: {district.standard: 2020}\n",
    "history: {2020: {crimes: 1}}\n",
    "as_of: 2024-01-01\n",
    "null\n",
    "- 1\n",
    "{}",
    "[]",
    ": \n",
    "attestations: {test.case: {'1': {verdict: met, on: 2024-01-01}}}\n",
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.sampled_from(FRAGMENTS), max_size=8))
def test_fragments_in_any_order(tmp_path: Path, parts: list[str]) -> None:
    """Lines that each make sense."""
    path = tmp_path / "unit.yaml"
    path.write_text("".join(parts), "utf-8")
    _assess_or_refuse(path)


RULESET = ntmrules.loads(
    ruleset_text('criterion 1 "A": rural or all communes have crimes = 0'),
    files={"v.ntm": VOCABULARY},
)


def _assess_or_refuse(path: Path) -> None:
    try:
        unit = ntmrules.read_unit(path)
        assessment = ntmrules.evaluate(RULESET, unit, as_of=datetime.date(2024, 6, 30))
    except FactError as error:
        str(error)
    else:
        look_at_everything(assessment)
        assert isinstance(assessment.verdict, Verdict)


VALUES: st.SearchStrategy[object] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.dates()
    | st.datetimes()
    | st.binary(max_size=3)
    | st.complex_numbers()
    | st.sampled_from(["95%", "1/2", "north", "rural", "commune.standard", "met"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = st.sampled_from(
    [
        *("level", "id", "name", "as_of", "facts", "titles", "communes", "history"),
        *("attestations", "total", "hold", "insured", "rural", "x"),
    ]
)


@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_mappings_of_anything(unit: dict[str, object]) -> None:
    """Whatever Python holds is a unit, or is refused."""
    try:
        assessment = ntmrules.evaluate(
            RULESET, {"level": "district", **unit}, as_of=datetime.date(2024, 6, 30)
        )
    except FactError as error:
        str(error)
    else:
        look_at_everything(assessment)
