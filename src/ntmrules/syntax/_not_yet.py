"""What the language foresees and this version does not read (language.md section 9)."""

from __future__ import annotations

from types import MappingProxyType

from ntmrules.diagnostics import Diagnostic, Help, codes
from ntmrules.source import Span
from ntmrules.text import Text


_BUILDS_ON = Text(
    "write the rules of the other ruleset out in this file, changed where needed",
    "chép các quy định của bộ tiêu chí kia vào tệp này và sửa chỗ cần sửa",
)
_MEANWHILE = MappingProxyType(
    {
        "extends": _BUILDS_ON,
        "tightens": _BUILDS_ON,
        "set": Text("write `define` and the value", "viết `define` và giá trị tại chỗ"),
        "replace": Text(
            "write the ruleset out with the changed rule",
            "chép cả bộ tiêu chí với quy định đã sửa",
        ),
        "remove": Text(
            "write the ruleset out without that rule",
            "chép cả bộ tiêu chí, bỏ quy định đó",
        ),
        "delegated": Text(
            "declare a fact in the vocabulary, and give its value with each unit",
            "khai báo một số liệu trong từ vựng và ghi giá trị cho từng đơn vị",
        ),
    }
)
ENGLISH = MappingProxyType(
    {("bộ", "tiêu", "chí"): "ruleset", ("từ", "vựng"): "vocabulary"}
)
"""First words of a file with Vietnamese keywords (language.md section 11)."""


def not_yet(span: Span, construct: str) -> Diagnostic:
    """Report a construct of section 9, and what to write meanwhile."""
    help_ = Help(_MEANWHILE[construct])
    return Diagnostic(codes.NOT_YET, span, {"construct": construct}, help=help_)


def vietnamese_keywords(span: Span, english: str) -> Diagnostic:
    """Report a file that is written with Vietnamese keywords."""
    return Diagnostic(
        codes.NOT_YET,
        span,
        {"construct": span.text},
        help=Help(
            Text(
                "write `{english}`, and the other keywords in English",
                "viết `{english}`, và các từ khóa khác bằng tiếng Anh",
            ),
            {"english": english},
        ),
    )
