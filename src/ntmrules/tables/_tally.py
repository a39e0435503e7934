"""How often each verdict was found: of the whole, and of each provision."""

from __future__ import annotations

from collections.abc import Mapping

import polars

from ntmrules.tables._batch import Decided
from ntmrules.tables._result import COUNTS, VERDICT
from ntmrules.verdict import Verdict


_CODES = (
    (Verdict.MET, 2),
    (Verdict.NOT_MET, 0),
    (Verdict.UNKNOWN, 1),
)


class Tally:
    """
    Counts of verdicts.

    Attributes:
        rows: How many rows there were, those refused included.
        refused: How many were refused.
        noticed: How many have findings.
        orphans: How many rows of sub-units belong to no unit.
    """

    def __init__(self) -> None:
        self.rows = 0
        self.refused = 0
        self.noticed = 0
        self.orphans = 0
        self._counts: dict[str, dict[Verdict, int]] = {}

    def add(self, decided: Decided) -> None:
        """Count some rows."""
        self.rows += decided.codes.height
        self.refused += len(decided.refused)
        self.noticed += len(decided.findings)
        codes = decided.codes
        if decided.refused:
            index = polars.int_range(codes.height, eager=True)
            codes = codes.filter(~index.is_in(list(decided.refused)))
        names = [name for name in codes.columns if not name.startswith(COUNTS)]
        found = codes.select(
            (polars.col(name) == code).sum().cast(polars.Int64).alias(f"{code} {name}")
            for name in names
            for _, code in _CODES
        ).row(0, named=True)
        for name in names:
            counts = self._counts.setdefault(name, dict.fromkeys(Verdict, 0))
            for verdict, code in _CODES:
                counts[verdict] += found[f"{code} {name}"]
            counts[Verdict.NOT_APPLICABLE] = (
                self.rows - self.refused - sum(counts[v] for v, _ in _CODES)
            )

    @property
    def whole(self) -> Mapping[Verdict, int]:
        """The verdicts of rows."""
        return self.of(VERDICT)

    def of(self, column: str) -> Mapping[Verdict, int]:
        """Give how often each verdict was found in a column of the result."""
        return self._counts.get(column, dict.fromkeys(Verdict, 0))
