"""What can be wrong with a token, and the text that mends it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from types import MappingProxyType

from ntmrules.diagnostics import Diagnostic, Edit, Help, codes
from ntmrules.exact import MAX_DIGITS
from ntmrules.keywords import ALIKE, ENGLISH, spellings
from ntmrules.source import Span
from ntmrules.syntax._limits import MAX_DEPTH, MAX_TOKENS
from ntmrules.text import Text


SLIPS = MappingProxyType({"==": "=", "=<": "<=", "=>": ">=", "<>": "!="})
"""Comparisons of other languages, and ours."""

# What other languages and other keyboards have, and what is written here.
_OURS = MappingProxyType(
    {
        "&": "and",
        "&&": "and",
        "!": "not",
        "≧": ">=",
        "≦": "<=",
        "⩾": ">=",
        "⩽": "<=",
    }
)
_HELP_FOR = MappingProxyType(
    {
        "[": Text("write `(` or `{`", "viết `(` hoặc `{`"),
        "]": Text("write `)` or `}`", "viết `)` hoặc `}`"),
    }
)
_WRITE = Text("write `{text}`", "viết `{text}`")
_SHOWN = 20


def write(span: Span, text: str) -> Help:
    """Propose *text* in place of what stands there."""
    return Help(_WRITE, {"text": text}, Edit(span, text))


def unknown(span: Span) -> Diagnostic:
    """Report characters that begin no token."""
    text = _printable(span.text)
    return Diagnostic(
        codes.UNKNOWN_CHARACTER, span, {"text": text}, help=_help_for(span)
    )


def _help_for(span: Span) -> Help | None:
    if span.text in _OURS:
        return write(span, _OURS[span.text])
    if span.text in _HELP_FOR:
        return Help(_HELP_FOR[span.text])
    if span.text == ";":
        remove = Text(
            "remove it: nothing ends a line", "bỏ đi: cuối dòng không cần dấu"
        )
        return Help(remove, edit=Edit(span, ""))
    return None


def _printable(text: str) -> str:
    shown = "".join(c if _is_visible(c) else f"U+{ord(c):04X}" for c in text[:_SHOWN])
    return shown + "…" if len(text) > _SHOWN else shown


def _is_visible(character: str) -> bool:
    """Tell whether a character can stand between back-quotes by itself."""
    return (
        character.isprintable()
        and not unicodedata.combining(character)
        and character != "`"
    )


def look_alike(sign: str) -> Callable[[Span], Diagnostic]:
    """Report a sign that only looks like *sign*."""

    def report(span: Span) -> Diagnostic:
        return Diagnostic(
            codes.UNKNOWN_CHARACTER, span, {"text": span.text}, help=write(span, sign)
        )

    return report


def curly_quotes(span: Span) -> Diagnostic:
    """Report a text in other quotes than ``"``."""
    return Diagnostic(
        codes.UNKNOWN_CHARACTER,
        Span(span.file, span.start, span.start + 1),
        {"text": span.text[0]},
        help=write(span, f'"{span.text[1:-1]}"'),
    )


def unterminated(span: Span) -> Diagnostic:
    """Report a text that does not end on its line."""
    end = span.start + len(span.text.rstrip())
    return Diagnostic(
        codes.UNTERMINATED_STRING,
        span,
        help=Help(
            Text(
                'close it with `"` on the same line',
                'đóng bằng `"` trên cùng một dòng',
            ),
            edit=Edit(Span(span.file, end, end), '"'),
        ),
    )


def slip(span: Span) -> Diagnostic:
    """Report ``==`` and its like."""
    sign = SLIPS[span.text]
    code = codes.DOUBLE_EQUALS if span.text == "==" else codes.UNKNOWN_CHARACTER
    values = {} if span.text == "==" else {"text": span.text}
    return Diagnostic(code, span, values, help=write(span, sign))


def with_point(text: str) -> str:
    """Write a number that has commas as the language writes it."""
    if text.count(",") == 1 and "." not in text.partition(",")[2]:
        return text.replace(".", "_").replace(",", ".")
    return text.replace(",", "_")


def decimal_comma(span: Span) -> Diagnostic:
    """Report ``93,5``; where labels are listed it lacks a space instead."""
    rest = span.file.text[span.end : span.end + _NEAR].lstrip(" \t")
    end = span.end
    mended = with_point(span.text)
    if rest.startswith("%"):
        end = span.file.text.index("%", span.end) + 1
        mended += "%"
    return Diagnostic(
        codes.DECIMAL_COMMA,
        span,
        {"text": span.text},
        help=Help(
            Text(
                "write `{mended}`, or `{list}` if these are several labels",
                "viết `{mended}`, hoặc `{list}` nếu đây là nhiều số hiệu",
            )
            if end == span.end and "." not in span.text and not _is_unit(rest)
            else _WRITE_MENDED,
            {"mended": mended, "list": span.text.replace(",", ", ")},
            Edit(Span(span.file, span.start, end), mended),
        ),
    )


def _is_unit(rest: str) -> bool:
    """Tell whether what follows a number on its line is its unit: it is no label."""
    word = _LETTERS.match(rest)
    if word is None:
        return False
    scales = {"thousand", "million", "billion"}
    known = {*scales, *(text for scale in scales for text in spellings(scale))}
    starts = {text.split()[0] for text in ALIKE} | ENGLISH
    return word[0] in known or word[0] not in starts


_NEAR = 40
_LETTERS = re.compile(r"[^\W\d_]\w*")
_WRITE_MENDED = Text("write `{mended}`", "viết `{mended}`")


def apart(text: str) -> tuple[str, str]:
    """Cut a number from the letters that follow it without a space."""
    rest = text.lstrip("0123456789_")
    return text[: len(text) - len(rest)].rstrip("_"), rest


def glued(span: Span) -> Diagnostic:
    """Report a number with letters, or ``1__000``."""
    mended = " ".join(apart(span.text)).rstrip()
    help_ = write(span, mended) if len(span.text) <= _SHOWN else None
    return Diagnostic(
        codes.UNKNOWN_CHARACTER, span, {"text": _printable(span.text)}, help=help_
    )


def number_too_long(span: Span) -> Diagnostic:
    """Report a number beyond `MAX_DIGITS`."""
    return Diagnostic(
        codes.NUMBER_TOO_LONG,
        span,
        {"digits": span.end - span.start, "limit": MAX_DIGITS},
    )


def bad_date(span: Span) -> Diagnostic:
    """Report a date that is in no calendar, or not of the form 2021-01-05."""
    year, month, day = span.text.split("-")
    full = f"{year}-{month:0>2}-{day:0>2}"
    help_ = write(span, full) if full != span.text else None
    return Diagnostic(codes.BAD_DATE, span, {"text": span.text}, help=help_)


def too_deep(span: Span) -> Diagnostic:
    """Report what is nested beyond `MAX_DEPTH`."""
    return Diagnostic(
        codes.TOO_DEEP,
        span,
        {"limit": MAX_DEPTH},
        help=Help(
            Text(
                "name a part of it with `define`",
                "đặt tên cho một phần bằng `define`",
            )
        ),
    )


def too_many_tokens(span: Span) -> Diagnostic:
    """Report that the text goes on beyond `MAX_TOKENS`."""
    return Diagnostic(codes.TOO_MANY_TOKENS, span, {"limit": MAX_TOKENS})
