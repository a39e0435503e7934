"""
Numbers as they stand in a rule, and those that could be read in two ways.

Source: language.md section 3.
"""

from __future__ import annotations

import re

from ntmrules.checker._scope import Scope
from ntmrules.diagnostics import Help, codes
from ntmrules.exact import Exact, read_number
from ntmrules.syntax import nodes
from ntmrules.text import Text


# `1.000` in a Vietnamese text is a thousand; here it would be one.
_GROUPED_ONCE = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)
_EITHER = Text(
    "write `{grouped}` if thousands are meant, `{decimal}` if decimals are",
    "hãy ghi `{grouped}` nếu là hàng nghìn, `{decimal}` nếu là số thập phân",
)


def figure(scope: Scope, node: nodes.Number) -> Exact | None:
    """Read a number, and refuse one that may have been meant as thousands."""
    text = node.text
    if _GROUPED_ONCE.fullmatch(text):
        shorter = text.rstrip("0").rstrip(".")
        decimal = shorter if shorter != text else f"{text}0"
        advice = Help(_EITHER, {"grouped": text.replace(".", "_"), "decimal": decimal})
        scope.complain(codes.ONE_OR_THOUSAND, node.span, {"text": text}, advice=advice)
    return read_number(text)
