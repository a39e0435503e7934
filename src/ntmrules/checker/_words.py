"""Types and kinds of names in words, and texts quoted from the source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import assert_never

from ntmrules.model.types import (
    AmountType,
    Condition,
    CountType,
    DateType,
    EnumType,
    ListType,
    NumberType,
    ShareType,
    Type,
    YearType,
)
from ntmrules.model.words import plural_of, unit_of
from ntmrules.source import Span
from ntmrules.text import Language, Text


_LONGEST = 60

KINDS: Mapping[str, Text] = MappingProxyType(
    {
        "fact": Text("fact", "số liệu"),
        "level": Text("level", "cấp"),
        "title": Text("title", "danh hiệu"),
        "unit": Text("unit of measurement", "đơn vị đo"),
        "noun": Text("unit or level", "đơn vị đếm hay cấp"),
        "type": Text("type", "kiểu"),
        "axis": Text("axis", "trục"),
        "name": Text("name", "tên"),
        "status": Text("status", "trạng thái"),
        "language": Text("language", "ngôn ngữ"),
        "ruleset": Text("ruleset", "bộ tiêu chí"),
        "vocabulary": Text("vocabulary", "từ vựng"),
        "criterion": Text("criterion", "tiêu chí"),
        "indicator": Text("indicator", "chỉ tiêu"),
        "precondition": Text("precondition", "điều kiện"),
    }
)


def describe(kind: Type) -> Text:
    """Say what a type is, with its article."""
    match kind:
        case Condition():
            return Text("a condition", "một điều kiện")
        case NumberType():
            return Text("a number", "một số")
        case CountType():
            noun = plural_of(kind.noun)
            return Text(f"a count of {noun.en}", f"số lượng {noun.vi}")
        case ShareType():
            return Text("a share", "một tỷ lệ")
        case AmountType():
            unit = unit_of(kind.measure)
            return Text(f"an amount in {unit.en}", f"một lượng tính bằng {unit.vi}")
        case DateType():
            return Text("a date", "một ngày")
        case YearType():
            return Text("a year", "một năm")
        case EnumType():
            name = kind.enum.name
            return Text(f"a case of `{name}`", f"một trường hợp của `{name}`")
        case ListType():
            item = describe(kind.item)
            return Text(
                f"a list, each item {item.fill(Language.EN, {})}",
                f"một danh sách, mỗi mục là {item.fill(Language.VI, {})}",
            )
        case _:
            assert_never(kind)


def short(text: str) -> str:
    """Shorten a name or a text that is too long for a sentence."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def quoted(span: Span) -> str:
    """Quote the author's words on one line, shortened."""
    return f"`{short(' '.join(span.text.split()))}`"


def case_kind(enum: str) -> Text:
    """Name the cases of an enum, before the name of one."""
    return Text(f"`{enum}` case", f"trường hợp `{enum}` nào là")


def either(names: Sequence[str]) -> Text:
    """Name several things of which one is to be chosen."""
    *others, last = (f"`{name}`" for name in names)
    if not others:
        return Text(last, last)
    before = ", ".join(others)
    return Text(f"{before} or {last}", f"{before} hoặc {last}")


def listed(names: Iterable[str]) -> str:
    """Name several things."""
    return ", ".join(f"`{name}`" for name in names)
