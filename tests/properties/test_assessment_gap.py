"""A gap is exact: so much closes it, and a little less does not."""

from __future__ import annotations

import datetime
import functools
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

import ntmrules
from ntmrules.assessment import Gap
from ntmrules.exact import Exact
from ntmrules.verdict import Verdict


VOCABULARY = """\
vocabulary test.gaps
unit person, persons "người"
unit km "km"
unit VND "đồng"
unit ha "hecta"
level district, districts "Huyện"
level commune, communes within district "Xã"
title commune.standard "Xã đạt chuẩn"
fact insured: share of persons "Bảo hiểm y tế"
fact fulfilment: share of persons "So với kế hoạch" may exceed 100%
fact paved: share of km "Đường được cứng hóa"
fact crimes: count of persons "Phạm tội"
fact value: amount of million VND/ha "Giá trị sản xuất"
fact good: boolean "Tốt"
"""
HEADER = """\
ruleset test.case
  name  "Case"
  for   district
  basis "0/TEST" dated 2020-01-01
  in force from 2000-01-01 to 2100-12-31

use test.gaps
criterion 1 "A": """
SIGNS = st.sampled_from([">=", ">", "<=", "<"])
PERCENTS = st.decimals("0.01", "99.99", places=2)


@functools.cache
def _load(condition: str) -> ntmrules.Ruleset:
    return ntmrules.loads(HEADER + condition, files={"v.ntm": VOCABULARY})


def _assess(condition: str, **unit: object) -> tuple[Verdict, Gap | None]:
    found = ntmrules.evaluate(
        _load(condition),
        {"level": "district", "id": "d", **unit},
        as_of=datetime.date(2024, 12, 31),
    ).criteria["1"]
    return found.verdict, found.gap


def _moved(value: int, gap: Gap, *, short: int = 0) -> int:
    assert isinstance(gap.amount, int)
    step = gap.amount - short
    return value - step if gap.fewer else value + step


@given(SIGNS, PERCENTS, st.integers(1, 10**6), st.data())
def test_a_share_with_counts(
    sign: str, threshold: Decimal, whole: int, data: st.DataObject
) -> None:
    """So many more of the noun make it met; one fewer does not."""
    part = data.draw(st.integers(0, whole))
    condition = f"insured {sign} {threshold}%"
    verdict, gap = _assess(condition, facts={"insured": (part, whole)})
    assume(verdict is Verdict.NOT_MET)
    if gap is None or gap.unit != "persons":
        # No whole number of persons would do.
        assert gap is not None
        assert "percentage points" == gap.unit
        return

    closed = _moved(part, gap)
    short = _moved(part, gap, short=1)

    assert Verdict.MET is _assess(condition, facts={"insured": (closed, whole)})[0]
    assert Verdict.NOT_MET is _assess(condition, facts={"insured": (short, whole)})[0]
    assert abs(Fraction(part, whole) - Fraction(threshold) / 100) == _points(gap) / 100


def _points(gap: Gap) -> Fraction:
    assert gap.points is not None
    return Fraction(gap.points)


@given(SIGNS, PERCENTS, st.integers(0, 2), st.integers(1, 10**5), st.data())
def test_a_rounded_share(
    sign: str, threshold: Decimal, digits: int, whole: int, data: st.DataObject
) -> None:
    """Where the rule rounds, the gap is to the rounding edge."""
    part = data.draw(st.integers(0, whole))
    condition = f"rounded(insured, {digits}) {sign} {threshold}%"
    verdict, gap = _assess(condition, facts={"insured": (part, whole)})
    assume(verdict is Verdict.NOT_MET)
    assume(gap is not None and gap.unit == "persons")
    assert gap is not None

    closed = _moved(part, gap)
    short = _moved(part, gap, short=1)

    assert Verdict.MET is _assess(condition, facts={"insured": (closed, whole)})[0]
    assert Verdict.NOT_MET is _assess(condition, facts={"insured": (short, whole)})[0]


@given(
    st.sampled_from([">= {}", "> {}", "<= {}", "< {}", "= {}", "between {} and 60"]),
    st.integers(0, 50),
    st.integers(0, 100),
)
def test_a_count(form: str, threshold: int, number: int) -> None:
    """So many more, or fewer, make it met; one less change does not."""
    condition = f"crimes {form.format(threshold)}"
    verdict, gap = _assess(condition, facts={"crimes": number})
    assume(verdict is Verdict.NOT_MET)
    if gap is None:
        assert "< 0" == form.format(threshold)
        return

    closed = _moved(number, gap)
    short = _moved(number, gap, short=1)

    assert "persons" == gap.unit
    assert Verdict.MET is _assess(condition, facts={"crimes": closed})[0]
    assert Verdict.NOT_MET is _assess(condition, facts={"crimes": short})[0]


@given(
    SIGNS,
    st.decimals("0.01", "500", places=2),
    st.decimals("0.01", "500", places=2),
)
def test_an_amount(sign: str, threshold: Decimal, value: Decimal) -> None:
    """The difference, in the unit of the fact; a strict sign wants a little more."""
    condition = f"value {sign} {threshold} million VND/ha"
    verdict, gap = _assess(condition, facts={"value": value})
    assume(verdict is Verdict.NOT_MET)

    assert gap is not None
    assert "million VND/ha" == gap.unit
    assert gap.amount == abs(Fraction(threshold) - Fraction(value))
    assert gap.more_than is (sign in "<>")
    change = -gap.amount if gap.fewer else gap.amount
    reached = Fraction(value) + change
    exactly = _assess(condition, facts={"value": reached})[0]
    assert exactly is (Verdict.NOT_MET if gap.more_than else Verdict.MET)


@given(PERCENTS, st.decimals("0", "99.99", places=2))
def test_a_percent_without_counts(threshold: Decimal, share: Decimal) -> None:
    """Points only, and exactly so many."""
    condition = f"insured >= {threshold}%"
    verdict, gap = _assess(condition, facts={"insured": f"{share}%"})
    assume(verdict is Verdict.NOT_MET)

    assert gap is not None
    assert ("percentage points", Fraction(threshold - share)) == (gap.unit, gap.amount)


@given(PERCENTS, st.decimals("0", "10", places=1), st.decimals("10", "20", places=1))
def test_a_share_of_a_length(threshold: Decimal, part: Decimal, whole: Decimal) -> None:
    """Kilometres are not counted in whole numbers."""
    condition = f"paved >= {threshold}%"
    parts = Fraction(part), Fraction(whole)
    verdict, gap = _assess(condition, facts={"paved": parts})
    assume(verdict is Verdict.NOT_MET)

    assert gap is not None
    wanted: Exact = Fraction(threshold) / 100 * Fraction(whole) - Fraction(part)
    assert ("km", wanted) == (gap.unit, gap.amount)


QUANTITIES = st.sampled_from(
    [
        "at least 3",
        "at most 3",
        "exactly 3",
        "all",
        "no",
        "at least 30% of",
        "at most 30% of",
        "at least 66.67% of",
    ]
)


@given(QUANTITIES, st.booleans(), st.integers(1, 20), st.data())
def test_a_quantifier(
    quantity: str, negated: bool, total: int, data: st.DataObject
) -> None:
    """So many more, or fewer, units make it met; one less change does not."""
    holding = data.draw(st.integers(0, total))
    condition = f"{quantity} communes hold commune.standard"
    condition = f"not ({condition})" if negated else condition

    def assess(number: int) -> tuple[Verdict, Gap | None]:
        counts = {"total": total, "hold": {"commune.standard": number}}
        return _assess(condition, communes=counts)

    verdict, gap = assess(holding)
    assume(verdict is Verdict.NOT_MET)
    if gap is None:
        assert negated
        return
    closed = _moved(holding, gap)
    short = _moved(holding, gap, short=1)

    assert "communes" == gap.unit
    if closed > total:
        assert closed in {3, 4}
        return
    assert Verdict.MET is assess(closed)[0]
    assert Verdict.NOT_MET is assess(short)[0]


@given(st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=8))
def test_with_unknown_units(verdicts: list[bool | None]) -> None:
    """The gap counts from what is met; the unknown are told apart."""
    communes: list[dict[str, Any]] = [
        {"id": f"c{at}", "facts": {} if good is None else {"good": good}}
        for at, good in enumerate(verdicts)
    ]
    verdict, gap = _assess("all communes have good", communes=communes)
    assume(verdict is Verdict.NOT_MET)

    assert gap is not None
    assert len(verdicts) - verdicts.count(True) == gap.amount
    assert verdicts.count(None) == gap.undecided
    assert verdicts.count(False) == len(gap.closest)
