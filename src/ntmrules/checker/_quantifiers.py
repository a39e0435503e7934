"""
Quantifiers, choices and aggregates.

Source: language.md section 6.
"""

from __future__ import annotations

from ntmrules.checker._clash import adapt, clash
from ntmrules.checker._names import unknown
from ntmrules.checker._scope import Scope, wants_condition
from ntmrules.checker._words import describe, listed, quoted
from ntmrules.diagnostics import Help, codes
from ntmrules.exact import read_number
from ntmrules.model import expressions as e
from ntmrules.model.types import (
    AmountType,
    CountType,
    Noun,
    NumberType,
    ShareType,
    YearType,
)
from ntmrules.model.vocabulary import Level
from ntmrules.model.words import name_of, plural_of
from ntmrules.source import Span
from ntmrules.syntax import nodes
from ntmrules.text import Fill, Text
from ntmrules.verdict import Bound


_BOUNDS = {
    "at least": Bound.AT_LEAST,
    "at most": Bound.AT_MOST,
    "exactly": Bound.EXACTLY,
}
_WHOLE = Text("a whole number", "một số nguyên")
_NUMERIC = NumberType | CountType | ShareType | AmountType
_SUMMABLE = NumberType | CountType | AmountType
_ANY_NUMBER = Text("a number, count, share or amount", "số, số lượng, tỷ lệ hoặc lượng")
_NO_SHARE = Text("a number, count or amount", "số, số lượng hoặc lượng")
_UP_TO = Text("ask for {size} at most", "chỉ yêu cầu tối đa {size}")
_INSIDE = Text("inside a {level} are {plurals}", "trong {level} có {plurals}")
_NOTHING_INSIDE = Text(
    "no level lies inside a {level}", "không có cấp nào nằm trong {level}"
)
_AVERAGE_ONLY = Text(
    "only `average of` is weighted", "chỉ `average of` mới có trọng số"
)
_USE_AVERAGE = Text(
    "shares do not add up: use `average of … weighted by …`",
    "tỷ lệ không cộng được: hãy dùng `average of … weighted by …`",
)


def quantity(scope: Scope, node: nodes.Quantifier) -> e.Quantity | None:
    """Read how many are wanted."""
    words = " ".join(node.span.text.split())
    match node.word:
        case "all":
            return e.Quantity(Bound.AT_LEAST, None, 1, 1, "all")
        case "any":
            return e.Quantity(Bound.AT_LEAST, 1, word="any")
        case "no":
            return e.Quantity(Bound.AT_MOST, None, 0, 1, "no")
        case _:
            pass
    bound = _BOUNDS[node.word]
    if isinstance(node.number, nodes.Percent):
        share = read_number(node.number.number.text)
        if bound is Bound.EXACTLY:
            _not_whole(scope, node.number.span)
            return None
        if share is None or not 0 <= share <= 100:
            scope.complain(
                codes.BAD_PERCENTAGE, node.number.span, {"text": node.number.span.text}
            )
            return None
        return e.Quantity(bound, None, share.numerator, 100 * share.denominator, words)
    number = None if node.number is None else read_number(node.number.text)
    if not isinstance(number, int):
        span = node.span if node.number is None else node.number.span
        _not_whole(scope, span)
        return None
    return e.Quantity(bound, number, word=words)


def _not_whole(scope: Scope, span: Span) -> None:
    values: dict[str, Fill] = {"text": span.text, "wanted": _WHOLE}
    scope.complain(codes.BAD_COUNT, span, values)


def collection(
    scope: Scope, node: nodes.Collection
) -> tuple[e.Collection, Scope] | None:
    """Read a collection; give it with the scope of its members."""
    levels = scope.names.levels.values()
    found = [level for level in levels if level.plural == node.plural.text]
    if not found:
        plurals = {level.plural: level for level in levels}
        scope.report(unknown("level", node.plural, plurals))
        return None
    level = found[0]
    if not _is_inside(scope, level):
        values: dict[str, Fill] = {
            "plural": plural_of(level),
            "level": name_of(scope.level),
        }
        inner = [other.plural for other in levels if _is_inside(scope, other)]
        parts: dict[str, Fill] = {
            "level": name_of(scope.level),
            "plurals": listed(inner),
        }
        advice = Help(_INSIDE, parts) if inner else Help(_NOTHING_INSIDE, parts)
        scope.complain(codes.LEVEL_NOT_BELOW, node.plural.span, values, advice=advice)
        return None
    inside = scope.within(level)
    where = None
    if node.where is not None:
        where = inside.condition(node.where)
        if where is None:
            return None
    return e.Collection(level, where, span=node.span), inside


def _is_inside(scope: Scope, level: Level) -> bool:
    """Tell whether units of a level lie inside one of the level at hand."""
    parent, seen = level.parent, [level.name]
    while parent is not None and parent not in seen and parent != scope.level.name:
        seen.append(parent)
        above = scope.names.levels.get(parent)
        parent = None if above is None else above.parent
    return parent == scope.level.name


def quantified(scope: Scope, node: nodes.Quantified) -> e.Expression | None:
    """Read a quantifier over sub-units or years."""
    wanted = quantity(scope, node.quantifier)
    members: e.Collection | e.Years
    if isinstance(node.collection, nodes.Years):
        over = _years(scope, node.collection)
        if over is None:
            return None
        members, inside = over, scope
    else:
        found = collection(scope, node.collection)
        if found is None:
            return None
        members, inside = found
    predicate: e.Expression | None = None
    match node.predicate:
        case nodes.Hold():
            title = inside.title(node.predicate.title)
            if title is not None:
                predicate = e.Holds(title, span=node.predicate.span)
        case nodes.Meet():
            if inside.versions(node.predicate.ruleset) is not None:
                name = node.predicate.ruleset.text
                predicate = e.Meets(name, span=node.predicate.span)
        case nodes.Have():
            predicate = inside.condition(node.predicate.condition)
    if wanted is None or predicate is None:
        return None
    return e.Quantified(wanted, members, predicate, node.if_none, span=node.span)


def _years(scope: Scope, node: nodes.Years) -> e.Years | None:
    ends: list[e.Expression] = []
    for end in (node.first, node.last):
        read = scope.value(end, YearType())
        if read is None or wants_condition(scope, read):
            return None
        if not isinstance(read.type, YearType):
            values: dict[str, Fill] = {
                "function": "years from … to …",
                "needs": Text("a year", "một năm"),
                "found": quoted(read.span),
                "type": describe(read.type),
            }
            scope.complain(codes.WRONG_ARGUMENT, read.span, values)
            return None
        ends.append(read)
    return e.Years(ends[0], ends[1], span=node.span)


def choice(scope: Scope, node: nodes.Choice) -> e.Expression | None:
    """Read ``at least 2 of (a, b, c)``."""
    wanted = quantity(scope, node.quantifier)
    read = [scope.condition(operand) for operand in node.operands]
    operands = tuple(operand for operand in read if operand is not None)
    if wanted is None or len(operands) < len(read):
        return None
    if wanted.word == "all":
        return e.AllOf(operands, span=node.span)
    if wanted.word == "any":
        return e.AnyOf(operands, span=node.span)
    if not check_size(scope, node.quantifier, wanted, len(operands)):
        return None
    return e.Choice(wanted, operands, span=node.span)


def check_size(
    scope: Scope, node: nodes.Quantifier, wanted: e.Quantity, size: int
) -> bool:
    """Complain of "at least 7 of" five things."""
    number = wanted.number
    if number is None or wanted.bound is Bound.AT_MOST or number <= size:
        return True
    values: dict[str, Fill] = {
        "bound": wanted.bound.value,
        "number": number,
        "size": size,
    }
    advice = Help(_UP_TO, {"size": size})
    scope.complain(codes.COUNT_TOO_HIGH, node.span, values, advice=advice)
    return False


def count_of(scope: Scope, node: nodes.CountOf) -> e.Expression | None:
    """Read ``count of communes where …``."""
    found = collection(scope, node.collection)
    if found is None:
        return None
    level = found[0].level
    noun = Noun(level.name, level.plural, level.label)
    return e.CountOf(found[0], noun, span=node.span)


def aggregate(scope: Scope, node: nodes.Aggregate) -> e.Expression | None:
    """Read ``sum of x over communes`` and the like."""
    found = collection(scope, node.collection)
    if found is None:
        return None
    members, inside = found
    value = inside.value(node.value)
    weight = None if node.weight is None else inside.value(node.weight)
    if value is None or (node.weight is not None and weight is None):
        return None
    wanted = _SUMMABLE if node.function == "sum" else _NUMERIC
    if not _fits(scope, f"{node.function} of", value, wanted):
        return None
    if weight is not None and not _fits(scope, "weighted by", weight, _SUMMABLE):
        return None
    if weight is not None and node.function != "average":
        owner = Text(f"`{node.function} of`", f"`{node.function} of`")
        values: dict[str, Fill] = {"clause": "weighted by", "owner": owner}
        advice = Help(_AVERAGE_ONLY)
        scope.complain(codes.CLAUSE_MISPLACED, weight.span, values, advice=advice)
        return None
    return e.Aggregate(
        node.function, value, members, weight, value.type, span=node.span
    )


def _fits(scope: Scope, function: str, value: e.Expression, kinds: object) -> bool:
    if wants_condition(scope, value):
        return False
    if isinstance(value.type, kinds):  # type: ignore[arg-type]  # a union of classes
        return True
    values: dict[str, Fill] = {
        "function": function,
        "needs": _ANY_NUMBER if kinds is _NUMERIC else _NO_SHARE,
        "found": quoted(value.span),
        "type": describe(value.type),
    }
    is_sum = function == "sum of" and isinstance(value.type, ShareType)
    advice = Help(_USE_AVERAGE) if is_sum else None
    scope.complain(codes.WRONG_ARGUMENT, value.span, values, advice=advice)
    return False


def branches(
    scope: Scope, node: nodes.If, then: e.Expression, otherwise: e.Expression
) -> e.Expression | None:
    """Settle the type that both branches of a value share."""
    then = adapt(then, otherwise.type)
    otherwise = adapt(otherwise, then.type)
    if clash(scope, then, otherwise):
        return None
    condition = scope.condition(node.condition)
    if condition is None:
        return None
    return e.If(condition, then, otherwise, then.type, span=node.span)
