"""How an indicator stands: verified, unverified, or a matter of attestation."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable

import attrs

from ntmrules import Ruleset
from ntmrules.cli._layout import Style
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
        "the figure was not seen in a text yet: the verdict stays unknown",
        "mức chưa đối chiếu với văn bản: kết luận là chưa xác định",
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


def standing(indicator: Indicator) -> Standing:
    """Tell how an indicator stands; what is unverified is so even if attested."""
    if indicator.unverified:
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


def standings(ruleset: Ruleset) -> Standings:
    """Count the indicators of a ruleset."""
    return _count(
        indicator
        for criterion in ruleset.criteria.values()
        for indicator in criterion.indicators
    )


def _count(indicators: Iterable[Indicator]) -> Standings:
    found = Counter(map(standing, indicators))
    return Standings(
        found[Standing.VERIFIED], found[Standing.UNVERIFIED], found[Standing.ATTESTED]
    )
