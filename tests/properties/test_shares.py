"""A share decides as the fraction it is, without rounding (language.md section 3)."""

from __future__ import annotations

import datetime
import operator
from fractions import Fraction
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

import ntmrules
from ntmrules import Ruleset, Verdict
from ntmrules.exact import (
    Exact,
    Share,
    ceiling,
    decimal_text,
    exact,
    normal,
    read_number,
    rounded,
)
from tests.support.strategies import AS_OF, VOCABULARY, exact_numbers, shares


SIGNS = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
    "=": operator.eq,
    "!=": operator.ne,
}
# With one decimal: where floats miss exact hits most often.
TENTHS = st.integers(0, 999)


@cache
def requirement(text: str) -> Ruleset:
    """Load a ruleset with one condition."""
    return ntmrules.loads(
        f"""ruleset test.share
  name "Share"
  for district
  basis "0/TEST" dated 2020-01-01
  in force from 2000-01-01
use test.facts
criterion 1 "A": {text}
""",
        files={"vocabulary.ntm": VOCABULARY},
    )


def decide(text: str, share: str, as_of: datetime.date = AS_OF) -> Verdict:
    """Decide a condition on one share."""
    unit = {"level": "district", "facts": {"insured": share}}
    return ntmrules.evaluate(requirement(text), unit, as_of=as_of).verdict


def verdict(holds: bool) -> Verdict:
    """Give the verdict of a comparison."""
    return Verdict.MET if holds else Verdict.NOT_MET


@given(
    st.integers(1, 10**60 - 1),
    st.integers(0, 10**60),
    st.sampled_from(list(SIGNS)),
    TENTHS,
)
def test_a_share_compares_as_a_fraction(
    whole: int, part: int, sign: str, tenths: int
) -> None:
    """Numerators and denominators of up to sixty digits."""
    part = min(part, whole)
    text = f"insured {sign} {tenths // 10}.{tenths % 10}%"
    wanted = SIGNS[sign](Fraction(part, whole), Fraction(tenths, 1000))

    assert verdict(wanted) is decide(text, f"{part}/{whole}")


@given(st.integers(1, 10**50), TENTHS, st.sampled_from([-1, 0, 1]))
def test_an_exact_hit_is_met_and_one_less_is_not(
    scale: int, tenths: int, less: int
) -> None:
    """A share of exactly the threshold reaches it, one person fewer does not."""
    part, whole = tenths * scale, 1000 * scale
    part = max(0, min(whole, part + less))
    text = f"insured >= {tenths // 10}.{tenths % 10}%"

    assert verdict(part * 1000 >= tenths * whole) is decide(text, f"{part}/{whole}")


@given(shares())
def test_arithmetic_on_shares_is_that_on_fractions(share: Share) -> None:
    """Nothing is lost on the way; a share of nothing is unknown."""
    text = "(insured + insured / 7) * 7 - insured * 8 = 0%"
    wanted = Verdict.UNKNOWN if share.whole == 0 else Verdict.MET

    assert wanted is decide(text, f"{share.part}/{share.whole}")


@given(st.integers(0, 10**30), st.integers(1, 10**30), st.integers(0, 6))
def test_rounding_is_half_away_from_zero(part: int, whole: int, digits: int) -> None:
    """The nearest multiple; of two equally near, the one further from zero."""
    value = Fraction(part, whole)
    step = Fraction(1, 10**digits)
    found = Fraction(rounded(value, digits))

    assert abs(found - value) * 2 <= step
    assert 0 == (found / step) % 1
    if abs(found - value) * 2 == step:
        assert found > value
    assert -found == rounded(-value, digits)


@given(exact_numbers())
def test_a_number_is_written_so_that_it_reads_back(value: Exact) -> None:
    """As a decimal where it ends, as a fraction where it does not."""
    text = decimal_text(value)

    assert value == (Fraction(text) if "/" in text else read_number(text))


@given(exact_numbers())
def test_an_exact_number_is_kept(value: Exact) -> None:
    """Whole numbers as `int`, others as `Fraction`."""
    assert value == exact(value) == normal(value)
    assert isinstance(normal(value), int) is (value.denominator == 1)


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_a_float_counts_by_its_shortest_decimal(value: float) -> None:
    """0.1 is one tenth, and nothing longer."""
    assert Fraction(repr(value)) == exact(value)


@given(exact_numbers())
def test_the_ceiling_is_the_least_whole_number_not_below(value: Exact) -> None:
    """Less than one above."""
    found = Fraction(ceiling(value))

    assert 0 <= found - value < 1
