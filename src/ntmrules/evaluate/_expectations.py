"""
What figures must satisfy together: a finding where they do not.

An expectation has no verdict, and never changes one.
"""

from __future__ import annotations

from fractions import Fraction

from ntmrules.diagnostics import Diagnostic, codes
from ntmrules.evaluate._context import Context
from ntmrules.evaluate._facts import written
from ntmrules.evaluate._walk import condition
from ntmrules.evaluate.trace import ConditionStep, Step, ValueStep
from ntmrules.exact import decimal_text
from ntmrules.model.expressions import Constant
from ntmrules.model.types import AmountType, EnumType
from ntmrules.model.words import unit_of
from ntmrules.source import Span
from ntmrules.text import Fill, Language, Text, figure
from ntmrules.verdict import Verdict


_DIGITS = 4
_YES, _NO = "có", "không"


def check_expectations(here: Context) -> None:
    """Report every expectation of the ruleset that the unit's figures do not meet."""
    for expectation in here.ruleset.expectations:
        step = condition(expectation.condition, here)
        if step.verdict is Verdict.NOT_MET:
            values: dict[str, Fill] = {
                "name": expectation.name,
                "detail": _detail(step),
            }
            place = here.unit.called
            here.sink.add(
                Diagnostic(codes.EXPECTATION_NOT_MET, _place(step), values, place=place)
            )


def _detail(step: ConditionStep) -> Text:
    """Say what each figure below a condition is, in the order of the text."""
    said: dict[str, Text] = {}
    waiting: list[Step] = [step]
    while waiting:
        current = waiting.pop(0)
        if isinstance(current, ValueStep) and not isinstance(current.node, Constant):
            text = " ".join(current.node.span.text.split())
            said.setdefault(text, _figure(current))
        elif isinstance(current, ConditionStep):
            waiting += current.steps
    items = said.items()
    english, vietnamese = (
        "; ".join(f"`{text}` = {shown.fill(language, {})}" for text, shown in items)
        for language in (Language.EN, Language.VI)
    )
    return Text(english, vietnamese)


def _figure(step: ValueStep) -> Text:
    if step.given is not None and step.given.text:
        return Text(step.given.text, f"`{step.given.text}`")
    if step.value is None:
        return Text("?", "?")
    kind = step.node.type
    if isinstance(kind, AmountType) and isinstance(step.value, int | Fraction):
        value = kind.measure.per_unscaled(step.value)
        number, unit = figure(decimal_text(value, _DIGITS)), unit_of(kind.measure)
        return Text(f"{number.en} {unit.en}", f"{number.vi} {unit.vi}")
    if isinstance(kind, EnumType) and isinstance(step.value, str):
        return Text(step.value, kind.enum.label(step.value).vi or step.value)
    if isinstance(step.value, bool):
        return Text(str(step.value), _YES if step.value else _NO)
    return written(step.value)


def _place(step: ConditionStep) -> Span | None:
    """Give the place of the first figure that was given in a file."""
    waiting: list[Step] = [step]
    while waiting:
        current = waiting.pop(0)
        if isinstance(current, ValueStep) and current.given is not None:
            return current.given.span
        waiting += current.steps
    return None
