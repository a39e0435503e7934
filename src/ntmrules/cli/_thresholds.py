"""The tables inside a requirement, and the part of them that is asked for."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from ntmrules import Ruleset
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Attested, Indicator


@attrs.frozen
class Pick:
    """Which part of the tables is asked for: a case of an enum, and a year."""

    case: str | None = None
    year: int | None = None


EVERYTHING = Pick()
"""Every case and every year."""


@attrs.frozen
class Threshold:
    """
    A cell of a table.

    Attributes:
        keys: Its place, without those keys that were asked for.
        cell: What stands there; `None` for ``-``.
    """

    keys: tuple[e.Key, ...]
    cell: e.Constant | None

    @property
    def verified(self) -> bool:
        """Whether it was seen in the text of the instrument."""
        return self.cell is None or self.cell.verified


def tables(requirement: e.Expression | Attested) -> Iterator[e.Lookup]:
    """Find the tables of a requirement, those of definitions too, in order."""
    if isinstance(requirement, Attested):
        return
    if isinstance(requirement, e.Lookup):
        yield requirement
        return
    for child in e.children(requirement):
        yield from tables(child)


def thresholds(table: e.Lookup, pick: Pick) -> Iterator[Threshold]:
    """Give the cells that are asked for."""
    for keys, cell in table.cells.items():
        chosen = [
            _chosen(key, axis, pick, table)
            for key, axis in zip(keys, table.axes, strict=True)
        ]
        if None not in chosen:
            open_ = (key for key, asked in zip(keys, chosen, strict=True) if not asked)
            yield Threshold(tuple(open_), cell)


def _chosen(key: e.Key, axis: e.Axis, pick: Pick, table: e.Lookup) -> bool | None:
    """Tell whether a key is the one asked for; `None` when another one is."""
    if isinstance(axis, e.EnumAxis):
        if pick.case is None or pick.case not in axis.keys:
            return False
        return True if key == pick.case else None
    if pick.year is None:
        return False
    at = table.axes.index(axis)
    asked = pick.year if any(keys[at] == pick.year for keys in table.cells) else None
    return True if key == asked else None


def doubtful(indicator: Indicator, pick: Pick) -> bool:
    """Tell whether a figure that is asked for was not seen in a text yet."""
    return bool(indicator.unverified) or not all(
        threshold.verified
        for table in tables(indicator.requirement)
        for threshold in thresholds(table, pick)
    )


def enum_cases(ruleset: Ruleset) -> tuple[str, ...]:
    """Give the cases over which thresholds may differ, each once."""
    found: dict[str, None] = {}
    for indicator in ruleset.indicators.values():
        for table in tables(indicator.requirement):
            for axis in table.axes:
                if isinstance(axis, e.EnumAxis):
                    found.update(dict.fromkeys(axis.keys))
    return tuple(found)
