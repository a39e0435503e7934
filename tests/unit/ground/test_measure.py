"""Units of measurement: dimensions, scales, symbols."""

from __future__ import annotations

from fractions import Fraction

from ntmrules.measure import SCALES, Measure, product, symbol_of


VND_PER_PERSON = (("VND", 1), ("person", -1))


def test_products_add_exponents() -> None:
    """What cancels out is gone, and the order is that of the names."""
    assert (("VND", 1),) == product(VND_PER_PERSON, (("person", 1),))
    assert () == product((("ha", 1),), (("ha", 1),), -1)
    assert (("ha", 2),) == product((("ha", 1),), (("ha", 1),))
    assert (("VND", 1), ("ha", -1)) == product((("VND", 1),), (("ha", 1),), -1)
    assert product((("b", 1),), (("a", 1),)) == product((("a", 1),), (("b", 1),))


def test_symbols_are_written_as_in_rules() -> None:
    """Above the stroke, then what is below, one stroke each."""
    assert "VND/person" == symbol_of(VND_PER_PERSON)
    assert "VND*ha" == symbol_of((("VND", 1), ("ha", 1)))
    assert "VND/ha/ha" == symbol_of((("VND", 1), ("ha", -2)))
    assert "1/ha" == symbol_of((("ha", -1),))
    assert "1" == symbol_of(())


def test_scales_are_exact() -> None:
    """A million is a million, and half a unit stays half."""
    assert {"thousand": 10**3, "million": 10**6, "billion": 10**9} == dict(SCALES)
    million = Measure(VND_PER_PERSON, SCALES["million"])

    assert 48 == million.per_unscaled(48_000_000)
    assert Fraction(1, 2_000_000) == million.per_unscaled(Fraction(1, 2))
    assert 7 == Measure(()).per_unscaled(7)


def test_equal_measures() -> None:
    """The symbol is how it is written, not what it is."""
    assert Measure(VND_PER_PERSON, 1, "a") == Measure(VND_PER_PERSON, 1, "b")
    assert Measure(VND_PER_PERSON, 1) != Measure(VND_PER_PERSON, 1000)
