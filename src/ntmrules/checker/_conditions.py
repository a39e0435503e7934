"""
Comparisons and what can be said of them without facts.

Source: language.md section 4.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from ntmrules.checker._clash import clash, one_of_list
from ntmrules.checker._scope import Scope, wants_condition
from ntmrules.checker._words import describe, quoted
from ntmrules.diagnostics import Help, Note, codes
from ntmrules.diagnostics.words import ALWAYS, NEVER
from ntmrules.exact import COMPARISONS, MIRRORED, Exact, Share
from ntmrules.model import expressions as e
from ntmrules.model.types import (
    Condition,
    CountType,
    EnumType,
    ListType,
    ShareType,
    Value,
)
from ntmrules.syntax import nodes
from ntmrules.text import Fill, Text
from ntmrules.verdict import Verdict


_ORDERING = frozenset({">=", ">", "<=", "<"})
_TRUE, _FALSE = frozenset({"true", "yes"}), frozenset({"false", "no"})
_WRITE = Text("write `{text}`", "hãy viết `{text}`")
_STANDS_ALONE = Text(
    "a condition stands alone, or with `and`, `or` and `not`",
    "điều kiện đứng một mình, hoặc đi với `and`, `or` và `not`",
)
_EQUAL_OR_ORDERED = Text(
    "use `=` or `!=`, or declare `ordered enum {type}`",
    "dùng `=` hoặc `!=`, hoặc khai báo `ordered enum {type}`",
)
_SIGN_OR_FIGURE = Text("correct the sign or the figure", "sửa lại dấu so sánh hoặc mức")
_DECLARED_HERE = Text("declared here", "được khai báo ở đây")
_UP_TO_100 = Text(
    "correct the figure, or declare the fact with `may exceed 100%`",
    "sửa lại mức, hoặc khai báo số liệu với `may exceed 100%`",
)


def comparison(scope: Scope, node: nodes.Comparison) -> e.Expression | None:
    """Read ``left >= right``."""
    pair = _sides(scope, node.left, node.right)
    if pair is None or not _comparable(scope, node.operator, *pair):
        return None
    left, right = pair
    if _out_of_reach(scope, node.operator, left, right):
        return None
    _check_always(scope, node, left, right)
    return e.Comparison(node.operator, left, right, span=node.span)


def between(scope: Scope, node: nodes.Between) -> e.Expression | None:
    """Read ``x between low and high``."""
    # The value is read once: twice, nested ranges would take twice as long each.
    first, second = node.low, node.high
    if _needs_hint(scope, first):
        first, second = second, first
    pair = _sides(scope, node.value, first)
    other = _other(scope, second, None if pair is None else pair[0])
    if pair is None or other is None:
        return None
    value = pair[0]
    low, high = (pair[1], other) if first is node.low else (other, pair[1])
    if not (
        _comparable(scope, ">=", value, low) and _comparable(scope, "<=", value, high)
    ):
        return None
    if _out_of_reach(scope, ">=", value, low):
        return None
    return e.Between(value, low, high, span=node.span)


def _sides(
    scope: Scope, left: nodes.Expression, right: nodes.Expression
) -> tuple[e.Expression, e.Expression] | None:
    """Read both sides; the one that says its type settles the other."""
    if _needs_hint(scope, left) and not _needs_hint(scope, right):
        second, first = _read_in_turn(scope, right, left)
    else:
        first, second = _read_in_turn(scope, left, right)
    return None if first is None or second is None else (first, second)


def _read_in_turn(
    scope: Scope, first: nodes.Expression, second: nodes.Expression
) -> tuple[e.Expression | None, e.Expression | None]:
    """Read a side, and then the other as the first one asks for."""
    read = scope.value(first)
    if read is not None and isinstance(read.type, Condition):
        advice = _alone(first, second)
        values: dict[str, Fill] = {"found": quoted(read.span)}
        scope.complain(codes.VALUE_WANTED, read.span, values, advice=advice)
        return None, None
    return read, _other(scope, second, read)


def _other(
    scope: Scope, node: nodes.Expression, settled: e.Expression | None
) -> e.Expression | None:
    """Read the side whose type the other one settles."""
    if settled is not None:
        return scope.value(node, settled.type)
    # The other failed: without its type, a case would seem unknown.
    return None if _names_a_case(scope, node) else scope.value(node)


def _names_a_case(scope: Scope, node: nodes.Expression) -> bool:
    if isinstance(node, nodes.Lookup):
        cells = [cell for row in node.rows[1:] for cell in row.cells]
        return any(_names_a_case(scope, c) for c in cells if isinstance(c, nodes.Name))
    if not isinstance(node, nodes.Name) or node.text in scope.names.facts:
        return False
    return scope.enum_of(node.text) is not None


def _alone(condition: nodes.Expression, other: nodes.Expression) -> Help:
    """Advise on a condition that is compared with something."""
    text = condition.span.text
    if isinstance(condition, nodes.Name) and isinstance(other, nodes.Name):
        word = other.text.casefold()
        if word in _TRUE:
            return Help(_WRITE, {"text": text})
        if word in _FALSE:
            return Help(_WRITE, {"text": f"not {text}"})
    return Help(_STANDS_ALONE)


def _needs_hint(scope: Scope, node: nodes.Expression) -> bool:
    if isinstance(node, nodes.Name):
        names = scope.names
        known = (names.facts, names.definitions, names.delegated)
        return not any(node.text in group for group in known)
    if isinstance(node, nodes.If):
        return _needs_hint(scope, node.then) and _needs_hint(scope, node.otherwise)
    return isinstance(node, nodes.Number | nodes.Lookup | nodes.Negative)


def _comparable(
    scope: Scope, sign: str, left: e.Expression, right: e.Expression
) -> bool:
    if wants_condition(scope, left) or wants_condition(scope, right):
        return False
    cells = list(right.cells.values()) if isinstance(right, e.Lookup) else []
    wrong = [cell for cell in cells if cell is not None and clash(scope, left, cell)]
    if wrong or clash(scope, left, right):
        return False
    kind = left.type
    if isinstance(kind, ListType):
        values: dict[str, Fill] = {
            "function": sign,
            "needs": Text("a single value", "một giá trị"),
            "found": quoted(left.span),
            "type": describe(kind),
        }
        advice = one_of_list(left)
        scope.complain(codes.WRONG_ARGUMENT, left.span, values, advice=advice)
        return False
    if isinstance(kind, EnumType) and sign in _ORDERING and not kind.enum.ordered:
        values = {"type": kind.enum.name, "operator": sign}
        advice = Help(_EQUAL_OR_ORDERED, {"type": kind.enum.name})
        span = left.span.to(right.span)
        scope.complain(codes.NOT_ORDERED, span, values, advice=advice)
        return False
    return True


def _number(value: Value) -> Exact | None:
    if isinstance(value, Share):
        return value.value
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return value
    return None


def _out_of_reach(
    scope: Scope, sign: str, left: e.Expression, right: e.Expression
) -> bool:
    """Complain of a share above 100% asked of a fact that may not exceed it."""
    if isinstance(left, e.Constant) and not isinstance(right, e.Constant):
        return _out_of_reach(scope, MIRRORED[sign], right, left)
    if sign not in (">=", ">", "=") or not isinstance(left, e.FactValue):
        return False
    if not isinstance(left.type, ShareType) or left.fact.may_exceed:
        return False
    cells = list(right.cells.values()) if isinstance(right, e.Lookup) else [right]
    found = False
    for cell in cells:
        value = _number(cell.value) if isinstance(cell, e.Constant) else None
        if value is not None and (value > 1 or (value == 1 and sign == ">")):
            found = True
            assert cell is not None
            scope.complain(
                codes.OUT_OF_REACH,
                cell.span,
                {"threshold": f"{sign} {cell.span.text}", "name": quoted(left.span)},
                notes=(Note(_DECLARED_HERE, left.fact.span),),
                advice=Help(_UP_TO_100),
            )
    return found


def _check_always(
    scope: Scope, node: nodes.Comparison, left: e.Expression, right: e.Expression
) -> None:
    """Warn of a comparison that no fact can change."""
    verdict = _always(node.operator, left, right)
    if verdict is not None:
        always = ALWAYS if verdict is Verdict.MET else NEVER
        values: dict[str, Fill] = {"always": always, "case": ""}
        advice = Help(_SIGN_OR_FIGURE)
        scope.complain(codes.ALWAYS_SAME, node.span, values, advice=advice)


def _always(sign: str, left: e.Expression, right: e.Expression) -> Verdict | None:
    if isinstance(left, e.Constant) and not isinstance(right, e.Constant):
        return _always(MIRRORED[sign], right, left)
    if not isinstance(right, e.Constant) or isinstance(left.type, Condition):
        return None
    threshold = _number(right.value)
    if threshold is None:
        return None
    test = COMPARISONS[sign]
    if isinstance(left, e.Constant):
        constant = _number(left.value)
        outcomes = set() if constant is None else {test(constant, threshold)}
    else:
        outcomes = _outcomes(test, left, threshold)
    if len(outcomes) != 1:
        return None
    return Verdict.MET if True in outcomes else Verdict.NOT_MET


def _outcomes(
    test: Callable[[Exact, Exact], bool], left: e.Expression, threshold: Exact
) -> set[bool]:
    """Try what a fact can be: 0, the threshold, its neighbours, and the most."""
    if not isinstance(left, e.FactValue):
        return {True, False}
    least: Exact = 0
    kind = left.type
    if isinstance(kind, ShareType):
        step: Exact = Fraction(1, 1_000_000)
        most: Exact | None = None if left.fact.may_exceed else 1
    elif isinstance(kind, CountType):
        step, most = 1, None
    else:
        return {True, False}
    tried = [least, threshold, threshold - step, threshold + step]
    tried += [most] if most is not None else [threshold + 2]
    return {
        test(value, threshold)
        for value in tried
        if value >= least and (most is None or value <= most)
    }
