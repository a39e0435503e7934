"""What decides one row where columns do not."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Protocol, TypeAlias

from ntmrules.model.ruleset import Ruleset
from ntmrules.verdict import Verdict


Decide = Callable[[Mapping[str, Any]], tuple[int | None, ...]]
"""
Gives the codes of one unit: the whole, preconditions, criteria, indicators.

0 is not met, 1 unknown, 2 met, and `None` not applicable.
"""

Deciding = Callable[[Ruleset, datetime.date, bool], Decide]
"""
Makes what decides one row: a ruleset, a date, whether unverified figures count.

It is a function that can be found by its name, so that it travels to other machines.
"""

Frame: TypeAlias = Any
"""A frame of any library, or a column of it, whose types are its own."""

_CODES: Mapping[Verdict, int | None] = MappingProxyType(
    {
        Verdict.NOT_MET: 0,
        Verdict.UNKNOWN: 1,
        Verdict.MET: 2,
        Verdict.NOT_APPLICABLE: None,
    }
)


class Decided(Protocol):
    """The verdicts of one unit."""

    @property
    def verdict(self) -> Verdict:
        """The verdict of the whole."""

    @property
    def preconditions(self) -> Mapping[str, Verdict]:
        """Those of preconditions."""

    @property
    def criteria(self) -> Mapping[str, Verdict]:
        """Those of criteria."""

    @property
    def indicators(self) -> Mapping[str, Verdict]:
        """Those of indicators."""


def codes_of(found: Decided) -> tuple[int | None, ...]:
    """Give verdicts as codes, in the order of the columns of a frame."""
    groups = (found.preconditions, found.criteria, found.indicators)
    verdicts = (found.verdict, *(one for group in groups for one in group.values()))
    return tuple(_CODES[verdict] for verdict in verdicts)
