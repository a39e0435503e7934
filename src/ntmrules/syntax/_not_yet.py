"""What is foreseen in language.md section 11 and not read by this version."""

from __future__ import annotations

from types import MappingProxyType

from ntmrules.diagnostics import Diagnostic, Help, codes
from ntmrules.source import Span
from ntmrules.text import Text


ENGLISH = MappingProxyType(
    {("bộ", "tiêu", "chí"): "ruleset", ("từ", "vựng"): "vocabulary"}
)
"""First words of a file with Vietnamese keywords (language.md section 11)."""


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
