"""Counts, amounts and plain numbers (engine.md section 2)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from ntmrules.exact import Exact
from tests.unit.units.given import (
    bound,
    complaints,
    fact,
    fact_python,
    refusal,
    refusal_python,
    told,
)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("population", "0", 0),
        ("population", "1_200", 1200),
        ("population", "'1200'", 1200),
        ("population", "007", 7),
        ("factor", "-1.5", Fraction(-3, 2)),
        ("factor", "64.99999999999999999", Fraction(6499999999999999999, 10**17)),
        ("factor", "1.0", 1),
        ("land", "3", 3),
        ("land", "2760 ha", 2760),
        ("land", "1.5 thousand ha", 1500),
        ("income", "48", 48_000_000),
        ("income", "48.5", 48_500_000),
        ("income", "0", 0),
        ("income", "48 million VND/person", 48_000_000),
        ("income", "48 million VND / person", 48_000_000),
        ("income", "48000000 VND/person", 48_000_000),
        ("income", "48_000 thousand VND/persons", 48_000_000),
        ("income", "0.048 billion VND/person", 48_000_000),
        ("income", "1.0000001 VND/person", Fraction(10000001, 10**7)),
        ("land_value", "178.71 million VND/ha", 178_710_000),
        ("green", "4 m2/person", 4),
        ("green", "3.99 m2 / person", Fraction(399, 100)),
    ],
)
def test_a_number_is_read_exactly(name: str, text: str, value: Exact) -> None:
    """Amounts come in the unscaled unit, whatever unit they were written in."""
    assert value == fact(name, text)
    assert type(value) is type(fact(name, text))


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("population", 1200, 1200),
        ("population", 1200.0, 1200),
        ("population", Decimal("1200.00"), 1200),
        ("population", Fraction(1200), 1200),
        ("population", "1200", 1200),
        ("factor", 0.1, Fraction(1, 10)),
        ("factor", 1e22, 10**22),
        ("factor", Decimal("1E+3"), 1000),
        ("factor", Fraction(1, 3), Fraction(1, 3)),
        ("income", 48.5, 48_500_000),
        ("income", Decimal("48.5"), 48_500_000),
        ("income", Fraction(1, 3), Fraction(1_000_000, 3)),
        ("income", "48 million VND/person", 48_000_000),
    ],
    ids=repr,
)
def test_a_number_from_python(name: str, given: object, value: Exact) -> None:
    """Every exact kind, and a float by its shortest decimal form."""
    assert value == fact_python(name, given)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("population", "190.113", ["not whole", "point", "write `190113`"]),
        ("population", "1.000", ["point", "write `1000`"]),
        ("population", "12.0", ["whole number"]),
        ("population", "1,200", ["comma", "write `1200`"]),
        ("population", "-3", ["whole number, 0 or more"]),
        ("population", "many", ["whole number"]),
        ("population", "3 persons", ["whole number"]),
        ("population", "1e5", ["exponent"]),
        ("population", "true", ["whole number"]),
        ("population", "50%", ["whole number"]),
        ("population", "0x10", ["whole number"]),
        ("population", "1:30", ["whole number"]),
        ("population", "'٣'", ["usual 0 to 9"]),
        ("factor", "13,5", ["comma", "write `13.5`"]),
        ("factor", "1.234.567", ["two points", "write `1234567`"]),
        ("factor", "1/2", ["number"]),
        ("factor", "5%", ["number"]),
        ("factor", ".nan", ["number"]),
        ("factor", "9" * 61, ["MAX_DIGITS", "60"]),
        ("income", "-1", ["below 0"]),
        ("income", "1,200", ["`1200` if", "`1.200` if"]),
        ("income", "1.234,5", ["write `1234.5`"]),
        ("income", "1,234.5", ["write `1234.5`"]),
        ("income", "48 million VND/ha", ["million VND/person", "million VND/ha"]),
        ("income", "48 VND", ["million VND/person", "`VND`"]),
        ("income", "48 person/VND", ["another thing"]),
        ("income", "48 millon VND/person", ["no unit", "did you mean `million`?"]),
        ("income", "48 VND/persn", ["no unit", "did you mean `person`?"]),
        ("income", "48 triệu đồng", ["million VND/person"]),
        ("income", "48%", ["million VND/person"]),
        ("income", "million VND/person", ["number"]),
        ("income", "48 million", ["million VND/person"]),
        ("income", "1e5", ["exponent"]),
        ("green", "4 2m/person", ["m2/person"]),
        ("green", "4 m22/person", ["number"]),
        ("income", "48 /person", ["number"]),
        ("income", "48 VND//person", ["number"]),
        ("income", "48 VND person", ["number"]),
        ("income", "5 a" + " " * 290 + "1", ["number"]),
        ("income", "5 " + "a" * 400, ["MAX_DIGITS"]),
    ],
)
def test_what_is_no_number_is_refused(name: str, text: str, words: list[str]) -> None:
    """The complaint says what to write."""
    said = refusal(name, text)

    assert [] == [word for word in words if word not in said]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("population", 3.5, ["whole number"]),
        ("population", True, ["whole number", "`true`"]),
        ("population", -1, ["whole number"]),
        ("population", "", ["whole number"]),
        ("factor", float("inf"), ["no number"]),
        ("factor", float("nan"), ["no number", "null"]),
        ("factor", Decimal("Infinity"), ["no number"]),
        ("factor", 10**130, ["MAX_DIGITS"]),
        ("factor", 1e300, ["MAX_DIGITS"]),
        ("factor", Decimal("1E+1000000"), ["MAX_DIGITS"]),
        ("factor", (1, 2), ["number"]),
        ("income", Fraction(-1, 3), ["below 0"]),
    ],
    ids=repr,
)
def test_what_is_no_number_is_refused_from_python(
    name: str, value: object, words: list[str]
) -> None:
    """NaN, infinities, and numbers beyond all measure."""
    said = refusal_python(name, value)

    assert [] == [word for word in words if word not in said]


def test_a_correction_is_an_edit() -> None:
    """What an editor can put in place, in quotes where it stood in quotes."""
    plain, quoted = complaints(
        "level: commune\nfacts:\n  insured: 93,02%\n  sorting: '5,5%'"
    )

    assert plain.help is not None
    assert plain.help.edit is not None
    assert ("93,02%", "93.02%") == (plain.help.edit.span.text, plain.help.edit.text)
    assert quoted.help is not None
    assert quoted.help.edit is not None
    assert ("'5,5%'", '"5.5%"') == (quoted.help.edit.span.text, quoted.help.edit.text)


def test_a_number_too_long_to_write_is_refused() -> None:
    """Python itself writes no more than some thousand digits."""
    said = refusal_python("factor", 10**5000)

    assert "MAX_DIGITS" in said
    assert "`…`" in said


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("land", "1.200", "1.200"),
        ("land", "12.345 ha", "12.345"),
        ("factor", "190.113", "190.113"),
        ("factors", "[1, 1.200]", "1.200"),
        ("land", "0.345", None),
        ("land", "1.2000", None),
        ("land", "1234.500", None),
        ("land", "1.20", None),
    ],
)
def test_three_decimals_are_noticed(name: str, text: str, value: str | None) -> None:
    """In Vietnamese texts they are thousands; here they never are."""
    unit = bound(f"level: commune\nfacts:\n  {name}: {text}")

    if value is None:
        assert () == unit.findings
    else:
        assert [("NTM732", 3)] == told(unit.findings)
        assert f"`{value}`" in unit.findings[0].message
        assert f"write `{value.replace('.', '')}`" in str(unit.findings[0])
    assert name in unit.facts


def test_a_doubt_goes_with_a_fact_that_is_refused() -> None:
    """It is not told of the fact that comes after."""
    text = "level: commune\nfacts:\n  income: 1.200 kg\n  crimes: 3\n"

    assert [("NTM703", 3)] == told(complaints(text))
