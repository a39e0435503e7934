"""
Frames beside the rows: sub-units, earlier years, what people judged.

Each row of theirs names the unit it belongs to.  Years and judgements become part of
the unit by which a row is decided where columns do not decide it.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import attrs
import polars

from ntmrules.batch._columns import Columns
from ntmrules.batch._needs import Needs
from ntmrules.batch._titles import TITLES
from ntmrules.batch._units import PARENT, units_of
from ntmrules.batch._words import did_you_mean
from ntmrules.diagnostics import Diagnostic, codes, nearest
from ntmrules.model.ruleset import Ruleset
from ntmrules.model.vocabulary import Fact
from ntmrules.model.words import name_of
from ntmrules.text import Fill, Text
from ntmrules.verdict import Verdict


YEAR = "year"
FIRST_YEAR = 1900
_LABEL, _VERDICT, _ON, _RULESET = "label", "verdict", "on", "ruleset"
_REMARKS = ("by", "document")
JUDGED = (_LABEL, _VERDICT, _ON, _RULESET, *_REMARKS)
"""The columns of what people judged, beside ``id``."""

_TEXT_LABEL = Text(
    "text, since 14.10 as a number is 14.1", "chữ, vì số 14.10 cũng là 14.1"
)
_TEXT = Text("text", "chữ")
_DATES = Text("dates", "ngày")
_YEARS = Text("years", "năm")
_ONE_EACH = Text("different in each row", "khác nhau ở mỗi dòng")
_TWICE = Text("twice the same", "trùng nhau")
_NO_TITLES = Text("left out of earlier years", "bỏ khỏi các năm trước")
_THERE = Text("there", "có")
_THE_FRAME = Text("the frame", "bảng")


class Role(enum.Enum):
    """What a frame beside the rows holds."""

    CHILDREN = "children"
    HISTORY = "history"
    ATTESTATIONS = "attestations"


@attrs.frozen
class Place:
    """
    What a frame is to the rows.

    Attributes:
        plural: Of the level of its units, where they are inside those of the rows.
    """

    role: Role
    plural: str = ""

    @property
    def owner(self) -> str:
        """Its name in what a caller writes."""
        inner = f"[{self.plural!r}]" if self.plural else ""
        return f"`{self.role.value}{inner}`"

    @property
    def key(self) -> str:
        """The column that names the unit of the rows."""
        return PARENT if self.plural else "id"

    @property
    def further(self) -> tuple[str, ...]:
        """Name the columns that are no facts and count."""
        years = (YEAR,) if self.role is Role.HISTORY else ()
        judged = JUDGED if self.role is Role.ATTESTATIONS else ()
        return (*years, *judged, *((PARENT,) if self.plural else ()))


def facts_at(place: Place, needs: Needs) -> dict[str, Fact]:
    """Give the facts that are asked of the rows of a frame."""
    if place.role is Role.ATTESTATIONS:
        return {}
    if not place.plural:
        return dict(needs.facts)
    summed = {name: fact for name, fact in needs.facts.items() if fact.sums_up}
    return {**needs.inside.get(place.plural, {}), **summed}


Years = dict[int, Mapping[str, Any]]


@attrs.frozen
class Known:
    """
    What is known of units beside their rows.

    Attributes:
        years: Facts by year, by the place in the unit and the ids down to it.
        judged: By the id of a unit, then by ruleset and label.
    """

    years: Mapping[tuple[str, ...], Years] = attrs.field(factory=dict)
    judged: Mapping[str, Mapping[str, Mapping[str, Any]]] = attrs.field(factory=dict)

    def added(self, unit: Mapping[str, Any]) -> Mapping[str, Any]:
        """Add it to a unit that `ntmrules.evaluate` takes."""
        own = str(unit.get("id"))
        found = {**unit}
        if ("", own) in self.years:
            found["history"] = self.years["", own]
        if own in self.judged:
            found["attestations"] = self.judged[own]
        for plural in {key[0] for key in self.years} & unit.keys():
            found[plural] = [
                {
                    **one,
                    "history": self.years.get((plural, own, str(one.get("id"))), {}),
                }
                for one in unit[plural]
            ]
        return found


class Reading:
    """Reads the frames beside the rows, and gathers what is wrong with them."""

    def __init__(
        self,
        ruleset: Ruleset,
        rows: polars.DataFrame,
        needs: Needs,
        scales: Mapping[str, str],
        date: datetime.date,
    ) -> None:
        self.problems: list[Diagnostic] = []
        self._ruleset = ruleset
        self._ids = (
            {str(one) for one in rows["id"].to_list()} if "id" in rows.columns else None
        )
        self._needs = needs
        self._scales = scales
        self._date = date

    def read(self, beside: Mapping[Place, polars.DataFrame]) -> Known:
        """Read earlier years and judgements."""
        years: dict[tuple[str, ...], Years] = {}
        judged: dict[str, dict[str, dict[str, Any]]] = {}
        for place, frame in beside.items():
            if place.role is Role.HISTORY and self._has_units(place, frame, beside):
                self._years(place, frame, years)
            elif place.role is Role.ATTESTATIONS:
                self._judged(place, frame, judged)
        return Known(years, judged)

    def _has_units(
        self,
        place: Place,
        frame: polars.DataFrame,
        beside: Mapping[Place, polars.DataFrame],
    ) -> bool:
        """Tell whether all whose years are given are there."""
        if not place.plural:
            return True
        vocabulary, unit = self._ruleset.vocabulary, self._ruleset.level.name
        level = vocabulary.level_of_plural(place.plural)
        if level is None or not vocabulary.is_below(level.name, unit):
            above = name_of(self._ruleset.level)
            wanted = Text(
                f"of a level below {above.en}", f"của một cấp bên trong {above.vi}"
            )
            self._shape(place.owner, wanted, f"`{place.plural}`")
            return False
        keys = [PARENT, "id"]
        inside = beside.get(Place(Role.CHILDREN, place.plural))
        owner = Place(Role.CHILDREN, place.plural).owner
        if inside is None or not set(keys) <= set(inside.columns):
            self._told(codes.MISSING_KEY, place, {"key": "id", "owner": owner})
            return False
        if not set(keys) <= set(frame.columns):
            return True  # said with the other columns
        texts = polars.col(keys).cast(polars.String)
        lost = frame.select(texts).join(inside.select(texts), on=keys, how="anti")
        if lost.height:
            wanted = Text(f"an `id` of {owner}", f"một `id` của {owner}")
            self._shape(_column("id", place), wanted, f"`{lost['id'][0]}`")
        return not lost.height

    # Earlier years.

    def _years(
        self, place: Place, frame: polars.DataFrame, years: dict[tuple[str, ...], Years]
    ) -> None:
        keys = [PARENT, "id", YEAR] if place.plural else ["id", YEAR]
        vocabulary = self._ruleset.vocabulary
        facts = facts_at(place, self._needs)
        columns = Columns(frame, vocabulary, facts, self._scales, place.further)
        self.problems += columns.problems
        for title in (name for name in frame.columns if name.startswith(TITLES)):
            self._shape(_column(title, place), _NO_TITLES, _THERE)
        if not self._keyed(place, frame, keys) or columns.problems:
            return
        if not self._plain_years(place, frame):
            return
        needs = attrs.evolve(self._needs, facts=facts)
        units = units_of(self._ruleset, frame, needs, self._scales, {})
        for unit, row in zip(
            units, frame.select(keys).iter_rows(named=True), strict=True
        ):
            ids = tuple(str(row[key]) for key in keys[:-1])
            years.setdefault((place.plural, *ids), {})[row[YEAR]] = unit["facts"]

    def _plain_years(self, place: Place, frame: polars.DataFrame) -> bool:
        kind = frame[YEAR].dtype
        if not kind.is_integer() and kind != polars.Null:
            self._shape(_column(YEAR, place), _YEARS, f"`{kind}`")
            return False
        for year in frame[YEAR].unique().to_list():
            if year is None or year < FIRST_YEAR:
                self._shape(_column(YEAR, place), _YEARS, f"`{year}`")
                return False
            if year >= self._date.year:
                values: dict[str, Fill] = {"year": str(year), "as_of": self._date}
                self._told(codes.HISTORY_NOT_EARLIER, place, values)
                return False
        return True

    # Judgements.

    def _judged(
        self,
        place: Place,
        frame: polars.DataFrame,
        judged: dict[str, dict[str, dict[str, Any]]],
    ) -> None:
        own = self._ruleset.id
        if _RULESET not in frame.columns:
            frame = frame.with_columns(polars.lit(own).alias(_RULESET))
        keys = ["id", _RULESET, _LABEL]
        if not self._keyed(place, frame, [*keys, _VERDICT, _ON], unique=keys):
            return
        if not self._plain_judgements(place, frame):
            return
        for row in frame.iter_rows(named=True):
            remarks = {
                name: str(row[name])
                for name in _REMARKS
                if name in row and row[name] is not None
            }
            of_unit = judged.setdefault(str(row["id"]), {})
            of_unit.setdefault(row[_RULESET], {})[row[_LABEL]] = {
                _VERDICT: row[_VERDICT],
                _ON: row[_ON],
                **remarks,
            }

    def _plain_judgements(self, place: Place, frame: polars.DataFrame) -> bool:
        before = len(self.problems)
        texts = (polars.String, polars.Categorical, polars.Enum, polars.Null)
        for name in (_LABEL, _VERDICT, _RULESET):
            if frame[name].dtype not in texts:
                wanted = _TEXT_LABEL if name == _LABEL else _TEXT
                self._shape(_column(name, place), wanted, f"`{frame[name].dtype}`")
        if frame[_ON].dtype not in (polars.Date, polars.Null):
            self._shape(_column(_ON, place), _DATES, f"`{frame[_ON].dtype}`")
        if len(self.problems) > before:
            return False
        self._known(place, frame, _VERDICT, [verdict.value for verdict in Verdict])
        ours = frame.filter(
            polars.col(_RULESET).cast(polars.String) == self._ruleset.id
        )
        ruleset = self._ruleset
        labels = dict.fromkeys(
            [*ruleset.preconditions, *ruleset.criteria, *ruleset.indicators]
        )
        self._known(place, ours, _LABEL, list(labels))
        if frame[_ON].null_count():
            self._shape(_column(_ON, place), _DATES, "null")
        return len(self.problems) == before

    def _known(
        self, place: Place, frame: polars.DataFrame, name: str, known: Sequence[str]
    ) -> None:
        for value in frame[name].cast(polars.String).unique(maintain_order=True):
            if value not in known:
                close = next(iter(nearest(str(value), known)), None)
                found = did_you_mean(Text(f"`{value}`", f"`{value}`"), close)
                wanted = ", ".join(f"`{one}`" for one in known[:4])
                more = ", …" if len(known) > 4 else ""
                self._shape(_column(name, place), wanted + more, found)

    # Both.

    def _keyed(
        self,
        place: Place,
        frame: polars.DataFrame,
        columns: Sequence[str],
        unique: Sequence[str] = (),
    ) -> bool:
        """Tell whether all columns are there, and each row says whose it is."""
        unique = unique or columns
        absent = [name for name in columns if name not in frame.columns]
        for name in absent:
            self._told(codes.MISSING_KEY, place, {"key": name, "owner": place.owner})
        if self._ids is None:
            self._told(codes.MISSING_KEY, place, {"key": "id", "owner": _THE_FRAME})
        if absent or self._ids is None:
            return False
        if frame.select(unique).is_duplicated().any():
            which = ", ".join(f"`{name}`" for name in unique)
            self._shape(f"{which} ({place.owner})", _ONE_EACH, _TWICE)
            return False
        return self._of_units(place, frame[place.key].unique(maintain_order=True))

    def _of_units(self, place: Place, ids: Collection[object]) -> bool:
        for one in ids:
            if self._ids is not None and (one is None or str(one) not in self._ids):
                wanted = Text("an `id` of the frame", "một `id` của bảng")
                self._shape(_column(place.key, place), wanted, f"`{one}`")
                return False
        return True

    def _shape(self, owner: Fill, wanted: Fill, found: Fill) -> None:
        values: dict[str, Fill] = {"owner": owner, "wanted": wanted, "found": found}
        self.problems.append(Diagnostic(codes.BAD_SHAPE, None, values))

    def _told(self, code: Any, place: Place, values: Mapping[str, Fill]) -> None:  # noqa: ANN401 - a code
        self.problems.append(Diagnostic(code, None, values, place=place.owner))


def _column(name: str, place: Place) -> Text:
    return Text(
        f"the column `{name}` of {place.owner}", f"cột `{name}` của {place.owner}"
    )
