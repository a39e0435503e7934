"""What could stand in a place, in plain words."""

from __future__ import annotations

from collections.abc import Iterable

from ntmrules.syntax._standstill import Standstill
from ntmrules.syntax._starts import CLAUSES, DECLARATIONS
from ntmrules.syntax._tokens import END
from ntmrules.text import Text


_MOST = 4
_OPERATORS = frozenset("PLUS MINUS STAR SLASH QMARK AT BETWEEN AND OR".split())
_BEGIN_VALUE = frozenset(
    "LPAR MINUS FIGURE DAY WORD YEAR GRANTED HOLDS CRITERION INDICATOR THRESHOLD SUM"
    " AVERAGE MIN MAX COUNT ABS ROUNDED RATIO BY".split()
)
_BEGIN_CONDITION = frozenset("IF NOT ALL NO ANY AT EXACTLY".split())

# Kinds that go together, and what they are called; the first that applies takes them.
_TOGETHER: tuple[tuple[frozenset[str], frozenset[str], Text], ...] = (
    (
        frozenset({"LPAR", "FIGURE", "WORD", "NOT"}),
        _BEGIN_VALUE | _BEGIN_CONDITION,
        Text("a condition or a value", "một điều kiện hoặc giá trị"),
    ),
    (
        frozenset({"LPAR", "FIGURE", "WORD"}),
        _BEGIN_VALUE | _BEGIN_CONDITION,
        Text("a value", "một giá trị"),
    ),
    (
        frozenset({"FIGURE", "WORD", "OTHERWISE"}),
        frozenset({"FIGURE", "WORD", "DAY", "YEAR", "MINUS", "OTHERWISE"}),
        Text("a value, `-` or `otherwise`", "một giá trị, `-` hoặc `otherwise`"),
    ),
    (
        frozenset({"FIGURE", "WORD", "DOTTED"}),
        frozenset({"FIGURE", "WORD", "DOTTED"}),
        Text("a label such as `14.1`", "một số hiệu như `14.1`"),
    ),
    (
        frozenset({"WORD", "PATH"}),
        frozenset({"WORD", "PATH"}),
        Text("an id such as `vn.commune.standard`", "một mã như `vn.commune.standard`"),
    ),
    (
        frozenset({"WORD", "PERCENT", "MILLION"}),
        frozenset({"WORD", "PERCENT", "THOUSAND", "MILLION", "BILLION"}),
        Text("a unit", "một đơn vị đo"),
    ),
    (frozenset({"WORD"}), frozenset({"WORD"}), Text("a name", "một tên")),
    (
        frozenset({"QUOTED"}),
        frozenset({"QUOTED"}),
        Text('a text in quotes `"…"`', 'một đoạn chữ trong ngoặc kép `"…"`'),
    ),
    (
        frozenset({"DAY"}),
        frozenset({"DAY"}),
        Text("a date such as `2021-01-05`", "một ngày như `2021-01-05`"),
    ),
    (frozenset({"FIGURE"}), frozenset({"FIGURE"}), Text("a number", "một số")),
    (
        frozenset({"SIGN", "EQUAL"}),
        frozenset({"SIGN", "EQUAL", "BETWEEN"}),
        Text("a comparison such as `>=`", "một phép so sánh như `>=`"),
    ),
)


def describe(here: Standstill) -> Text | None:
    """Say what fits in a place."""
    found: list[Text] = []
    left = set(here.machine.expected())
    for needed, taken, name in _TOGETHER:
        if needed <= left:
            left -= taken
            found.append(name)
    declarations = left & DECLARATIONS
    if len(declarations) > 1:
        left -= DECLARATIONS | CLAUSES
        found.append(Text("the next declaration", "khai báo tiếp theo"))
    if len(left & CLAUSES) > 2:
        left -= CLAUSES
        found.append(Text("a clause", "một mệnh đề"))
    if END in left:
        left.remove(END)
        if not found:
            found.append(Text("the end of the file", "hết tệp"))
    operators = _OPERATORS if "OR" in left else _OPERATORS - {"AND"}
    if found or left - operators:
        left -= operators
    quoted = {f"`{entry.text}`" for entry in here.fitting() if entry.kinds[0] in left}
    found += [Text(text, text) for text in sorted(quoted, key=_signs_first)]
    return _alternatives(found[:_MOST]) if found else None


def _signs_first(text: str) -> tuple[bool, str]:
    return text[1].isalpha(), text


def _alternatives(found: Iterable[Text]) -> Text:
    *others, last = found
    if not others:
        return last
    return Text(
        ", ".join(text.en for text in others) + f" or {last.en}",
        ", ".join(text.vi for text in others) + f" hoặc {last.vi}",
    )
