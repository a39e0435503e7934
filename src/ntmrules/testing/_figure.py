"""A requirement as it is written, with what each part came to underneath."""

from __future__ import annotations

from collections.abc import Iterator

from ntmrules.assessment import IndicatorResult
from ntmrules.assessment._speech import Speech
from ntmrules.diagnostics.words import VERDICTS
from ntmrules.evaluate.trace import ConditionStep, Step, ValueStep
from ntmrules.model import expressions as e
from ntmrules.source import Span


_PLAIN = e.Constant | e.IsTrue
"""What needs no mark: a literal says itself, and a name has its value."""


def figure(result: IndicatorResult, speech: Speech) -> Iterator[str]:
    """
    Draw the requirement of an indicator.

    Each line of the ruleset is followed by the values of its facts and the verdicts
    of its comparisons, each below its place, for example::

        insured >= 95% and poor <= 5%
        |       |          |    |
        93.02%  not met    3%   met
    """
    step = result.trace.requirement
    if step is None:
        yield result.requirement_text
        return
    span = step.node.span
    marks = dict(_marks(step, span, speech))
    start = span.start
    for line in span.text.splitlines(keepends=True):
        yield line.rstrip()
        end = start + len(line)
        yield from _below(
            {at - start: said for at, said in marks.items() if start <= at < end}
        )
        start = end


def _marks(step: Step, whole: Span, speech: Speech) -> Iterator[tuple[int, str]]:
    """Give what to say, by the place below which it stands."""
    node = step.node
    span = node.span
    inside = span.file is whole.file and whole.start <= span.start < whole.end
    if inside and not isinstance(node, _PLAIN):
        yield _place(node), _said(step, speech)
    if not isinstance(node, e.Defined):
        # The year of `x at 2020` says itself.
        shown = step.steps[:1] if isinstance(node, e.AtYear) else step.steps
        for inner in shown:
            yield from _marks(inner, whole, speech)


def _place(node: e.Expression) -> int:
    """Give the place of a sign between two operands, or the start."""
    match node:
        case e.Comparison() | e.Arithmetic():
            between = node.span.file.text[node.left.span.end : node.right.span.start]
            skipped = len(between) - len(between.lstrip(" \t\r\n)"))
            return node.left.span.end + skipped
        case _:
            return node.span.start


def _said(step: Step, speech: Speech) -> str:
    if isinstance(step, ConditionStep):
        said = speech.say(VERDICTS[step.verdict])
    else:
        said = _value(step, speech)
    if step.reason is not None:
        said = f"{said} ({speech.say(step.reason.text)})"
    return said


def _value(step: ValueStep, speech: Speech) -> str:
    if step.not_applicable:
        return "-"
    if step.value is None:
        return "?"
    return speech.value(step.value, step.node.type)


def _below(marks: dict[int, str]) -> Iterator[str]:
    """Write words under their places: strokes, then the words from right to left."""
    places = sorted(marks)
    if not places:
        return
    yield _strokes(places)
    while places:
        line, left = [], list(places)
        room = None
        for at in reversed(places):
            if room is None or at + len(marks[at]) + 2 <= room:
                line.append(at)
                left.remove(at)
                room = at
            else:
                break
        text = _strokes(left)
        for at in reversed(line):
            text = text.ljust(at) + marks[at]
        yield text
        places = left


def _strokes(places: list[int]) -> str:
    text = ""
    for at in places:
        text = text.ljust(at) + "|"
    return text
