"""How an indicator stands: verified, unverified, or a matter of attestation."""

from __future__ import annotations

import enum
from collections import Counter

import attrs

from ntmrules import Ruleset
from ntmrules.cli._layout import Style
from ntmrules.cli._thresholds import EVERYTHING, Pick, doubtful
from ntmrules.model.ruleset import Attested, Indicator
from ntmrules.text import Text


class Standing(enum.Enum):
    """How far an indicator can be relied upon without a person."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    ATTESTED = "attested"

    @property
    def word(self) -> Text:
        """What to call it."""
        return _WORDS[self]

    @property
    def meaning(self) -> Text:
        """What it means."""
        return _MEANINGS[self]

    @property
    def sign(self) -> str:
        """A sign for it, for whoever sees no colours."""
        return {"verified": "✓", "unverified": "?", "attested": "•"}[self.value]

    @property
    def style(self) -> Style:
        """How it looks."""
        return _STYLES[self]


_WORDS = {
    Standing.VERIFIED: Text("verified", "đã kiểm chứng"),
    Standing.UNVERIFIED: Text("unverified", "chưa kiểm chứng"),
    Standing.ATTESTED: Text("attested", "cần xác nhận"),
}
_MEANINGS = {
    Standing.VERIFIED: Text(
        "computed from facts, against a figure seen in a text of law",
        "tính từ số liệu, theo mức đã thấy trong văn bản",
    ),
    Standing.UNVERIFIED: Text(
        "a figure, at least of some regions, was not seen in a text yet: there the"
        " verdict stays unknown",
        "mức, ít ra của một vài vùng, chưa đối chiếu với văn bản: ở đó kết luận là chưa"
        " xác định",
    ),
    Standing.ATTESTED: Text(
        "a person judges; facts do not decide it",
        "người có thẩm quyền kết luận, không tính từ số liệu",
    ),
}
_STYLES = {
    Standing.VERIFIED: Style.GOOD,
    Standing.UNVERIFIED: Style.DOUBT,
    Standing.ATTESTED: Style.LINK,
}


def standing(indicator: Indicator, pick: Pick = EVERYTHING) -> Standing:
    """
    Tell how an indicator stands.

    It is unverified when any figure of it that is asked for is so, and also when it
    is to be attested.
    """
    if doubtful(indicator, pick):
        return Standing.UNVERIFIED
    if isinstance(indicator.requirement, Attested):
        return Standing.ATTESTED
    return Standing.VERIFIED


@attrs.frozen
class Standings:
    """How many indicators of the criteria stand how; preconditions do not count."""

    verified: int
    unverified: int
    attested: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.verified + self.unverified + self.attested

    @property
    def percent(self) -> int:
        """The verified among them, in whole percent, never rounded up to all."""
        return self.verified * 100 // self.total if self.total else 0


def standings(ruleset: Ruleset, pick: Pick = EVERYTHING) -> Standings:
    """Count the indicators of a ruleset."""
    found = Counter(
        standing(indicator, pick)
        for criterion in ruleset.criteria.values()
        for indicator in criterion.indicators
    )
    return Standings(
        found[Standing.VERIFIED], found[Standing.UNVERIFIED], found[Standing.ATTESTED]
    )
