"""
Which values compare with which.

Source: language.md section 3.
"""

from __future__ import annotations

from ntmrules.checker._scope import Scope
from ntmrules.checker._words import describe, quoted
from ntmrules.diagnostics import Edit, Help, codes
from ntmrules.model import expressions as e
from ntmrules.model.types import (
    AmountType,
    CountType,
    NumberType,
    ShareType,
    Type,
    YearType,
    compatible,
)
from ntmrules.text import Fill, Text


_WRITE = Text("write `{text}`", "hãy viết `{text}`")


def clash(scope: Scope, left: e.Expression, right: e.Expression) -> bool:
    """Tell whether two values do not compare, and complain if they do not."""
    first, second = left.type, right.type
    if compatible(first, second):
        return False
    if isinstance(first, AmountType) and isinstance(second, AmountType):
        units = (first.measure.symbol, second.measure.symbol)
        scope.complain(codes.UNIT_CLASH, right.span, _units(left, right, units))
    elif isinstance(first, CountType) and isinstance(second, CountType):
        units = (first.noun.plural, second.noun.plural)
        scope.complain(codes.NOUN_CLASH, right.span, _units(left, right, units))
    elif isinstance(first, AmountType) and _bare(right):
        _unit_missing(scope, left, first, right)
    elif isinstance(second, AmountType) and _bare(left):
        _unit_missing(scope, right, second, left)
    else:
        values: dict[str, Fill] = {
            "left": quoted(left.span),
            "left_type": describe(first),
            "right": quoted(right.span),
            "right_type": describe(second),
        }
        scope.complain(
            codes.TYPE_CLASH, right.span, values, advice=_percent(left, right)
        )
    return True


def adapt(read: e.Expression, hint: Type | None) -> e.Expression:
    """Let a bare number be a count or a year where the context asks for one."""
    if not isinstance(read, e.Constant) or not isinstance(read.type, NumberType):
        return read
    whole = isinstance(read.value, int)
    if whole and isinstance(hint, CountType | YearType):
        return e.Constant(read.value, hint, read.text, span=read.span)
    return read


def _bare(node: e.Expression) -> bool:
    return isinstance(node, e.Constant) and isinstance(node.type, NumberType)


def _units(
    left: e.Expression, right: e.Expression, units: tuple[str, str]
) -> dict[str, Fill]:
    return {
        "left": quoted(left.span),
        "left_unit": units[0],
        "right": quoted(right.span),
        "right_unit": units[1],
    }


def _unit_missing(
    scope: Scope, amount: e.Expression, kind: AmountType, number: e.Expression
) -> None:
    text = f"{number.span.text} {kind.measure.symbol}"
    scope.complain(
        codes.UNIT_MISSING,
        number.span,
        {
            "left": quoted(amount.span),
            "unit": kind.measure.symbol,
            "number": number.span.text,
        },
        advice=Help(_WRITE, {"text": text}, Edit(number.span, text)),
    )


def _percent(left: e.Expression, right: e.Expression) -> Help | None:
    """Suggest the percent sign for a bare number beside a share."""
    for share, number in ((left, right), (right, left)):
        if isinstance(share.type, ShareType) and _bare(number):
            text = f"{number.span.text}%"
            return Help(_WRITE, {"text": text}, Edit(number.span, text))
    return None
