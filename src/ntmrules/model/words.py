"""
What people call levels, nouns and units of measurement, inside a sentence.

In English they are called as rules write them, in Vietnamese by their labels.
"""

from __future__ import annotations

from collections.abc import Mapping

from ntmrules.measure import SCALES, Measure
from ntmrules.model.types import Noun
from ntmrules.model.vocabulary import Level
from ntmrules.text import Text


_SCALES_VI = (("thousand", "nghìn"), ("million", "triệu"), ("billion", "tỷ"))


def within(label: str) -> str:
    """Put a label inside a sentence: ``Xã`` becomes ``xã``, ``OCOP`` stays."""
    if len(label) > 1 and label[1].isupper():
        return label
    return label[:1].lower() + label[1:]


def name_of(thing: Noun | Level) -> Text:
    """Name one of what is counted: ``commune``, ``xã``."""
    return Text(thing.name, within(thing.label.vi or thing.name))


def plural_of(thing: Noun | Level) -> Text:
    """Name several of what is counted: ``communes``, ``xã``."""
    return Text(thing.plural, within(thing.label.vi or thing.plural))


def unit_of(measure: Measure, labels: Mapping[str, str] | None = None) -> Text:
    """
    Name a unit of measurement: ``million VND/person``, ``triệu đồng/người``.

    Args:
        measure: The unit.
        labels: The Vietnamese labels of the units it is made of, by name; without
            them, those that the unit itself has.
    """
    known = dict(measure.labels) if labels is None else labels
    above: list[str] = []
    below: list[str] = []
    for name, exponent in measure.dimensions:
        label = within(known.get(name, "") or name)
        (above if exponent > 0 else below).extend([label] * abs(exponent))
    unit = "/".join([" × ".join(above) or "1", *below])
    scales = dict(_SCALES_VI)
    scale = next((s for s, size in SCALES.items() if size == measure.scale), None)
    vietnamese = unit if measure.scale == 1 else measure.symbol
    if scale is not None:
        vietnamese = f"{scales[scale]} {unit}"
    return Text(measure.symbol, vietnamese)
