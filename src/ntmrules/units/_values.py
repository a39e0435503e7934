"""
The value of one fact, by its type.

Source: language.md section 3, engine.md section 2.
"""

from __future__ import annotations

import datetime
from typing import assert_never

from ntmrules._yaml import Node, Scalar, Sequence, Table
from ntmrules.exact import Share
from ntmrules.model.types import (
    AmountType,
    Condition,
    CountType,
    DateType,
    Enum,
    EnumType,
    Listed,
    ListType,
    NumberType,
    ShareType,
    Type,
    Value,
    YearType,
)
from ntmrules.model.types import Scalar as OneValue
from ntmrules.model.vocabulary import Fact, Vocabulary
from ntmrules.text import Text
from ntmrules.units._amounts import read_amount
from ntmrules.units._complaints import both, suggest, write, written
from ntmrules.units._numbers import (
    RefusedError,
    Stated,
    compare_stated,
    read_count,
    read_exact,
    read_share,
)
from ntmrules.units._repair import Wanted
from ntmrules.units._times import A_DATE, A_YEAR, advise_date, read_date, read_year


_ONE = Text("one value is wanted here", "ở đây cần một giá trị")
_SEVERAL = Text(
    "a list is wanted here, such as `[90%, 85%]`",
    "ở đây cần một danh sách, như `[90%, 85%]`",
)
_TRUTH = Text("it must be `true` or `false`", "phải là `true` hoặc `false`")
_UNQUOTED = Text(
    "it is text; a truth value stands without quotes",
    "đây là đoạn chữ; giá trị đúng/sai viết không có ngoặc kép",
)
_CASE = Text("it is no case of `{enum}`", "không phải trường hợp nào của `{enum}`")
_MUST_BE = Text("it must be {what}", "phải là {what}")

# Words for yes and no that people write, in both languages.
_YES = frozenset("true yes y on 1 có đạt đúng x".split())
_NO = frozenset({*"false no n off 0 không sai".split(), "chưa đạt", "không đạt"})


class ValueReader:
    """
    Reads the values of facts.

    Attributes:
        stated: The percentages, since it was emptied, that are not what their
            fractions come to.
        gaps: The lists, since it was emptied, that have an item without value.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._nouns = vocabulary.nouns
        self.stated: list[Stated] = []
        self.gaps: list[Node] = []

    def read(self, node: Node, fact: Fact) -> Value | None:
        """
        Read the value of *fact*; `None` for a list that counts as missing.

        Raises:
            RefusedError: The fact cannot have this value.
        """
        if isinstance(fact.type, ListType):
            return self._list(node, fact, fact.type)
        if not isinstance(node, Scalar):
            raise RefusedError(_ONE)
        return self._one(node, fact, fact.type)

    def state(self, share: Share, text: str) -> None:
        """Compare a share with a percentage stated for it."""
        stated = compare_stated(share, text)
        if stated is not None:
            self.stated.append(stated)

    def _one(self, scalar: Scalar, fact: Fact, kind: Type) -> OneValue:
        match kind:
            case ShareType():
                share, stated = read_share(
                    scalar, kind.noun, may_exceed=fact.may_exceed
                )
                if stated:
                    self.state(share, stated)
                return share
            case CountType():
                return read_count(scalar)
            case AmountType():
                return read_amount(scalar, kind.measure, self._nouns)
            case Condition():
                return _read_truth(scalar)
            case EnumType():
                return _read_case(scalar, kind.enum)
            case NumberType():
                return read_exact(scalar, Wanted.NUMBER)
            case DateType():
                return _read_day(scalar)
            case YearType():
                return _read_year(scalar)
            case ListType():
                raise AssertionError("the vocabulary has no lists of lists")
            case _:
                assert_never(kind)

    def _list(self, node: Node, fact: Fact, kind: ListType) -> Listed | None:
        items: list[tuple[str, Node]]
        match node:
            case Sequence():
                items = [("", item) for item in node.items]
            case Table():
                items = list(node.entries.items())
            case Scalar() if isinstance(node.value, tuple):
                items = [("", Scalar(item)) for item in node.value]
            case _:
                raise RefusedError(_SEVERAL)
        listed = []
        for label, item in items:
            if not isinstance(item, Scalar):
                raise RefusedError(_ONE, node=item)
            if item.absent:
                self.gaps.append(item)
                continue
            try:
                listed.append((label, self._one(item, fact, kind.item)))
            except RefusedError as error:
                error.node = error.node or item
                raise
        return None if self.gaps else Listed(tuple(listed))


def _read_truth(scalar: Scalar) -> bool:
    value = scalar.value
    if isinstance(value, bool):
        return value
    if not scalar.quoted and isinstance(value, str) and value in {"true", "false"}:
        return value == "true"
    text = written(scalar).strip().casefold()
    advice = write("true") if text in _YES else write("false") if text in _NO else None
    raise RefusedError(_UNQUOTED if text in {"true", "false"} else _TRUTH, advice)


def _read_case(scalar: Scalar, enum: Enum) -> str:
    value = scalar.value
    names = enum.names
    if isinstance(value, str) and value in names:
        return value
    advice = suggest(written(scalar), names)
    raise RefusedError(both(_CASE, enum=enum.name), advice)


def _read_day(scalar: Scalar) -> datetime.date:
    day = read_date(scalar)
    if day is None:
        raise RefusedError(both(_MUST_BE, what=A_DATE), advise_date(scalar))
    return day


def _read_year(scalar: Scalar) -> int:
    year = read_year(scalar)
    if year is None:
        raise RefusedError(both(_MUST_BE, what=A_YEAR))
    return year
