"""
Units of measurement: products of declared units, with an exact scale.

``million VND/person`` is one million of VND per person.  Two measures compare
when their dimensions agree; scaling is exact and the only implicit conversion
(language.md section 3).
"""

from __future__ import annotations

from types import MappingProxyType

import attrs

from ntmrules.exact import Exact, quotient


SCALES = MappingProxyType(
    {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
)
"""Words that scale a unit, and by how much."""

Dimensions = tuple[tuple[str, int], ...]


@attrs.frozen
class Measure:
    """
    A unit such as ``million VND/person``.

    Attributes:
        dimensions: Declared units and their exponents, sorted by name, none 0.
        scale: How many of the unscaled unit it is, greater than 0.
        symbol: How it is written in rules and in reports.
        labels: What Vietnamese calls the declared units, by name, where known.
    """

    dimensions: Dimensions
    scale: Exact = 1
    symbol: str = attrs.field(default="", eq=False)
    labels: tuple[tuple[str, str], ...] = attrs.field(default=(), eq=False, repr=False)

    def per_unscaled(self, value: Exact) -> Exact:
        """Turn *value* unscaled units into so many of this measure."""
        return value if self.scale == 1 else quotient(value, self.scale)


def product(first: Dimensions, second: Dimensions, sign: int = 1) -> Dimensions:
    """Multiply two dimensions, or divide the first by the second with *sign* -1."""
    exponents = dict(first)
    for name, exponent in second:
        exponents[name] = exponents.get(name, 0) + sign * exponent
    return tuple(sorted((name, e) for name, e in exponents.items() if e))


def symbol_of(dimensions: Dimensions) -> str:
    """Write dimensions as rules do, such as ``VND/person``."""
    above = [name for name, exponent in dimensions for _ in range(exponent)]
    below = [name for name, exponent in dimensions for _ in range(-exponent)]
    return "/".join(["*".join(above) or "1", *below])
