"""
The value of one fact, by its type.

Source: language.md section 3, engine.md section 2.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
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
from ntmrules.model.vocabulary import Fact, Vocabulary
from ntmrules.text import Text
from ntmrules.units._amounts import read_amount
from ntmrules.units._complaints import both, suggest, write, written
from ntmrules.units._numbers import (
    Doubtful,
    RefusedError,
    Stated,
    compare_stated,
    grouped_once,
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
        noticed: Since it was emptied: percentages that are not what their fractions
            come to, numbers that may be thousands, items of lists that have no value.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._nouns = vocabulary.nouns
        self.noticed: list[Stated | Doubtful | Scalar] = []

    def read(self, node: Node, fact: Fact) -> Value | None:
        """
        Read the value of *fact*; `None` for a list that counts as missing.

        Raises:
            RefusedError: The fact cannot have this value.
        """
        if isinstance(node, Scalar):
            return self.read_one(node, fact, fact.type)
        if isinstance(fact.type, ListType):
            return self._list(node, fact, fact.type.item)
        raise RefusedError(_ONE)

    def state(self, share: Share, text: str) -> None:
        """Compare a share with a percentage stated for it."""
        stated = compare_stated(share, text)
        if stated is not None:
            self.noticed.append(stated)

    def read_one(self, scalar: Scalar, fact: Fact, kind: Type) -> Value | None:
        """Read one value, as *kind* wants it."""
        match kind:
            case ShareType():
                share, stated = read_share(
                    scalar, kind.noun, may_exceed=fact.may_exceed
                )
                if stated:
                    self.state(share, stated)
                return share
            case NumberType():
                if isinstance(scalar.value, str):
                    self._doubt(scalar)
                return read_exact(scalar, Wanted.NUMBER)
            case AmountType():
                if isinstance(scalar.value, str):
                    self._doubt(scalar)
                return read_amount(scalar, kind.measure, self._nouns)
            case Condition():
                return _read_truth(scalar)
            case CountType():
                return read_count(scalar)
            case EnumType():
                return _read_case(scalar, kind.enum)
            case DateType():
                return _read_day(scalar)
            case YearType():
                return _read_year(scalar)
            case ListType():
                return self._list(scalar, fact, kind.item)
            case _:
                assert_never(kind)

    def _doubt(self, scalar: Scalar) -> None:
        number = grouped_once(scalar)
        if number:
            self.noticed.append(Doubtful(number, scalar))

    def _list(self, node: Node, fact: Fact, kind: Type) -> Listed | None:
        items: Iterable[tuple[str | int, Node]]
        match node:
            case Sequence():
                items = enumerate(node.items)
            case Table():
                items = node.entries.items()
            case Scalar() if isinstance(node.value, tuple):
                items = enumerate(map(Scalar, node.value))
            case _:
                raise RefusedError(_SEVERAL)
        listed = []
        whole = True
        for step, item in items:
            if not isinstance(item, Scalar):
                raise RefusedError(_ONE).inside(item, step)
            if item.absent:
                self.noticed.append(item)
                whole = False
                continue
            try:
                value = self.read_one(item, fact, kind)
            except RefusedError as error:
                raise error.inside(item, step) from None
            # The vocabulary has no lists of lists.
            assert value is not None
            assert not isinstance(value, Listed)
            listed.append(("" if isinstance(step, int) else step, value))
        return Listed(tuple(listed)) if whole else None


def _read_truth(scalar: Scalar) -> bool:
    value = scalar.value
    if isinstance(value, bool):
        return value
    if not scalar.quoted and isinstance(value, str) and value in {"true", "false"}:
        return value == "true"
    text = written(scalar).strip().casefold()
    advice = write("true") if text in _YES else write("false") if text in _NO else None
    quoted = scalar.quoted and text in {"true", "false"}
    raise RefusedError(_UNQUOTED if quoted else _TRUTH, advice)


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
