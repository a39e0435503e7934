"""What an assessment rested on, so that it can be repeated."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

import attrs

from ntmrules._version import LANGUAGE_VERSION, __version__
from ntmrules.assessment._json import Object
from ntmrules.diagnostics import Diagnostic, codes
from ntmrules.errors import FactError
from ntmrules.evaluate.trace import RulesetTrace
from ntmrules.model.ruleset import Ruleset
from ntmrules.text import Text
from ntmrules.tree import Tree


RECEIPT_SCHEMA = "ntmrules/receipt/1"


@attrs.frozen(repr=False, eq=False)
class Source(Tree):
    """One version of a ruleset that the assessment could refer to."""

    ruleset: str
    version: datetime.date
    content_hash: str


@attrs.frozen(repr=False, eq=False)
class Receipt(Tree):
    """
    What an assessment rested on.

    Attributes:
        ruleset: The id of the ruleset.
        version: The first date its version is in force.
        content_hash: SHA-256 of the ruleset and its vocabularies.
        references: The other rulesets it refers to, at any remove.
        unit: The id of the unit, or its name if it has none.
        facts_hash: SHA-256 of everything given of the unit; `None` where it was
            not taken.
        as_of: The assessment date.
        accept_unverified: Whether unverified figures counted.
    """

    ruleset: str
    version: datetime.date
    content_hash: str
    references: tuple[Source, ...]
    unit: str
    facts_hash: str | None
    as_of: datetime.date
    accept_unverified: bool
    language_version: str = LANGUAGE_VERSION
    library_version: str = __version__

    def to_dict(self) -> Object:
        """Give it as what JSON can hold."""
        return {
            "schema": RECEIPT_SCHEMA,
            "ruleset": self.ruleset,
            "version": self.version.isoformat(),
            "content_hash": self.content_hash,
            "references": [
                {
                    "ruleset": other.ruleset,
                    "version": other.version.isoformat(),
                    "content_hash": other.content_hash,
                }
                for other in self.references
            ],
            "unit": self.unit,
            "facts_hash": self.facts_hash,
            "as_of": self.as_of.isoformat(),
            "accept_unverified": self.accept_unverified,
            "language_version": self.language_version,
            "library_version": self.library_version,
        }

    @staticmethod
    def from_dict(data: object) -> Receipt:
        """
        Read what `to_dict` gave.

        Raises:
            FactError: It is not a receipt.
        """
        fields = _Fields("receipt", data)
        if fields.text("schema") != RECEIPT_SCHEMA:
            raise _bad("schema", RECEIPT_SCHEMA, fields.text("schema"))
        return Receipt(
            fields.text("ruleset"),
            fields.date("version"),
            fields.text("content_hash"),
            tuple(_source(item) for item in fields.items("references")),
            fields.text("unit"),
            fields.text_or_none("facts_hash"),
            fields.date("as_of"),
            fields.truth("accept_unverified"),
            fields.text("language_version"),
            fields.text("library_version"),
        )

    def differences(self, other: Receipt) -> tuple[str, ...]:
        """Name the fields in which *other* differs, in the order of `to_dict`."""
        mine, theirs = self.to_dict(), other.to_dict()
        return tuple(name for name in mine if mine[name] != theirs[name])


def receipt_of(
    trace: RulesetTrace, facts_hash: str | None, *, accept_unverified: bool
) -> Receipt:
    """Write the receipt of an assessment."""
    ruleset = trace.ruleset
    return Receipt(
        ruleset.id,
        ruleset.start,
        ruleset.content_hash,
        tuple(
            Source(other.id, other.start, other.content_hash)
            for other in _referred(ruleset)
        ),
        trace.unit.id or trace.unit.name,
        facts_hash,
        trace.date,
        accept_unverified,
    )


def _referred(ruleset: Ruleset) -> list[Ruleset]:
    """Give every version referred to, at any remove, by id and start."""
    found: dict[tuple[str, datetime.date], Ruleset] = {}
    waiting = [ruleset]
    while waiting:
        for versions in waiting.pop().references.values():
            for version in versions:
                key = (version.id, version.start)
                if key not in found:
                    found[key] = version
                    waiting.append(version)
    return [found[key] for key in sorted(found)]


def _source(data: object) -> Source:
    fields = _Fields("references", data)
    return Source(
        fields.text("ruleset"), fields.date("version"), fields.text("content_hash")
    )


_TEXT = Text("a text", "một chuỗi ký tự")
_DATE = Text("a date such as 2024-12-31", "một ngày như 2024-12-31")
_TRUTH = Text("true or false", "true hoặc false")
_LIST = Text("a list", "một danh sách")
_MAPPING = Text("a mapping", "một bảng khóa và giá trị")


def _bad(owner: str, wanted: Text | str, found: object) -> FactError:
    shown = found if isinstance(found, str) else type(found).__name__
    values = {"owner": owner, "wanted": wanted, "found": shown}
    return FactError([Diagnostic(codes.BAD_SHAPE, None, values, place="receipt")])


class _Fields:
    """The fields of a mapping that came from outside, read with complaints."""

    def __init__(self, owner: str, data: object) -> None:
        if not isinstance(data, Mapping):
            raise _bad(owner, _MAPPING, data)
        self._owner, self._data = owner, data

    def _get(self, name: str) -> object:
        if name not in self._data:
            values = {"owner": self._owner, "key": name}
            raise FactError(
                [Diagnostic(codes.MISSING_KEY, None, values, place="receipt")]
            )
        return self._data[name]

    def text(self, name: str) -> str:
        value = self._get(name)
        if not isinstance(value, str):
            raise _bad(name, _TEXT, value)
        return value

    def text_or_none(self, name: str) -> str | None:
        return None if self._get(name) is None else self.text(name)

    def date(self, name: str) -> datetime.date:
        value = self.text(name)
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            raise _bad(name, _DATE, value) from None

    def truth(self, name: str) -> bool:
        value = self._get(name)
        if not isinstance(value, bool):
            raise _bad(name, _TRUTH, value)
        return value

    def items(self, name: str) -> Iterable[object]:
        value = self._get(name)
        if not isinstance(value, list):
            raise _bad(name, _LIST, value)
        return value
