"""Reading units: from YAML or Python, checked against a vocabulary."""

from ntmrules.units._data import (
    UnitData,
    parse_unit,
    read_unit,
    unit_data,
    unit_from_node,
)
from ntmrules.units._later import bind, direct, facts_hash


__all__ = [
    "UnitData",
    "bind",
    "direct",
    "facts_hash",
    "parse_unit",
    "read_unit",
    "unit_data",
    "unit_from_node",
]
