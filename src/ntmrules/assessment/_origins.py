"""Where a value comes from, when it is not simply given, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterator

from ntmrules.assessment import _phrases as p
from ntmrules.assessment._reach import source
from ntmrules.assessment._results import one_line
from ntmrules.assessment._speech import Speech
from ntmrules.assessment._words import counted
from ntmrules.evaluate.trace import Origin, Step, ValueStep
from ntmrules.model import expressions as e
from ntmrules.model.words import within


def origins(step: ValueStep, speech: Speech) -> Iterator[str]:
    """Say where a value comes from: a year, sub-units, a table, another rule."""
    at = source(step)
    node, this_year = at.node, speech.whole.date.year
    threshold = _threshold(step)
    if threshold is not None:
        yield speech.expression(threshold)
    named = e.plain(step.node)
    if isinstance(named, e.Delegated) and named.set_at is not None:
        set_by = speech.set_by(named.set_at)
        if set_by:
            yield set_by
    match node:
        case e.FactValue():
            if at.year != this_year and not _says_year(step.node):
                yield speech.say(p.ALONE_IN_YEAR, year=str(at.year))
            if at.origin is Origin.SUMMED:
                inside = dict.fromkeys(
                    counted(part.unit.level).text(speech.language, single=False)
                    for part in at.steps
                )
                yield speech.say(p.SUMMED, members=", ".join(inside))
        case e.Lookup():
            cases = ", ".join(_cases(node, at, speech))
            yield speech.say(p.TABLE, cases=cases)
        case _:
            return


def _threshold(step: ValueStep) -> e.ThresholdOf | None:
    node = e.plain(step.node)
    return node if isinstance(node, e.ThresholdOf) else None


def _says_year(node: e.Expression) -> bool:
    """Tell whether an expression names its year itself."""
    node = e.plain(node)
    return isinstance(node, e.AtYear) and isinstance(e.plain(node.year), e.Constant)


def _cases(node: e.Lookup, step: ValueStep, speech: Speech) -> Iterator[str]:
    values = iter(step.steps)
    for axis in node.axes:
        if isinstance(axis, e.YearAxis):
            yield speech.say(p.THE_YEAR, year=str(step.year))
            continue
        value = next(values, None)
        name = within(speech.expression(axis.value))
        if isinstance(value, ValueStep) and value.value is not None:
            yield f"{name} {speech.value(value.value, axis.type)}"
        else:
            yield f"{name}: {speech.say(p.NO_DATA)}"


def operands(step: ValueStep) -> Iterator[ValueStep]:
    """Give the figures that a calculated value is made of, each once."""
    seen: set[tuple[object, int, int]] = set()
    at = source(step)
    if isinstance(
        at.node, e.FactValue | e.Lookup | e.Constant | e.Aggregate | e.CountOf
    ):
        return
    for figure in _figures(at.steps):
        key = (one_line(figure.node.span), id(figure.unit), figure.year)
        if key not in seen:
            seen.add(key)
            yield figure


def _figures(steps: tuple[Step, ...]) -> Iterator[ValueStep]:
    for step in steps:
        if not isinstance(step, ValueStep):
            continue
        at = source(step)
        if isinstance(e.plain(step.node), e.ThresholdOf):
            yield step
            continue
        if isinstance(at.node, e.Constant | e.CurrentYear):
            continue
        if isinstance(at.node, e.Arithmetic | e.Negative | e.Function):
            yield from _figures(at.steps)
        else:
            yield step
