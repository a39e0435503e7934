"""Reads files of cases: plain numbers are exact decimals, dates stay text."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml


# There are thousands of cases, which libyaml reads ten times as fast, where it is.
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Safe):  # type: ignore[misc] # one of two classes
    """A loader that resolves no more than the conformance README says."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"(?:true|false)\Z", "tf"),
    ("tag:yaml.org,2002:null", r"(?:null|~|)\Z", ["n", "~", ""]),
    ("tag:yaml.org,2002:int", r"-?[0-9]+\Z", list("-0123456789")),
    ("!decimal", r"-?[0-9]+\.[0-9]+\Z", list("-0123456789")),
):
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


def _decimal(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(loader.construct_scalar(node))


_Loader.add_constructor("!decimal", _decimal)

Case = dict[str, Any]


def read_cases(path: Path) -> list[Case]:
    """Give the cases of a file, units with ``repeat`` written out."""
    with path.open(encoding="utf-8") as stream:
        cases: list[Case] = yaml.load(stream, _Loader)  # noqa: S506  # a safe loader
    for case in cases:
        if "unit" in case:
            case["unit"] = _spread(case["unit"])
    return cases


def _spread(unit: Any) -> Any:  # whatever YAML holds
    """Write out ``{repeat: [{count: 41, …}]}`` as so many units with ids."""
    if isinstance(unit, list):
        return [_spread(item) for item in unit]
    if not isinstance(unit, dict):
        return unit
    if "repeat" in unit:
        units: list[Any] = []
        for group in unit["repeat"]:
            shape = {key: value for key, value in group.items() if key != "count"}
            units += [
                {"id": f"u{len(units) + n}", **shape} for n in range(group["count"])
            ]
        return units
    return {key: _spread(value) for key, value in unit.items()}
