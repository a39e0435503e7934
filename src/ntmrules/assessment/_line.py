"""Lines of an explanation, so structured that a terminal can colour them."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from types import MappingProxyType

import attrs

from ntmrules.tree import Tree
from ntmrules.verdict import Verdict


_INDENT = "  "

SIGNS: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.MET: "✓",
        Verdict.NOT_MET: "✗",
        Verdict.UNKNOWN: "?",
        Verdict.NOT_APPLICABLE: "–",
    }
)
"""The sign of each verdict."""


class LineKind(enum.Enum):
    """What a line tells."""

    HEADER = "header"
    VERDICT = "verdict"
    NOTE = "note"
    SECTION = "section"
    PRECONDITION = "precondition"
    CRITERION = "criterion"
    INDICATOR = "indicator"
    CONDITION = "condition"
    GAP = "gap"
    REASON = "reason"
    RECORDED = "recorded"
    UNVERIFIED = "unverified"
    MISSING = "missing"
    FINDING = "finding"
    BLANK = "blank"


class Style(enum.Enum):
    """How a part of a line may be shown."""

    PLAIN = "plain"
    STRONG = "strong"
    MUTED = "muted"
    LABEL = "label"
    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not applicable"
    GAP = "gap"
    WARNING = "warning"


Part = tuple[Style, str]


@attrs.frozen(repr=False, eq=False)
class Line(Tree):
    """
    One line of an explanation.

    Attributes:
        depth: How far it is indented, in levels.
        parts: Texts and how they may be shown; joined they are the line.
        verdict: Of a provision or condition: its verdict.
    """

    kind: LineKind
    depth: int
    parts: tuple[Part, ...]
    verdict: Verdict | None = None

    @property
    def text(self) -> str:
        """The line as plain text."""
        return _INDENT * self.depth + "".join(text for _, text in self.parts)


def line(kind: LineKind, depth: int, text: str, style: Style = Style.PLAIN) -> Line:
    """Make a line of one part."""
    return Line(kind, depth, ((style, text),))


def signed(kind: LineKind, depth: int, verdict: Verdict, *parts: Part) -> Line:
    """Make a line that begins with the sign of a verdict."""
    sign = (Style(verdict.value), f"{SIGNS[verdict]} ")
    return Line(kind, depth, (sign, *parts), verdict)
