"""
Types of arithmetic and functions.

Source: language.md sections 3 and 4.
"""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType

import attrs

from ntmrules.checker._scope import Scope, wants_condition
from ntmrules.checker._words import describe, quoted
from ntmrules.diagnostics import Help, codes
from ntmrules.exact import Share, read_number
from ntmrules.measure import Measure, product, symbol_of
from ntmrules.model import expressions as e
from ntmrules.model.types import (
    AmountType,
    CountType,
    ListType,
    NumberType,
    ShareType,
    Type,
    YearType,
)
from ntmrules.model.words import plural_of, unit_of
from ntmrules.syntax import nodes
from ntmrules.text import Fill, Text


_NUMERIC = NumberType | CountType | ShareType | AmountType
_LISTS = ("min", "max", "sum", "average", "count")
_MOST_DIGITS = 20
_DIGITS = Text(
    f"a whole number of digits up to {_MOST_DIGITS}",
    f"số nguyên không quá {_MOST_DIGITS} (số chữ số)",
)
_ANY_NUMBER = Text("a number, count, share or amount", "số, số lượng, tỷ lệ hoặc lượng")
_SUMMABLE_LIST = Text(
    "a list of numbers, counts or amounts", "danh sách số, số lượng hoặc lượng"
)
_NUMBERS_LIST = Text(
    "a list of numbers, counts, shares or amounts",
    "danh sách số, số lượng, tỷ lệ hoặc lượng",
)
_WRITE = Text("write `{text}`", "hãy viết `{text}`")
_USE_AVERAGE = Text(
    "shares do not add up: use `average`", "tỷ lệ không cộng được: hãy dùng `average`"
)
_GIVE_IN = Text("give both in one unit", "ghi cả hai theo cùng một đơn vị")
_FORMS = MappingProxyType(
    {"rounded": "rounded({first}, 1)", "ratio": "ratio({first}, …)"}
)


def negative(
    scope: Scope, node: nodes.Negative, hint: Type | None
) -> e.Expression | None:
    """Read ``-x``."""
    operand = scope.value(node.operand, hint)
    if operand is None or wants_condition(scope, operand):
        return None
    if not isinstance(operand.type, _NUMERIC):
        values: dict[str, Fill] = {
            "function": "-",
            "needs": _ANY_NUMBER,
            "found": quoted(operand.span),
            "type": describe(operand.type),
        }
        scope.complain(codes.WRONG_ARGUMENT, node.span, values)
        return None
    if isinstance(operand, e.Constant):
        value = operand.value
        if isinstance(value, Share):
            return attrs.evolve(
                operand, value=attrs.evolve(value, part=-value.part), span=node.span
            )
        if isinstance(value, int | Fraction):
            return attrs.evolve(operand, value=-value, span=node.span)
    return e.Negative(operand, operand.type, span=node.span)


def arithmetic(
    scope: Scope, node: nodes.Arithmetic, hint: Type | None
) -> e.Expression | None:
    """Read ``a + b`` and the like."""
    # `3` in `year - 3` is a number of years, not a year.
    adds = node.operator in "+-"
    passed = hint if adds and not isinstance(hint, YearType) else None
    left, right = scope.value(node.left, passed), scope.value(node.right, passed)
    if left is None or right is None:
        return None
    if wants_condition(scope, left) or wants_condition(scope, right):
        return None
    kind = (_sum if adds else _product)(node.operator, left, right)
    if kind is None:
        _complain(scope, node, left, right)
        return None
    return e.Arithmetic(node.operator, left, right, kind, span=node.span)


def _sum(sign: str, left: e.Expression, right: e.Expression) -> Type | None:
    match left.type, right.type:
        case (NumberType(), NumberType()) | (ShareType(), ShareType()):
            return left.type
        case CountType() as first, CountType() as second if first == second:
            return first
        case CountType() as first, NumberType() if isinstance(right, e.Constant):
            return first
        case NumberType(), CountType() as second if isinstance(left, e.Constant):
            return second
        case AmountType() as first, AmountType() as second:
            same = first.measure.dimensions == second.measure.dimensions
            return first if same else None
        case YearType(), NumberType():
            return left.type
        case NumberType(), YearType() if sign == "+":
            return right.type
        case YearType(), YearType() if sign == "-":
            return NumberType()
        case _:
            return None


def _product(sign: str, left: e.Expression, right: e.Expression) -> Type | None:
    first, second = left.type, right.type
    if not isinstance(first, _NUMERIC) or not isinstance(second, _NUMERIC):
        return None
    if isinstance(second, NumberType):
        return first
    if sign == "*":
        if isinstance(first, NumberType | ShareType):
            return second
        if isinstance(second, ShareType):
            return first
        return _amount(first, second, 1)
    if isinstance(first, ShareType) and isinstance(second, ShareType):
        return NumberType()
    if isinstance(second, ShareType):
        return first
    if isinstance(first, NumberType | ShareType):
        return None
    if _dimensions(first) == _dimensions(second):
        return ShareType(first.noun if isinstance(first, CountType) else None)
    return None if isinstance(first, CountType) else _amount(first, second, -1)


def _dimensions(kind: CountType | AmountType) -> tuple[tuple[str, int], ...]:
    if isinstance(kind, CountType):
        return ((kind.noun.name, 1),)
    return kind.measure.dimensions


def _amount(
    first: CountType | AmountType, second: CountType | AmountType, sign: int
) -> Type | None:
    if isinstance(first, CountType) and isinstance(second, CountType):
        return None
    dimensions = product(_dimensions(first), _dimensions(second), sign)
    labels = (*_labels(first), *_labels(second))
    return AmountType(Measure(dimensions, 1, symbol_of(dimensions), labels))


def _labels(kind: CountType | AmountType) -> tuple[tuple[str, str], ...]:
    if isinstance(kind, CountType):
        return ((kind.noun.name, kind.noun.label.vi),)
    return kind.measure.labels


def _complain(
    scope: Scope, node: nodes.Arithmetic, left: e.Expression, right: e.Expression
) -> None:
    first, second = left.type, right.type
    advice: Help | None = None
    if isinstance(first, AmountType) and isinstance(second, AmountType):
        code, said = codes.UNIT_CLASH, (unit_of(first.measure), unit_of(second.measure))
        advice = Help(_GIVE_IN)
    elif isinstance(first, CountType) and isinstance(second, CountType):
        code, said = codes.NOUN_CLASH, (plural_of(first.noun), plural_of(second.noun))
    else:
        values = {"left_type": describe(first), "right_type": describe(second)}
        scope.complain(
            codes.NO_ARITHMETIC, node.span, {"operator": node.operator, **values}
        )
        return
    scope.complain(
        code,
        node.span,
        {
            "left": quoted(left.span),
            "left_unit": said[0],
            "right": quoted(right.span),
            "right_unit": said[1],
        },
        advice=advice,
    )


def call(scope: Scope, node: nodes.Call) -> e.Expression | None:
    """Read a function of a list, or ``abs``, ``rounded``, ``ratio``."""
    if node.function == "ratio":
        return _ratio(scope, node)
    wanted = 2 if node.function == "rounded" else 1
    if len(node.arguments) != wanted:
        _wrong_number(scope, node, wanted)
        return None
    argument = scope.value(node.arguments[0], None)
    if argument is None or wants_condition(scope, argument):
        return None
    if node.function in _LISTS:
        return _of_list(scope, node, argument)
    if not isinstance(argument.type, _NUMERIC):
        _wrong(scope, node, argument, _ANY_NUMBER)
        return None
    digits = 0
    if node.function == "rounded":
        last = node.arguments[1]
        found = read_number(last.text) if isinstance(last, nodes.Number) else None
        if not isinstance(found, int) or found > _MOST_DIGITS:
            values: dict[str, Fill] = {"text": last.span.text, "wanted": _DIGITS}
            scope.complain(codes.BAD_COUNT, last.span, values)
            return None
        digits = found
    kind = argument.type
    return e.Function(node.function, (argument,), kind, digits, span=node.span)


def _ratio(scope: Scope, node: nodes.Call) -> e.Expression | None:
    if len(node.arguments) != 2:
        _wrong_number(scope, node, 2)
        return None
    left, right = (scope.value(argument) for argument in node.arguments)
    if left is None or right is None:
        return None
    if wants_condition(scope, left) or wants_condition(scope, right):
        return None
    kind = _product("/", left, right)
    if not isinstance(kind, ShareType) or isinstance(left.type, ShareType):
        as_quotient = nodes.Arithmetic(
            "ratio", node.arguments[0], node.arguments[1], span=node.span
        )
        _complain(scope, as_quotient, left, right)
        return None
    return e.Function("ratio", (left, right), kind, span=node.span)


def _of_list(
    scope: Scope, node: nodes.Call, argument: e.Expression
) -> e.Expression | None:
    kind = argument.type
    if not isinstance(kind, ListType):
        _wrong(scope, node, argument, Text("a list", "một danh sách"))
        return None
    if node.function == "count":
        return e.Function("count", (argument,), NumberType(), span=node.span)
    item = kind.item
    addable = NumberType | CountType | AmountType
    fits = isinstance(item, addable if node.function == "sum" else _NUMERIC)
    if not fits:
        is_sum = node.function == "sum"
        advice = Help(_USE_AVERAGE) if isinstance(item, ShareType) else None
        needs = _SUMMABLE_LIST if is_sum else _NUMBERS_LIST
        _wrong(scope, node, argument, needs, advice)
        return None
    return e.Function(node.function, (argument,), item, span=node.span)


def _wrong(
    scope: Scope,
    node: nodes.Call,
    argument: e.Expression,
    needs: Text,
    advice: Help | None = None,
) -> None:
    scope.complain(
        codes.WRONG_ARGUMENT,
        argument.span,
        {
            "function": node.function,
            "needs": needs,
            "found": quoted(argument.span),
            "type": describe(argument.type),
        },
        advice=advice,
    )


def _arguments(number: int) -> Text:
    plural = "" if number == 1 else "s"
    return Text(f"{number} argument{plural}", f"{number} đối số")


def _wrong_number(scope: Scope, node: nodes.Call, wanted: int) -> None:
    values: dict[str, Fill] = {
        "function": node.function,
        "wanted": _arguments(wanted),
        "found": str(len(node.arguments)),
    }
    form = _FORMS.get(node.function, f"{node.function}({{first}})")
    text = form.format(first=" ".join(node.arguments[0].span.text.split()))
    advice = Help(_WRITE, {"text": text})
    scope.complain(codes.ARGUMENT_COUNT, node.span, values, advice=advice)
