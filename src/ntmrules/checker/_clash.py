"""
Which values compare with which.

Source: language.md section 3.
"""

from __future__ import annotations

from fractions import Fraction

from ntmrules.checker._scope import Scope
from ntmrules.checker._words import describe, either, quoted
from ntmrules.diagnostics import Edit, Help, codes
from ntmrules.exact import decimal_text, normal
from ntmrules.model import expressions as e
from ntmrules.model.types import (
    AmountType,
    CountType,
    EnumType,
    ListType,
    NumberType,
    ShareType,
    Type,
    YearType,
    compatible,
)
from ntmrules.model.words import plural_of, unit_of
from ntmrules.text import Fill, Text


_WRITE = Text("write `{text}`", "hãy viết `{text}`")
_WHICH_SHARE = Text(
    "write `{percent}` if {number} is a part of 1, `{as_written}` if it is per cent",
    "viết `{percent}` nếu `{number}` là phần của 1, `{as_written}` nếu là phần trăm",
)
_GIVE_IN = Text("give both in one unit", "ghi cả hai theo cùng một đơn vị")
_FUNCTION_OF = Text(
    "write `{text}`, or another function of the list",
    "hãy viết `{text}`, hoặc một hàm khác của danh sách",
)
_ONE_OF = Text("write {names}", "hãy viết {names}")
_MOST_NAMED = 8


def clash(scope: Scope, left: e.Expression, right: e.Expression) -> bool:
    """Tell whether two values do not compare, and complain if they do not."""
    first, second = left.type, right.type
    if compatible(first, second):
        return False
    if isinstance(first, AmountType) and isinstance(second, AmountType):
        units = (unit_of(first.measure), unit_of(second.measure))
        values = _units(left, right, units)
        scope.complain(codes.UNIT_CLASH, right.span, values, advice=Help(_GIVE_IN))
    elif isinstance(first, CountType) and isinstance(second, CountType):
        units = (plural_of(first.noun), plural_of(second.noun))
        scope.complain(codes.NOUN_CLASH, right.span, _units(left, right, units))
    elif isinstance(first, AmountType) and _bare(right):
        _unit_missing(scope, left, first, right)
    elif isinstance(second, AmountType) and _bare(left):
        _unit_missing(scope, right, second, left)
    else:
        values = {
            "left": quoted(left.span),
            "left_type": describe(first),
            "right": quoted(right.span),
            "right_type": describe(second),
        }
        advice = _percent(left, right) or _case(left, right) or _of_list(left, right)
        scope.complain(codes.TYPE_CLASH, right.span, values, advice=advice)
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
    left: e.Expression, right: e.Expression, units: tuple[Text, Text]
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
            "unit": unit_of(kind.measure),
            "number": number.span.text,
        },
        advice=Help(_WRITE, {"text": text}, Edit(number.span, text)),
    )


def _percent(left: e.Expression, right: e.Expression) -> Help | None:
    """Suggest the percent sign for a bare number beside a share."""
    for share, number in ((left, right), (right, left)):
        if not isinstance(share.type, ShareType) or not isinstance(number, e.Constant):
            continue
        value = number.value
        if not _bare(number) or not isinstance(value, int | Fraction):
            continue
        text = f"{number.span.text}%"
        if not 0 < value <= 1:
            return Help(_WRITE, {"text": text}, Edit(number.span, text))
        values: dict[str, Fill] = {
            "percent": f"{decimal_text(normal(value * 100))}%",
            "as_written": text,
            "number": number.span.text,
        }
        return Help(_WHICH_SHARE, values)
    return None


def _of_list(left: e.Expression, right: e.Expression) -> Help | None:
    """Suggest a function of a list that is compared with one of its kind."""
    for whole, other in ((left, right), (right, left)):
        kind = whole.type
        if isinstance(kind, ListType) and compatible(kind.item, other.type):
            return one_of_list(whole)
    return None


def one_of_list(whole: e.Expression) -> Help:
    """Suggest a function that makes one value of a list."""
    text = f"min({' '.join(whole.span.text.split())})"
    return Help(_FUNCTION_OF, {"text": text})


def _case(left: e.Expression, right: e.Expression) -> Help | None:
    """Name the cases of an enum that is compared with something else."""
    for enum, other in ((left.type, right), (right.type, left)):
        if isinstance(enum, EnumType) and isinstance(other, e.Constant):
            names = enum.enum.names[:_MOST_NAMED]
            return Help(_ONE_OF, {"names": either(names)}) if names else None
    return None
