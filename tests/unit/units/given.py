"""Binding small units, and telling what was found."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ntmrules.diagnostics import Diagnostic
from ntmrules.errors import FactError
from ntmrules.model.unit import Unit
from ntmrules.units import bind, parse_unit, unit_data
from tests.unit.units.vocabulary import VOCABULARY


def bound(text: str, *, strict: bool = False) -> Unit:
    """Bind a unit file."""
    return bind(parse_unit(text, "unit.yaml"), VOCABULARY, strict=strict)


def bound_python(mapping: Mapping[str, object]) -> Unit:
    """Bind a unit from Python."""
    return bind(unit_data(mapping), VOCABULARY)


def fact(name: str, text: str) -> object:
    """Give the value of one fact, written as in a file."""
    return bound(f"level: commune\nfacts:\n  {name}: {text}").facts[name].value


def fact_python(name: str, value: object) -> object:
    """Give the value of one fact from Python."""
    mapping = {"level": "commune", "facts": {name: value}}
    return bound_python(mapping).facts[name].value


def complaints(text: str, *, strict: bool = False) -> tuple[Diagnostic, ...]:
    """Bind a file that is refused, and give what is said."""
    with pytest.raises(FactError) as caught:
        bound(text, strict=strict)
    return caught.value.diagnostics


def complaints_python(mapping: Mapping[str, object]) -> tuple[Diagnostic, ...]:
    """Bind a mapping that is refused, and give what is said."""
    with pytest.raises(FactError) as caught:
        bound_python(mapping)
    return caught.value.diagnostics


def refusal(name: str, text: str) -> str:
    """Give all that is said of one fact, and see that the place is right."""
    (found,) = complaints(f"level: commune\nfacts:\n  {name}: {text}")
    assert ("NTM703", 3) == (found.code.id, found.span and found.span.line)
    assert name in found.place
    return str(found)


def refusal_python(name: str, value: object) -> str:
    """Give all that is said of one fact from Python."""
    (found,) = complaints_python({"level": "commune", "facts": {name: value}})
    assert "NTM703" == found.code.id
    assert found.place.startswith(f"facts.{name}")
    return str(found)


def told(found: tuple[Diagnostic, ...]) -> list[tuple[str, int]]:
    """Give the code and the line of each complaint."""
    return [(one.code.id, one.span.line if one.span else 0) for one in found]
