"""
The words of the language in English and in Vietnamese: one table, used in both ways.

A file is in one of the two (language.md section 11), told by its first word.  The
grammar knows the English words; whatever reads or writes Vietnamese goes through here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from ntmrules.text import Language


_TABLE = """
ruleset: bộ tiêu chí
vocabulary: từ vựng
name: tên
for: cấp
extends: mở rộng
tightens: siết chặt
grants: công nhận
revokes: thu hồi
when: khi
basis: căn cứ
dated: ngày
by: theo
by: của
in force: hiệu/lực
from: từ
to: đến
to: cho
status: trạng thái
note: ghi chú
passes when: đạt/khi
applies when: áp dụng/khi
unverified: chưa kiểm chứng
require: yêu cầu
attested: xác nhận
use: sử dụng
define: định nghĩa
expect: mong đợi
precondition: điều kiện
criterion: tiêu chí
indicator: chỉ tiêu
set: đặt
replace: thay thế
remove: bỏ
delegated: giao
unit: đơn vị đo
level: cấp đơn vị
within: thuộc
title: danh hiệu
above: cao hơn
enum: danh mục
ordered enum: danh mục/có thứ tự
fact: số liệu
on: ở
sums up: cộng/dồn
may exceed: được/vượt
boolean: đúng sai
number: số
date: ngày tháng
year: năm
count: số lượng
share: tỷ lệ
amount: mức
list: danh sách
of: trong
if: nếu
then: thì
else: nếu không thì
or: hoặc
and: và
and: đến
not: không
between: trong khoảng
all: tất cả
no: không có
any: bất kỳ
at least: ít/nhất
at most: nhiều/nhất
exactly: đúng
hold: đạt danh hiệu
holds: đạt danh hiệu
meet: đáp ứng
have: có
if none met: nếu/không có/thì đạt
if none not met: nếu/không có/thì không/đạt
if none not applicable: nếu/không có/thì không/áp dụng
criteria: các tiêu chí
except: trừ
where: mà
years: các năm
at: tại
granted: năm công nhận
threshold: ngưỡng
abs: trị tuyệt đối
rounded: làm tròn
ratio: tỷ số
sum: tổng
average: trung bình
min: nhỏ nhất
max: lớn nhất
over: trên
weighted: gia quyền
otherwise: còn lại
thousand: nghìn
million: triệu
billion: tỷ
"""


class Keyword(NamedTuple):
    """
    One or more words of the language that stand together.

    Attributes:
        english: The words of the grammar.
        vietnamese: What is written for each of them, a word or several.
    """

    english: tuple[str, ...]
    vietnamese: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole in Vietnamese."""
        return " ".join(self.vietnamese)


KEYWORDS = tuple(
    Keyword(tuple(english.split()), tuple(vietnamese.split("/")))
    for english, _, vietnamese in (
        line.partition(": ") for line in _TABLE.strip().split("\n")
    )
)
"""The one table, in the order of docs/language/keywords.md."""

ENGLISH = frozenset(word for keyword in KEYWORDS for word in keyword.english)
"""The English words; none of them may be a name, in files of either language."""

HEADS = ("ruleset", "vocabulary")
"""The words with which a file begins, in English."""

ALIKE = MappingProxyType(
    {
        text: tuple(keyword for keyword in KEYWORDS if keyword.text == text)
        for text in dict.fromkeys(keyword.text for keyword in KEYWORDS)
    }
)
"""The keywords of each Vietnamese text: one, or two that their place tells apart."""


def spellings(word: str) -> tuple[str, ...]:
    """Give the Vietnamese of one English word that may stand alone, the usual first."""
    return _ALONE.get(word, ())


_ALONE = MappingProxyType(
    {
        word: tuple(k.text for k in KEYWORDS if k.english == (word,))
        for word in sorted(ENGLISH)
    }
)


class Context:
    """
    What stood before a word, as far as its spelling depends on it.

    It is told each word, bracket and sign in turn: English words as they are, a text
    in quotes as ``"``.
    """

    def __init__(self) -> None:
        self._open = [""]

    def take(self, item: str) -> None:
        """Go on behind *item*."""
        stack = self._open
        if item in _OPEN:
            stack.append("")
        elif item in _CLOSE:
            if len(stack) > 1:
                stack.pop()
        elif item in _OPENING:
            stack[-1] = item
        elif stack[-1] and self._ends(stack[-1], item):
            stack[-1] = ""

    @staticmethod
    def _ends(opened: str, item: str) -> bool:
        """Tell whether what was waited for is there, or will not come."""
        if _OPENING[opened] == "by":
            return item not in _BEFORE_BY and not item[:1].isdigit()
        return item == _OPENING[opened] or item in _ENDING

    def spelling(self, word: str, following: str = "") -> str:
        """Give the Vietnamese of an English word before *following*."""
        usual, *others = _ALONE.get(word) or (word,)
        if not others:
            return usual
        is_text = word == "by" and following[:1] == '"'
        return others[0] if is_text or _OPENING.get(self._open[-1]) == word else usual


_OPEN, _CLOSE = frozenset("({"), frozenset(")}")
# After the first, the second is spelt otherwise than usual: `between … and`.
_OPENING = MappingProxyType(
    {"between": "and", "delegated": "to", "basis": "by", "attested": "by"}
)
_BEFORE_BY = frozenset({'"', "dated", "…"})
# What begins anew: no `and` or `to` of before is waited for.
_ENDING = frozenset(
    "name for basis note status require unverified attested passes applies use define"
    " expect precondition set replace remove unit level title enum ordered fact"
    " grants revokes extends tightens in from".split()
)


def spelled(items: Sequence[str]) -> list[str]:
    """
    Write words of a file in Vietnamese.

    Args:
        items: English words, brackets and signs in their order, a text in quotes as
            ``"``; what is no word of the language stays as it is.

    Returns:
        list[str]: What to write for each.
    """
    context, found = Context(), list(items)
    at = 0
    while at < len(items):
        keyword = keyword_at(items, at)
        if keyword is not None:
            found[at : at + len(keyword.english)] = keyword.vietnamese
        elif items[at] in ENGLISH:
            following = items[at + 1] if at + 1 < len(items) else ""
            found[at] = context.spelling(items[at], following)
        for item in items[at : at + (len(keyword.english) if keyword else 1)]:
            context.take(item)
            at += 1
    return found


_SEVERAL = tuple(
    sorted(
        (keyword for keyword in KEYWORDS if len(keyword.english) > 1),
        key=lambda keyword: -len(keyword.english),
    )
)
_SEVERAL_BEGIN = frozenset(keyword.english[0] for keyword in _SEVERAL)


def keyword_at(items: Sequence[str], at: int) -> Keyword | None:
    """Find the keyword of several English words that begins at an item."""
    if items[at] not in _SEVERAL_BEGIN:
        return None
    for keyword in _SEVERAL:
        words = keyword.english
        if tuple(items[at : at + len(words)]) == words:
            return keyword
    return None


# ── Which language a text is in ─────────────────────────────────────────────────────

_START = re.compile(
    r"\ufeff?(?:\s|\#[^\r\n]*)*+(?P<words>[^\W\d_]\w*+(?:[^\S\r\n]++[^\W\d_]\w*+)*+)"
    r"(?P<after>.?)"
)
_MOST_WORDS = max(len(text.split()) for text in ALIKE)


@lru_cache(maxsize=8)  # every diagnostic asks
def language_of(text: str) -> Language:
    """
    Tell in which language the keywords of a file are: that of its first word.

    A misspelt ``bộ tiêu chí`` or ``từ vựng`` counts as Vietnamese.

    Args:
        text: The file, in Unicode NFC.
    """
    match = _START.match(text)
    if match is None:
        return Language.EN
    words = match["words"].split(maxsplit=_MOST_WORDS)[:_MOST_WORDS]
    if words[0] in ENGLISH:
        return Language.EN
    begins = {" ".join(words[:count]).lower() for count in range(1, len(words) + 1)}
    if {_plain(text) for text in begins} & _PLAIN_HEADS:
        return Language.VI
    # `tên: …` begins a file of facts.
    is_key = match["after"] == ":"
    return Language.VI if begins & ALIKE.keys() and not is_key else Language.EN


def _plain(text: str) -> str:
    """Write a text without tone marks, in which `i` is `y`, and `tr` is `ch`."""
    letters = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    kept = "".join(c for c in letters if not unicodedata.combining(c))
    return kept.replace("y", "i").replace("tr", "ch")


_PLAIN_HEADS = frozenset(_plain(spellings(word)[0]) for word in HEADS)

_HEAD = re.compile(
    r"\ufeff?(?:\s|\#[^\r\n]*)*+(?:(?P<en>{english})|(?P<vi>{vietnamese}))"
    r"\s++(?P<id>[^\s\#\"]++)".format(
        english="|".join(HEADS),
        vietnamese="|".join(spellings(word)[0].replace(" ", r"\s+") for word in HEADS),
    )
)


def head_of(text: str) -> tuple[str, str] | None:
    """
    Give ``ruleset`` or ``vocabulary`` and the id with which a text begins.

    The text is taken as it lies on disk; what follows the head is not looked at.
    """
    match = _HEAD.match(text)
    if match is None:
        match = _HEAD.match(unicodedata.normalize("NFC", text))
    if match is None:
        return None
    if match["en"]:
        return match["en"], match["id"]
    (keyword,) = ALIKE[" ".join(match["vi"].split())]
    return keyword.english[0], match["id"]


# ── Sentences that name words of the language ───────────────────────────────────────

_QUOTED = re.compile(r"`([^`\n]+)`")
_PIECE = re.compile(r"\"[^\"]*+\"?|\w++(?:[-.]\w++)*+|\s++|.", re.DOTALL)


def translated(text: str) -> str:
    """Write a piece of a file with Vietnamese keywords; it may have gaps (``…``)."""
    pieces = _PIECE.findall(text)
    solid = [at for at, piece in enumerate(pieces) if not piece.isspace()]
    words = [pieces[at] for at in solid]
    for at, word in zip(solid, _spelled_parts(words), strict=True):
        pieces[at] = word
    return "".join(pieces)


def as_in(file: str, text: str) -> str:
    """Write a piece of English with the keywords of the text *file*."""
    return translated(text) if language_of(file) is Language.VI else text


def _spelled_parts(words: list[str]) -> list[str]:
    found = spelled(words)
    for at, pair in enumerate(pairwise(words)):
        if pair == ("if", "none") and found[at + 1] == "none":
            found[at : at + 2] = "nếu", "không có thì"
    return found


def translate_quoted(sentence: str, kept: Iterable[str] = ()) -> str:
    """
    Write the words of the language in back-quotes as a Vietnamese file has them.

    Args:
        sentence: What is said of such a file.
        kept: Pieces that are the author's own and stay.
    """
    own = frozenset(kept)

    def write(match: re.Match[str]) -> str:
        return match[0] if match[1] in own else f"`{translated(match[1])}`"

    return _QUOTED.sub(write, sentence)
