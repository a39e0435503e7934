"""Exact numbers: reading, refusing, rounding, writing."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from ntmrules.exact import (
    MAX_DIGITS,
    Exact,
    Share,
    ceiling,
    decimal_text,
    exact,
    normal,
    quotient,
    read_number,
    rounded,
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("0", 0),
        ("007", 7),
        ("1_200", 1200),
        ("-1_200.50", Fraction(-2401, 2)),
        ("+3", 3),
        ("0.1", Fraction(1, 10)),
        ("2.0", 2),
    ],
)
def test_reads_plain_decimals(text: str, wanted: Exact) -> None:
    """Digits, grouped by underscores, and a point; whole ones as `int`."""
    found = read_number(text)

    assert (wanted, type(wanted)) == (found, type(found))


@pytest.mark.parametrize(
    "text",
    ["", ".5", "5.", "1e5", "1,5", "NaN", "inf", "--1", "1__2", "_1", "1_", "٣", "1 2"],
)
def test_reads_nothing_else(text: str) -> None:
    """No exponents, commas, infinities or digits of other scripts."""
    assert read_number(text) is None


def test_the_most_digits_on_either_side() -> None:
    """`MAX_DIGITS` before the point and as many after it."""
    longest = "9" * MAX_DIGITS

    assert read_number(f"{longest}.{longest}") is not None
    for text in (f"{longest}9", f"0.{longest}9", "0" + longest):
        with pytest.raises(OverflowError):
            read_number(text)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (5, 5),
        (-5, -5),
        (Fraction(4, 2), 2),
        (Fraction(1, 3), Fraction(1, 3)),
        (Decimal("0.10"), Fraction(1, 10)),
        (Decimal("1E+2"), 100),
        (0.1, Fraction(1, 10)),
        (1e22, 10**22),
        (95.0, 95),
        (True, None),
        (float("nan"), None),
        (float("-inf"), None),
        (Decimal("NaN"), None),
        (Decimal("Infinity"), None),
        ("5", None),
        (None, None),
        (5j, None),
        (datetime.date(2020, 1, 1), None),
    ],
    ids=repr,
)
def test_takes_numbers_of_python(value: object, wanted: Exact | None) -> None:
    """All that are exact, floats by what they print; nothing that is no number."""
    found = exact(value)

    assert (wanted, type(wanted)) == (found, type(found))


@pytest.mark.parametrize(
    "value",
    [
        10**MAX_DIGITS,
        -(10**MAX_DIGITS),
        10**MAX_DIGITS + Fraction(1, 3),
        Fraction(1, 10 ** (2 * MAX_DIGITS)),
        Decimal(10) ** MAX_DIGITS,
        Decimal("1E+999999999"),
        Decimal("1E-999999999"),
        1e300,
        5e-324,
    ],
    ids=lambda value: repr(value)[:30],
)
def test_refuses_numbers_that_are_too_long(value: object) -> None:
    """They are never written out."""
    with pytest.raises(OverflowError):
        exact(value)


def test_takes_the_longest_numbers() -> None:
    """Up to the limit, from every type."""
    longest = 10**MAX_DIGITS - 1

    assert longest == exact(longest) == exact(Decimal(longest))
    assert Fraction(1, 10**MAX_DIGITS) == exact(Decimal(f"1E-{MAX_DIGITS}"))


@pytest.mark.parametrize(
    ("value", "digits", "wanted"),
    [
        (Fraction(5, 2), 0, 3),
        (Fraction(-5, 2), 0, -3),
        (Fraction(3, 2), 0, 2),
        (Fraction(1, 3), 2, Fraction(33, 100)),
        (Fraction(2, 3), 2, Fraction(67, 100)),
        (Fraction(125, 1000), 2, Fraction(13, 100)),
        (Fraction(-125, 1000), 2, Fraction(-13, 100)),
        (7, 3, 7),
        (0, 0, 0),
    ],
)
def test_rounds_half_away_from_zero(value: Exact, digits: int, wanted: Exact) -> None:
    """Not to even, as Python would."""
    assert wanted == rounded(value, digits)


def test_divides_exactly() -> None:
    """A whole result is an `int`."""
    assert Fraction(1, 3) == quotient(1, 3)
    assert (2, int) == (quotient(4, 2), type(quotient(4, 2)))
    assert (3, int) == (normal(Fraction(3)), type(normal(Fraction(3))))


@pytest.mark.parametrize(
    ("value", "wanted"),
    [(5, 5), (Fraction(9, 2), 5), (Fraction(-9, 2), -4), (Fraction(1, 10**9), 1)],
)
def test_ceiling(value: Exact, wanted: int) -> None:
    """The least whole number not below."""
    assert wanted == ceiling(value)


@pytest.mark.parametrize(
    ("value", "digits", "wanted"),
    [
        (5, None, "5"),
        (-5, None, "-5"),
        (Fraction(67), None, "67"),
        (Fraction(0), 2, "0"),
        (Fraction(1, 2), None, "0.5"),
        (Fraction(-1, 8), None, "-0.125"),
        (Fraction(12345, 10), None, "1234.5"),
        (Fraction(1, 3), None, "1/3"),
        (Fraction(-2, 3), None, "-2/3"),
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(1, 2), 3, "0.5"),
        (Fraction(999, 1000), 2, "1"),
        (Fraction(-1, 1000), 2, "0"),
    ],
)
def test_writes_decimals(value: Exact, digits: int | None, wanted: str) -> None:
    """In full where they end, as a fraction where not; rounded when asked."""
    assert wanted == decimal_text(value, digits)


@pytest.mark.parametrize(
    ("share", "wanted"),
    [
        (Share(19, 20, counted=True), Fraction(19, 20)),
        (Share(20, 20, counted=True), 1),
        (Share(0, 0, counted=True), None),
        (Share(5, 0), None),
        (Share(Fraction(1, 3)), Fraction(1, 3)),
        (Share(Fraction(1, 2), Fraction(1, 4)), 2),
    ],
    ids=repr,
)
def test_the_value_of_a_share(share: Share, wanted: Exact | None) -> None:
    """Part over whole; of nothing there is none."""
    assert wanted == share.value


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (10**999, "1" + "0" * 999),
        (10**5000, "≈10^5000"),
        (-(10**5000), "-≈10^5000"),
        (Fraction(1, 7**6000), "≈10^-5070"),
    ],
    ids=["a thousand digits", "whole", "negative", "small"],
)
def test_numbers_too_long_to_write(value: Exact, wanted: str) -> None:
    """Python itself refuses to write thousands of digits; their size is told."""
    assert wanted == decimal_text(value)
