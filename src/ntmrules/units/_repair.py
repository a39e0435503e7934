"""What a value that cannot be read was perhaps meant to be."""

from __future__ import annotations

import enum
import re

from ntmrules._yaml import Scalar
from ntmrules.diagnostics import Edit, Help
from ntmrules.text import Text
from ntmrules.units._complaints import both, write, written


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
    "là {value} phần trăm, hay là tỷ lệ {value} trên 1?",
)
_BARE_HELP = Text("write `{percent}` or `n/d`", "hãy ghi `{percent}` hoặc `n/d`")
_EITHER = Text(
    "write `{grouped}` if the comma groups digits, `{decimal}` if it marks decimals",
    "hãy ghi `{grouped}` nếu dấu phẩy tách nhóm, `{decimal}` nếu là dấu thập phân",
)

_RUN = re.compile(r"\d[\d.,]*\d", re.ASCII)
_EXPONENTIAL = re.compile(r"[+-]?\d+(\.\d+)?[eE][+-]?\d+", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+", re.ASCII)
_GROUP = re.compile(r"\d{1,3},\d{3}", re.ASCII)
_PLAIN = re.compile(r"[+-]?\d+(?:_\d+)*(?:\.\d+)?", re.ASCII)
_LOST = frozenset({"nan", "snan", "inf", "-inf", "+inf", "infinity", "-infinity"})


def advise(scalar: Scalar, wanted: Wanted, reason: Text) -> tuple[Text, Help | None]:
    """Explain why a text is not what is wanted; *reason* if nothing better is found."""
    text = written(scalar).strip()
    if len(text) > 200:
        return reason, None
    if text.casefold() in _LOST:
        return _NOT_FINITE, None
    if _EXPONENTIAL.fullmatch(text):
        return _EXPONENT, None
    if "," in text and _RUN.search(text):
        return _COMMA, _without_comma(scalar, text, wanted)
    if wanted is Wanted.COUNT and _GROUPED.fullmatch(text):
        return _POINTS, put(scalar, text.replace(".", ""))
    if text.count(".") > 1 and _GROUPED.fullmatch(text.rstrip("% ")):
        return _GROUPS, put(scalar, text.replace(".", ""))
    if wanted in {Wanted.SHARE, Wanted.PERCENT} and _PLAIN.fullmatch(text):
        return bare_share(scalar)
    return reason, None


def bare_share(scalar: Scalar) -> tuple[Text, Help]:
    """Ask what a number without ``%`` means."""
    text = written(scalar).strip()
    if not _PLAIN.fullmatch(text):
        reason = _NOT_FINITE if text.casefold() in _LOST else A_SHARE
        return reason, Help(_BARE_HELP, {"percent": "p%"})
    advice = Help(_BARE_HELP, {"percent": f"{text}%"})
    return both(_BARE, value=text), advice


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
