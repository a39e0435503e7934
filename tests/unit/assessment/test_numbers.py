"""Numbers as people read them."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmrules.assessment._numbers import number_text, percent_text
from ntmrules.text import Language, date_text


VI, EN = Language.VI, Language.EN


@pytest.mark.parametrize(
    ("number", "vi", "en"),
    [
        (190113, "190.113", "190,113"),
        (-1234567, "-1.234.567", "-1,234,567"),
        (Fraction(17871, 100), "178,71", "178.71"),
        (Fraction(12345, 10), "1.234,5", "1,234.5"),
        (Fraction(1, 3), "0,33", "0.33"),
        (Fraction(12345, 10000), "1,2345", "1.2345"),
        (0, "0", "0"),
    ],
)
def test_a_number(number: int | Fraction, vi: str, en: str) -> None:
    """Dot groups and decimal comma in Vietnamese, the reverse in English."""
    assert (vi, en) == (number_text(number, VI), number_text(number, EN))


@pytest.mark.parametrize(
    ("share", "rival", "shown"),
    [
        (Fraction(190113, 204379), Fraction(95, 100), "93,02%"),
        (Fraction(949995, 10**6), Fraction(95, 100), "94,9995%"),
        (Fraction(94999999, 10**8), Fraction(95, 100), "94,999999%"),
        (Fraction(95000001, 10**8), Fraction(95, 100), "95,000001%"),
        (Fraction(1, 3), Fraction(1, 3), "33,33%"),
        (Fraction(95, 100), Fraction(95, 100), "95%"),
    ],
)
def test_a_share_beside_its_threshold(
    share: Fraction, rival: Fraction, shown: str
) -> None:
    """Enough digits to stay on its side."""
    assert shown == percent_text(share, VI, rival)


@given(
    st.fractions(0, 2, max_denominator=10**7), st.fractions(0, 2, max_denominator=999)
)
def test_what_is_shown_never_contradicts(value: Fraction, limit: Fraction) -> None:
    """Two numbers look equal only if they are, and the smaller looks smaller."""
    first = Fraction(number_text(value, EN, limit).replace(",", ""))
    second = Fraction(number_text(limit, EN, value).replace(",", ""))

    assert (value < limit, value == limit) == (first < second, first == second)


def test_a_date() -> None:
    """Day first in Vietnamese."""
    date = datetime.date(2021, 1, 5)

    assert ("05/01/2021", "2021-01-05") == (date_text(date, VI), date_text(date, EN))
