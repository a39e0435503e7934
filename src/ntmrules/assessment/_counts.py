"""Counts of criteria, as the field reports them: 16/19, and the programme's groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import attrs

from ntmrules.tree import Tree
from ntmrules.verdict import Verdict


_SET = 19
_GROUPS = ((19, "19"), (15, "15-18"), (10, "10-14"), (0, "under 10"))


@attrs.frozen(repr=False, eq=False)
class Counts(Tree):
    """
    How many criteria came to which verdict.

    Preconditions are no criteria.  A criterion that is not applicable is left out
    of `of` (language.md section 8).
    """

    met: int
    not_met: int
    unknown: int
    not_applicable: int

    @property
    def of(self) -> int:
        """The number of criteria that apply."""
        return self.met + self.not_met + self.unknown

    @property
    def text(self) -> str:
        """Met of those that apply, such as ``16/19``."""
        return f"{self.met}/{self.of}"

    @property
    def groups(self) -> tuple[str, ...]:
        """
        The groups of the programme that it can belong to, the highest first.

        They are defined for a set of 19; of any other size it belongs to none.
        Unknown criteria may leave several open.
        """
        if self.of != _SET:
            return ()
        highest, lowest = _group(self.met + self.unknown), _group(self.met)
        return tuple(name for _, name in _GROUPS[highest : lowest + 1])


def _group(met: int) -> int:
    return next(at for at, (least, _) in enumerate(_GROUPS) if met >= least)


def count(verdicts: Iterable[Verdict]) -> Counts:
    """Count verdicts of criteria."""
    found = Counter(verdicts)
    return Counts(
        found[Verdict.MET],
        found[Verdict.NOT_MET],
        found[Verdict.UNKNOWN],
        found[Verdict.NOT_APPLICABLE],
    )
