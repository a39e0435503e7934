"""
The labels of criteria and indicators: each once, in order, in its place.

Source: language.md sections 1 and 10.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ntmrules.checker._clauses import Complainer
from ntmrules.checker._scope import Own
from ntmrules.diagnostics import Help, Note, Sink, codes
from ntmrules.source import Span
from ntmrules.syntax import nodes
from ntmrules.text import Fill, Text


# Of longer ones the order is of no interest, and Python reads only so many digits.
_NUMBER = re.compile(r"[0-9]{1,9}")
_FIRST_USED = Text("first used here", "dùng lần đầu ở đây")
_STANDS_BEFORE = Text("this one stands before it", "số hiệu này đứng trước")
_OTHER_LABEL = Text("give one of them another label", "đổi số hiệu của một trong hai")
_MOVE_OR_NUMBER = Text(
    "write a label such as `{criterion}.1`, or move the indicator to its criterion",
    "viết số hiệu như `{criterion}.1`, hoặc chuyển chỉ tiêu về đúng tiêu chí",
)


def provisions(file: nodes.RulesetFile, kind: str) -> Iterator[nodes.Provision]:
    """Give the criteria, or the preconditions, in the order of the file."""
    for item in file.items:
        if isinstance(item, nodes.Provision) and item.kind == kind:
            yield item


class LabelCollector:
    """Collects the labels of one file."""

    def __init__(self, file: nodes.RulesetFile, own: Own, sink: Sink) -> None:
        self._file = file
        self._own = own
        self._say = Complainer(sink)

    def collect(self) -> None:
        """Note every label, and complain of those out of place."""
        own = self._own
        seen: dict[str, Span] = {}
        criteria: dict[str, nodes.Provision] = {}
        preconditions: dict[str, nodes.Provision] = {}
        indicators: dict[str, nodes.Provision] = {}
        groups = {"precondition": preconditions, "criterion": criteria}
        before: dict[str, nodes.Word] = {}
        for item in self._file.items:
            if not isinstance(item, nodes.Provision) or item.kind not in groups:
                continue
            before[item.kind] = self._check_label(item, seen, before.get(item.kind))
            groups[item.kind].setdefault(item.label.text, item)
            inner: nodes.Word | None = None
            for indicator in item.indicators:
                inner = self._check_label(indicator, seen, inner)
                indicators.setdefault(indicator.label.text, indicator)
                self._check_inside(indicator.label, item.label)
            if not item.indicators:
                indicators.setdefault(item.label.text, item)
        own.criteria, own.preconditions = criteria, preconditions
        own.indicators = indicators

    def _check_label(
        self, item: nodes.Provision, seen: dict[str, Span], before: nodes.Word | None
    ) -> nodes.Word:
        label = item.label
        if label.text in seen:
            self._say.complain(
                codes.LABEL_TWICE,
                label.span,
                {"label": label.text},
                (Note(_FIRST_USED, seen[label.text]),),
                Help(_OTHER_LABEL),
            )
        seen.setdefault(label.text, label.span)
        if before is not None and before.text != label.text:
            first, second = _numbers(before.text), _numbers(label.text)
            if first and second and second < first:
                values: dict[str, Fill] = {"label": label.text, "before": before.text}
                there = Note(_STANDS_BEFORE, before.span)
                self._say.complain(codes.LABEL_ORDER, label.span, values, (there,))
        return label

    def _check_inside(self, label: nodes.Word, criterion: nodes.Word) -> None:
        inner, outer = _numbers(label.text), _numbers(criterion.text)
        if inner and outer and len(inner) > 1 and inner[: len(outer)] != outer:
            values: dict[str, Fill] = {
                "label": label.text,
                "criterion": criterion.text,
            }
            advice = Help(_MOVE_OR_NUMBER, {"criterion": criterion.text})
            self._say.complain(codes.LABEL_OUTSIDE, label.span, values, advice=advice)


def _numbers(label: str) -> tuple[int, ...]:
    """Split a dotted label into numbers; nothing for labels such as ``K1``."""
    parts = label.split(".")
    if not all(_NUMBER.fullmatch(part) for part in parts):
        return ()
    return tuple(int(part) for part in parts)
