"""
The facts of one unit, or of one year of its history.

Source: engine.md section 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ntmrules._yaml import Node, Scalar, Table
from ntmrules.diagnostics import Help, codes, nearest
from ntmrules.exact import Share, decimal_text
from ntmrules.model.types import (
    AmountType,
    Condition,
    CountType,
    ListType,
    NumberType,
    ShareType,
    Type,
    Value,
)
from ntmrules.model.unit import Given
from ntmrules.model.vocabulary import Fact, Level, Vocabulary
from ntmrules.source import Span
from ntmrules.text import Fill, Text, figure
from ntmrules.tree import make
from ntmrules.units._complaints import (
    Complaints,
    both,
    is_absent,
    join,
    level_word,
    suggest,
    take_text,
    text_of,
    written,
)
from ntmrules.units._numbers import MOST, Doubtful, RefusedError, Stated, quick_share
from ntmrules.units._times import take_date
from ntmrules.units._values import ValueReader


_KEYS = ("value", "stated", "source", "on", "note")

_FACTS = Text("a mapping from fact to value", "một bảng từ tên số liệu đến giá trị")
_OWNER = Text("the fact `{name}`", "số liệu `{name}`")
_SHARES_ONLY = Text(
    "left out: only a share has a stated percentage",
    "bỏ đi: chỉ tỷ lệ mới có phần trăm công bố",
)
_COMMA_SPLITS = Text(
    "inside `{…}` and `[…]` a comma begins the next entry; decimals have a point",
    "trong `{…}` và `[…]` dấu phẩy bắt đầu mục mới; số thập phân dùng dấu chấm",
)
_DOUBT = Text(
    "write `{grouped}` if thousands are meant, `{decimal}` if decimals are",
    "hãy ghi `{grouped}` nếu là hàng nghìn, `{decimal}` nếu là số thập phân",
)
_GIVEN_FOR = Text(
    "leave it out here: it is given for {levels}",
    "bỏ ở đây: số liệu này ghi ở cấp {levels}",
)
_VALUE_NEEDED = Text(
    "write `value: …`, or leave the fact out", "ghi `value: …`, hoặc bỏ số liệu này"
)
_NOT_USED = Text(
    "leave it out, or declare it in the vocabulary",
    "hãy bỏ đi, hoặc khai báo trong từ vựng",
)
# Looking for a near name takes a millisecond: no file needs it a thousand times.
_MOST_UNKNOWN = 200
_PLAIN_NUMBERS = frozenset({NumberType, CountType})
_NAME = re.compile(r"[^\W\d_][\w\u0300-\u036f]*")


class FactReader:
    """Reads the facts of units that share one vocabulary."""

    def __init__(
        self, vocabulary: Vocabulary, complaints: Complaints, *, strict: bool
    ) -> None:
        self._facts, self._levels = vocabulary.facts, vocabulary.levels
        self._complaints = complaints
        self._strict = strict
        self._values = ValueReader(vocabulary)
        self._unknown: dict[str, Help] = {}

    def read(
        self, node: Node | None, level: Level | None, path: str
    ) -> dict[str, Given]:
        """Read every fact of *node*; one that is missing is left out."""
        given: dict[str, Given] = {}
        if node is None or is_absent(node):
            return given
        if not isinstance(node, Table):
            self._complaints.shape(node, path, path, _FACTS)
            return given
        level_name = level.name if level is not None else None
        values = self._values
        for name, value in node.entries.items():
            fact = self._facts.get(name)
            if fact is None:
                self._not_declared(name, node, path)
                continue
            if fact.levels and level_name and level_name not in fact.levels:
                self._wrong_level(fact, level, node.keys.get(name), path)
            if not isinstance(value, Scalar):
                found = self._long(fact, value, join(path, name))
                if found is not None:
                    given[name] = found
                continue
            # Most facts come here: one value, read without further calls.
            raw = value.value
            if isinstance(raw, str):
                if value.absent:
                    continue
            elif raw is None:
                continue
            else:
                quick = quick_fact(raw, fact.type)
                if quick is not None:
                    given[name] = quick
                    continue
            try:
                one = values.read_one(value, fact, fact.type)
            except RefusedError as error:
                # What was doubtful in it goes with it.
                values.noticed.clear()
                self._refuse(fact, value, join(path, name), error)
                values.noticed.clear()  # no word on what is refused
                continue
            if one is not None:
                fields = (one, written(value), "", None, value.span)
                given[name] = make(Given, fields)
            if values.noticed:
                self._report(fact, value, join(path, name))
        return given

    def _long(self, fact: Fact, node: Node, path: str) -> Given | None:
        """Read a list, or a fact with its source and date."""
        if isinstance(node, Table) and (
            "value" in node.entries or not isinstance(fact.type, ListType)
        ):
            return self._in_full(fact, node, path)
        value = self._value(fact, node, path)
        return None if value is None else Given(value, text_of(node), span=node.span)

    def _in_full(self, fact: Fact, node: Table, path: str) -> Given | None:
        """Read ``{value: …, stated: …, source: …, on: …, note: …}``."""
        complaints = self._complaints
        entries = node.entries
        for key in entries:
            if key not in _KEYS:
                owner = both(_OWNER, name=fact.name)
                complaints.unknown_key(key, node, path, owner, _KEYS)
        source = take_text(entries.get("source"), join(path, "source"), complaints)
        take_text(entries.get("note"), join(path, "note"), complaints)
        on = take_date(entries.get("on"), join(path, "on"), "on", complaints)
        given = entries.get("value")
        if given is None:
            owner = both(_OWNER, name=fact.name)
            complaints.add(
                codes.MISSING_KEY,
                node,
                path,
                advice=Help(_VALUE_NEEDED),
                owner=owner,
                key="value",
            )
            return None
        if is_absent(given):
            self._without_value(fact, entries.get("stated"), path)
            return None
        value = self._value(fact, given, path)
        if value is None:
            return None
        self._compare(fact, value, entries.get("stated"), path)
        return Given(value, text_of(given), source, on, span=given.span)

    def _without_value(self, fact: Fact, stated: Node | None, path: str) -> None:
        """See to it that a percentage does not get lost beside a missing value."""
        if stated is not None and not is_absent(stated):
            owner = both(_OWNER, name=fact.name)
            self._complaints.add(
                codes.MISSING_KEY,
                stated,
                path,
                advice=Help(_VALUE_NEEDED),
                owner=owner,
                key="value",
            )

    def _value(self, fact: Fact, node: Node, path: str) -> Value | None:
        try:
            value = self._values.read(node, fact)
        except RefusedError as error:
            self._refuse(fact, node, path, error)
            value = None
        self._report(fact, node, path)
        return value

    def _compare(
        self, fact: Fact, value: Value, stated: Node | None, path: str
    ) -> None:
        """Compare a share with the percentage under ``stated``."""
        if stated is None or is_absent(stated):
            return
        path = join(path, "stated")
        if not isinstance(value, Share) or not isinstance(stated, Scalar):
            self._complaints.shape(stated, path, "stated", _SHARES_ONLY)
            return
        try:
            self._values.state(value, written(stated))
        except RefusedError as error:
            self._refuse(fact, stated, path, error)
        self._report(fact, stated, path)

    def _refuse(self, fact: Fact, node: Node, path: str, error: RefusedError) -> None:
        guilty = error.node or node
        path = path if error.step is None else join(path, error.step)
        self._complaints.value(guilty, path, fact.name, error.reason, error.advice)

    def _report(self, fact: Fact, node: Node, path: str) -> None:
        """Turn what was noticed while reading one fact into findings."""
        add = self._complaints.add
        for one in self._values.noticed:
            match one:
                case Stated():
                    add(
                        codes.STATED_PERCENT,
                        node,
                        path,
                        fact=fact.name,
                        stated=one.text,
                        part=decimal_text(one.share.part),
                        whole=decimal_text(one.share.whole),
                        computed=figure(one.computed),
                    )
                case Doubtful():
                    values: dict[str, Fill] = {
                        "grouped": one.number.replace(".", ""),
                        "decimal": f"{one.number}0",
                    }
                    add(
                        codes.DECIMALS_OR_THOUSANDS,
                        one.scalar,
                        path,
                        advice=Help(_DOUBT, values),
                        fact=fact.name,
                        value=one.number,
                    )
                case Scalar():
                    add(codes.LIST_WITH_GAP, one, path, fact=fact.name)
        self._values.noticed.clear()

    def _named(self, levels: Iterable[str]) -> Text:
        """Name levels in a sentence."""
        words = [level_word(self._levels[name]) for name in levels]
        english = ", ".join(word.en for word in words)
        return Text(english, ", ".join(word.vi for word in words))

    def _wrong_level(
        self, fact: Fact, level: Level | None, at: Span | None, path: str
    ) -> None:
        assert level is not None  # without a level, none is wrong
        self._complaints.add(
            codes.FACT_ON_WRONG_LEVEL,
            at,
            join(path, fact.name),
            advice=Help(_GIVEN_FOR, {"levels": self._named(fact.levels)}),
            fact=fact.name,
            level=level_word(level),
        )

    def _not_declared(self, name: str, node: Table, path: str) -> None:
        """
        Complain of a fact that is not declared.

        What cannot even be the name of a fact is an error: ``{income: 13,5}`` holds
        13 and a key ``5``, and nobody meant that.
        """
        is_name = _NAME.fullmatch(name) is not None
        if name not in self._unknown and len(self._unknown) < _MOST_UNKNOWN:
            close = nearest(name, self._facts)
            other = Help(_NOT_USED if is_name else _COMMA_SPLITS)
            self._unknown[name] = suggest(name, close) or other
        self._complaints.add(
            codes.UNKNOWN_FACT
            if is_name and not self._strict
            else codes.UNKNOWN_FACT_STRICT,
            node.keys.get(name),
            join(path, name),
            advice=self._unknown.get(name),
            name=name[:100],
        )


def quick_fact(raw: object, kind: Type) -> Given | None:
    """
    Read whole numbers and truth values of Python, if nothing at all is remarkable.

    What it gives is what `ValueReader.read_one` and `written` give, in a third of the
    time.  Such values have no place in a file.
    """
    value: Value
    if type(raw) is tuple and isinstance(kind, ShareType):
        share = quick_share(raw)
        if share is None:
            return None
        value, text = share, f"{share.part}/{share.whole}"
    elif type(raw) is int and 0 <= raw < MOST:
        if type(kind) in _PLAIN_NUMBERS:
            value = raw
        elif isinstance(kind, AmountType) and type(kind.measure.scale) is int:
            value = raw * kind.measure.scale
        else:
            return None
        text = str(raw)
    elif type(raw) is bool and isinstance(kind, Condition):
        value, text = raw, "true" if raw else "false"
    else:
        return None
    return make(Given, (value, text, "", None, None))
