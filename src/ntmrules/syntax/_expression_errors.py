"""What can be wrong with an expression that has a form."""

from __future__ import annotations

from collections.abc import Callable

from ntmrules.diagnostics import Diagnostic, Edit, Help, codes
from ntmrules.source import Span
from ntmrules.syntax import nodes
from ntmrules.text import Text


_LONGEST = 120
_WHAT_BELONGS = Text(
    "put parentheses around what belongs together",
    "đặt ngoặc đơn quanh những phần đi với nhau",
)
_TWO_WAYS = Text(
    "put parentheses: `{first}` or `{second}`",
    "đặt ngoặc đơn: `{first}` hoặc `{second}`",
)
_IsBare = Callable[[nodes.Expression], bool]
"""Tells whether an expression stands without parentheses of its own."""


def mixed_and_or(node: nodes.Or, is_bare: _IsBare) -> Diagnostic:
    """Report ``a and b or c``, with the two ways to put parentheses."""
    return Diagnostic(codes.MIXED_AND_OR, node.span, help=_readings(node, is_bare))


def _readings(node: nodes.Or, is_bare: _IsBare) -> Help:
    place, both = next(
        (i, operand)
        for i, operand in enumerate(node.operands)
        if isinstance(operand, nodes.And) and is_bare(operand)
    )
    if place + 1 < len(node.operands):
        inner = both.operands[-1], node.operands[place + 1]
    else:
        inner = node.operands[place - 1], both.operands[0]
    text = node.span.text
    if len(text) > _LONGEST or "#" in text or not all(map(is_bare, inner)):
        return Help(_WHAT_BELONGS)
    return Help(
        _TWO_WAYS,
        {
            "first": _grouped(node.span, both.span),
            "second": _grouped(node.span, inner[0].span.to(inner[1].span)),
        },
    )


def end_of_have(
    whole: nodes.And | nodes.Or,
    open_: nodes.Quantified,
    following: nodes.Expression,
    is_bare: _IsBare,
) -> Diagnostic:
    """Report ``all communes have a and b``, with the two ways to put parentheses."""
    assert isinstance(open_.predicate, nodes.Have)
    inside = open_.predicate.condition.span.to(following.span)
    shown = open_.span.to(following.span)
    text = shown.text
    if len(text) > _LONGEST or "#" in text or not is_bare(following):
        advice = Help(_WHAT_BELONGS)
    else:
        ways = {"first": _grouped(shown, open_.span), "second": _grouped(shown, inside)}
        advice = Help(_TWO_WAYS, ways)
    return Diagnostic(codes.END_OF_HAVE, whole.span, help=advice)


def _grouped(whole: Span, part: Span) -> str:
    text = whole.file.text
    before, after = text[whole.start : part.start], text[part.end : whole.end]
    return " ".join(f"{before}({part.text}){after}".split())


def chained_comparison(chain: nodes.And) -> Diagnostic:
    """Report ``1% < poor < 3%``, with ``between`` where that is meant."""
    return Diagnostic(codes.CHAINED_COMPARISON, chain.span, help=_between(chain))


def _between(chain: nodes.And) -> Help:
    first, last = chain.operands[0], chain.operands[-1]
    assert isinstance(first, nodes.Comparison)
    assert isinstance(last, nodes.Comparison)
    signs = first.operator[0] + last.operator[0]
    if len(chain.operands) != 2 or signs not in {"<<", ">>"}:
        return Help(
            Text(
                "compare two at a time and join them with `and`",
                "so sánh từng cặp và nối bằng `and`",
            )
        )
    low, high = first.left.span.text, last.right.span.text
    if signs == ">>":
        low, high = high, low
    text = f"{first.right.span.text} between {low} and {high}"
    if first.operator == last.operator and len(first.operator) == 2:
        return _write(chain.span, text)
    return Help(
        Text(
            "write `{text}`, where both ends count, or join two comparisons with `and`",
            "viết `{text}` (tính cả hai đầu), hoặc nối hai phép so sánh bằng `and`",
        ),
        {"text": text},
    )


def _write(span: Span, text: str) -> Help:
    return Help(
        Text("write `{text}`", "viết `{text}`"), {"text": text}, Edit(span, text)
    )
