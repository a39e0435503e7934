"""What a compiled ruleset says of a unit: verdicts, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ntmrules.compiled._codes import VERDICTS
from ntmrules.model.ruleset import Ruleset
from ntmrules.verdict import Verdict


class Layout(NamedTuple):
    """
    Where the verdict of each provision stands.

    Attributes:
        ruleset: The id of the ruleset.
    """

    ruleset: str
    preconditions: Mapping[str, int]
    criteria: Mapping[str, int]
    indicators: Mapping[str, int]


def layout(ruleset: Ruleset) -> Layout:
    """Settle the order: the whole, preconditions, criteria, indicators."""
    groups = (ruleset.preconditions, ruleset.criteria, ruleset.indicators)
    places: list[dict[str, int]] = []
    place = 1
    for group in groups:
        places.append({label: place + at for at, label in enumerate(group)})
        place += len(group)
    return Layout(ruleset.id, *places)


class Verdicts:
    """
    The verdicts of one unit under a compiled ruleset.

    The same as those of `ntmrules.evaluate`, without their reasons.
    """

    __slots__ = ("_codes", "_layout")

    def __init__(self, layout: Layout, codes: tuple[int, ...]) -> None:
        self._layout = layout
        self._codes = codes

    @property
    def verdict(self) -> Verdict:
        """The verdict of the whole."""
        return VERDICTS[self._codes[0]]

    @property
    def preconditions(self) -> Mapping[str, Verdict]:
        """The verdict of each precondition, by label, in the order of the file."""
        return self._group(self._layout.preconditions)

    @property
    def criteria(self) -> Mapping[str, Verdict]:
        """The verdict of each criterion, by label, in the order of the file."""
        return self._group(self._layout.criteria)

    @property
    def indicators(self) -> Mapping[str, Verdict]:
        """
        The verdict of each indicator, by label, in the order of the file.

        Those of preconditions are among them; a criterion that holds its requirement
        itself has one indicator with its own label.
        """
        return self._group(self._layout.indicators)

    def _group(self, places: Mapping[str, int]) -> Mapping[str, Verdict]:
        codes = self._codes
        return MappingProxyType(
            {label: VERDICTS[codes[place]] for label, place in places.items()}
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Verdicts):
            return NotImplemented
        return self._codes == other._codes and self._layout == other._layout

    def __hash__(self) -> int:
        return hash((self._layout.ruleset, self._codes))

    def __repr__(self) -> str:
        counts = ", ".join(
            f"{number} {verdict}"
            for verdict, number in _counted(self.criteria.values())
        )
        return f"<{self._layout.ruleset}: {self.verdict}; criteria: {counts}>"


def _counted(verdicts: Iterable[Verdict]) -> list[tuple[Verdict, int]]:
    found = list(verdicts)
    return [(one, found.count(one)) for one in Verdict if one in found]
