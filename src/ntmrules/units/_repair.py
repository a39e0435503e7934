"""What a value that cannot be read was perhaps meant to be."""

from __future__ import annotations

import enum
import re
import unicodedata

from ntmrules._yaml import Scalar
from ntmrules.diagnostics import Edit, Help
from ntmrules.exact import decimal_text, read_number
from ntmrules.text import Fill, Text
from ntmrules.units._complaints import both, write, written


_WIDE = 0xFEE0
"""How far wide signs lie from the usual ones."""

_MOST_CHARACTERS = 40
"""Longer numbers are not worked out for a message."""


class Wanted(enum.Enum):
    """What is wanted where a value cannot be read."""

    COUNT = "count"
    NUMBER = "number"
    AMOUNT = "amount"
    SHARE = "share"
    PERCENT = "percent"


A_SHARE = Text(
    "a share is written `n/d`, `p%`, or `n/d = p%`",
    "tỷ lệ viết là `n/d`, `p%`, hoặc `n/d = p%`",
)
_COMMA = Text(
    "it has a comma, and only a point marks decimals here",
    "có dấu phẩy, mà ở đây chỉ dấu chấm là dấu thập phân",
)
_POINTS = Text(
    "it is not whole: a point marks decimals here",
    "không phải số nguyên: ở đây dấu chấm là dấu thập phân",
)
_GROUPS = Text(
    "it has two points, and a point marks decimals here",
    "có hai dấu chấm, mà ở đây dấu chấm là dấu thập phân",
)
_EXPONENT = Text(
    "numbers are written out, without exponent", "số phải viết đầy đủ, không dùng mũ"
)
_NOT_FINITE = Text(
    "it is no number; what is missing is left out, or `null`",
    "không phải là số; chưa có số liệu thì bỏ trống hoặc ghi `null`",
)
_BARE = Text(
    "is it {value} percent, or the share {value} of 1?",
    "là `{value}` phần trăm, hay là tỷ lệ `{value}` trên 1?",
)
_BARE_HELP = Text("write `{percent}` or `n/d`", "hãy ghi `{percent}` hoặc `n/d`")
_BARE_PART = Text(
    "write `{part}` if {value} is a part of 1, `{percent}` if it is per cent, or `n/d`",
    "hãy ghi `{part}` nếu `{value}` là phần của 1, `{percent}` nếu là phần trăm, hoặc"
    " `n/d`",
)
_EITHER = Text(
    "write `{grouped}` if the comma groups digits, `{decimal}` if it marks decimals",
    "hãy ghi `{grouped}` nếu dấu phẩy tách nhóm, `{decimal}` nếu là dấu thập phân",
)

_RUN = re.compile(r"\d[\d.,]*\d", re.ASCII)
_EXPONENTIAL = re.compile(r"[+-]?\d+(\.\d+)?[eE][+-]?\d+", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+", re.ASCII)
_GROUP = re.compile(r"\d{1,3},\d{3}", re.ASCII)
_PLAIN = re.compile(r"[+-]?\d+(?:_\d+)*(?:\.\d+)?", re.ASCII)
_LOST = frozenset(
    {
        *("nan", "snan", "inf", "-inf", "+inf", "infinity", "-infinity"),
        *(".nan", ".inf", "-.inf", "+.inf"),
    }
)
_POINT_AT_END = re.compile(r"(\.\d+|\d+\.)(\s*%)?", re.ASCII)
_OTHER_DIGITS = Text(
    "its digits are not the usual 0 to 9",
    "chữ số không phải các số 0 đến 9 thông thường",
)
_NO_DIGIT = Text(
    "a digit stands on either side of a point", "hai bên dấu chấm phải có chữ số"
)


def advise(scalar: Scalar, wanted: Wanted, reason: Text) -> tuple[Text, Help | None]:
    """Explain why a text is not what is wanted; *reason* if nothing better is found."""
    text = written(scalar).strip()
    if len(text) > 200:
        return reason, None
    if text.casefold() in _LOST:
        return _NOT_FINITE, None
    if _EXPONENTIAL.fullmatch(text):
        return _EXPONENT, None
    usual = "".join(map(_usual, text))
    if usual != text and usual.isascii():
        return _OTHER_DIGITS, put(scalar, usual)
    if _POINT_AT_END.fullmatch(text):
        whole, _, decimals = text.partition(".")
        after = decimals if decimals[:1].isdigit() else f"0{decimals}"
        return _NO_DIGIT, put(scalar, f"{whole or '0'}.{after}")
    if "," in text and _RUN.search(text):
        return _COMMA, _without_comma(scalar, text, wanted)
    if wanted is Wanted.COUNT and _GROUPED.fullmatch(text):
        return _POINTS, put(scalar, text.replace(".", ""))
    if text.count(".") > 1 and _GROUPED.fullmatch(text.rstrip("% ")):
        return _GROUPS, put(scalar, text.replace(".", ""))
    if wanted in {Wanted.SHARE, Wanted.PERCENT} and _PLAIN.fullmatch(text):
        return bare_share(scalar)
    return reason, None


def _usual(sign: str) -> str:
    """Give the usual form of a wide sign, or of a digit of another writing."""
    if sign.isascii():
        return sign
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    return chr(ord(sign) - _WIDE) if _WIDE < ord(sign) - 0x20 < _WIDE + 0x5F else sign


def bare_share(scalar: Scalar) -> tuple[Text, Help]:
    """Ask what a number without ``%`` means."""
    text = written(scalar).strip()
    if not _PLAIN.fullmatch(text):
        reason = _NOT_FINITE if text.casefold() in _LOST else A_SHARE
        return reason, Help(_BARE_HELP, {"percent": "p%"})
    values: dict[str, Fill] = {"percent": f"{text}%", "value": text}
    number = read_number(text) if len(text) < _MOST_CHARACTERS else None
    if number is None or not 0 < number <= 1:
        return both(_BARE, value=text), Help(_BARE_HELP, values)
    values["part"] = f"{decimal_text(number * 100)}%"
    return both(_BARE, value=text), Help(_BARE_PART, values)


def _without_comma(scalar: Scalar, text: str, wanted: Wanted) -> Help:
    decimal = _RUN.sub(lambda found: _point(found[0]), text)
    if wanted in {Wanted.SHARE, Wanted.PERCENT} or not _GROUP.search(text):
        return put(scalar, decimal)
    grouped = text.replace(",", "")
    if wanted is Wanted.COUNT or "." in text or text.count(",") > 1:
        return put(scalar, grouped)
    return Help(_EITHER, {"grouped": grouped, "decimal": decimal})


def _point(number: str) -> str:
    """Turn ``1.234,5``, ``1.234`` and ``1,234,567`` into numbers as written here."""
    if "," not in number:
        return number.replace(".", "") if _GROUPED.fullmatch(number) else number
    if number.count(",") > 1:
        return number.replace(",", "")
    if number.find(",") < number.find("."):
        return number.replace(",", "")
    return number.replace(".", "").replace(",", ".")


def put(scalar: Scalar, text: str) -> Help:
    """Advise to write *text* in place of the value."""
    advice = write(text)
    if scalar.span is None:
        return advice
    edit = Edit(scalar.span, f'"{text}"' if scalar.quoted else text)
    return Help(advice.text, advice.values, edit)
