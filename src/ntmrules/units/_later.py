"""
Doors to what is imported when a unit is first bound.

An application that only names units, or hands them on, does not need it.
"""

from __future__ import annotations

from collections.abc import Mapping

from ntmrules.model.unit import Unit
from ntmrules.model.vocabulary import Vocabulary
from ntmrules.units._data import UnitData


def bind(data: UnitData, vocabulary: Vocabulary, *, strict: bool = False) -> Unit:
    """
    Check a unit against a vocabulary.

    Args:
        data: The unit as given.
        vocabulary: What the ruleset can ask.
        strict: Whether an unknown fact name is an error rather than a finding.

    Raises:
        FactError: Carries every problem found, each with unit, fact and place.

    Source:
        engine.md section 2.
    """
    from ntmrules.units._bind import bind as bind_now

    return bind_now(data, vocabulary, strict=strict)


def direct(mapping: Mapping[str, object], vocabulary: Vocabulary) -> Unit | None:
    """
    Read and check a mapping at once, if nothing at all is remarkable in it.

    `None` leaves it to `unit_data` and `bind`, which give the same unit and say what
    there is to say.

    Args:
        mapping: As for `unit_data`.
        vocabulary: As for `bind`.
    """
    from ntmrules.units._direct import direct as direct_now

    return direct_now(mapping, vocabulary)


def facts_hash(unit: Unit) -> str:
    """Give the fingerprint of everything a unit was given, in hex."""
    from ntmrules.units._hash import facts_hash as hash_now

    return hash_now(unit)
