"""What distinguishes two rulesets, as callers get it."""

from __future__ import annotations

import attrs

from ntmrules.analysis._changes import Found
from ntmrules.analysis._document import document


@attrs.frozen(eq=False)
class Comparison(Found):
    """What distinguishes two rulesets."""

    def to_dict(self) -> dict[str, object]:
        """Give it as what JSON can hold: ``ntmrules/comparison/1``."""
        return document(self)
