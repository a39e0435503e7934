"""Shares: `n/d`, `p%`, or both (engine.md section 2)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from ntmrules.exact import Share
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
    ("text", "share"),
    [
        ("190113/204379", Share(190113, 204379, counted=True)),
        ("190_113 / 204_379", Share(190113, 204379, counted=True)),
        ("'190113/204379 = 93.02 %'", Share(190113, 204379, counted=True)),
        ("0/5", Share(0, 5, counted=True)),
        ("5/5", Share(5, 5, counted=True)),
        ("0/0", Share(0, 0, counted=True)),
        ("2/4", Share(2, 4, counted=True)),
        ("93.02%", Share(Fraction(9302, 10000))),
        ("0.15 %", Share(Fraction(15, 10000))),
        ("100%", Share(1)),
        ("100.00%", Share(1)),
        ("0%", Share(0)),
        ("64.99999999999999999999%", Share(Fraction(6499999999999999999999, 10**22))),
    ],
)
def test_a_share_is_read_exactly(text: str, share: Share) -> None:
    """Counts are kept as they are, a percentage is a fraction without counts."""
    assert share == fact("insured", text)


@pytest.mark.parametrize(
    ("value", "share"),
    [
        ((190113, 204379), Share(190113, 204379, counted=True)),
        ((Decimal(3), 4.0), Share(3, 4, counted=True)),
        (Fraction(19, 20), Share(Fraction(19, 20))),
        (Fraction(1), Share(1)),
        ("95%", Share(Fraction(19, 20))),
        ("19/20", Share(19, 20, counted=True)),
    ],
)
def test_a_share_from_python(value: object, share: Share) -> None:
    """A pair counts things, a `Fraction` does not."""
    assert share == fact_python("insured", value)


def test_what_is_measured_has_decimals() -> None:
    """Kilometres are no things that are counted."""
    assert Share(Fraction(25, 2), 20, counted=True) == fact("paved", "12.5/20")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0.95", ["is it 0.95 percent", "`95%` if", "`0.95%`", "n/d"]),
        ("95.", ["a digit stands on either side"]),
        ("\uff19\uff15\uff05", ["usual 0 to 9", "`95%`"]),
        ("\u0669\u0665%", ["usual 0 to 9", "`95%`"]),
        (".inf", ["it is no number"]),
        ("95", ["95 percent", "`95%`"]),
        ("1", ["`1%`"]),
        ("93,02%", ["comma", "write `93.02%`"]),
        ("1.234,5%", ["comma", "`1234.5%`"]),
        ("190.113/204.379", ["persons", "write `190113/204379`"]),
        ("1.000/2.000", ["persons", "write `1000/2000`"]),
        ("12.5/20", ["persons", "whole"]),
        ("3/0", ["3 of 0"]),
        ("5/4", ["may not exceed 100%"]),
        ("100.01%", ["may not exceed 100%"]),
        ("-1%", ["below 0"]),
        ("-1/4", ["below 0"]),
        ("1/-4", ["below 0"]),
        ("1e2%", ["`n/d`, `p%`"]),
        ("NaN", ["null"]),
        (".5%", ["write `0.5%`"]),
        ("5.%", ["write `5.0%`"]),
        ("５%", ["write `5%`"]),
        ("true", ["`n/d`"]),
        ("1/2/3", ["`n/d`"]),
        ("1/2 = 50", ["`n/d`"]),
        ("[1, 2]", ["one value"]),
        (f"{'9' * 61}%", ["60 digits", "MAX_DIGITS"]),
        (f"1/{'9' * 301}", ["MAX_DIGITS"]),
    ],
)
def test_what_is_no_share_is_refused(text: str, words: list[str]) -> None:
    """The complaint says what to write."""
    said = refusal("insured", text)

    assert [] == [word for word in words if word not in said]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.95, ["`0.95%`"]),
        (Decimal("0.95"), ["`0.95%`"]),
        (1, ["`1%`"]),
        (True, ["`n/d`"]),
        (float("nan"), ["null"]),
        (Decimal("sNaN"), ["NTM703"]),
        ((1, float("inf")), ["number"]),
        ((None, 5), ["number"]),
        (("1.000", "2.000"), ["two numbers"]),
        ((1.5, 2), ["whole"]),
        ((3, 2), ["exceed"]),
        (Fraction(21, 20), ["exceed"]),
        (Fraction(-1, 20), ["below 0"]),
        ([19, 20], ["one value"]),
        (10**130, ["NTM703"]),
    ],
    ids=repr,
)
def test_what_is_no_share_is_refused_from_python(
    value: object, words: list[str]
) -> None:
    """A bare number is as ambiguous as in a file."""
    said = refusal_python("insured", value)

    assert [] == [word for word in words if word not in said]


def test_a_share_may_exceed_where_declared() -> None:
    """The vocabulary says so with `may exceed 100%`."""
    assert Share(Fraction(13, 10)) == fact("fulfilment", "130%")
    assert Share(13, 10, counted=True) == fact("fulfilment", "13/10 = 130%")
    assert "3 of 0" in refusal("fulfilment", "3/0")


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("190113/204379 = 93.02%", None),
        ("190113/204379 = 93%", None),
        ("190113/204379 = 93.0%", None),
        ("1/8 = 12.5%", None),
        ("1/8 = 13%", None),  # half away from zero
        ("1/8 = 12%", "13%"),
        ("95/100 = 96%", "95%"),
        ("190113/204379 = 93.03%", "93.02%"),
        ("{value: 33733/50596, stated: 66.67%}", None),
        ("{value: 33733/50596, stated: 66.68%}", "66.67%"),
        ("{value: 66.67%, stated: 66.7%}", None),
        ("{value: 66.67%, stated: 67.7%}", "66.7%"),
        ("0/0 = 100%", "0/0"),
    ],
)
def test_a_stated_percentage_is_compared(text: str, stated: str | None) -> None:
    """It must be the fraction, rounded to the digits shown; the fraction counts."""
    unit = bound(f"level: commune\nfacts:\n  insured: {text}")

    if stated is None:
        assert () == unit.findings
    else:
        (finding,) = unit.findings
        assert ("NTM706", 3) == told((finding,))[0]
        assert "`insured`" in finding.message
        assert stated in finding.message
    assert "insured" in unit.facts


def test_a_stated_percentage_of_130_is_compared() -> None:
    """Also where a share may exceed 100%."""
    unit = bound("level: commune\nfacts: {fulfilment: 13/10 = 131%}")

    assert ["NTM706"] == [one.code.id for one in unit.findings]


def test_stated_is_for_shares() -> None:
    """It has no meaning beside a count, and must be a percentage."""
    found = complaints(
        "level: commune\nfacts:\n"
        "  population: {value: 3, stated: 3}\n"
        "  insured: {value: 1/2, stated: 50}\n"
        "  sorting: {value: 1/2, stated: '50,0%'}\n"
    )

    assert [("NTM723", 3), ("NTM703", 4), ("NTM703", 5)] == told(found)
    assert "write `50.0%`" in str(found[2])
