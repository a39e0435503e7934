"""
What is to be decided, apart from the rows: at home, or packed to travel.

Every kind of frame is decided by the same engine; they differ in how rows get to it.
"""

from __future__ import annotations

import datetime
import functools
import pickle
import re
import zlib
from collections.abc import Callable, Mapping, Sequence

import attrs
import polars

from ntmrules._version import __version__
from ntmrules.batch._beside import Known, Place, Reading, Role, facts_at
from ntmrules.batch._checked import CheckedFrame
from ntmrules.batch._columns import Columns
from ntmrules.batch._decide import Deciding
from ntmrules.batch._kinds import refused
from ntmrules.batch._needs import needs_of, wanted_of
from ntmrules.batch._run import Rows, run
from ntmrules.batch._units import Inside, children_of
from ntmrules.batch._words import of_id
from ntmrules.diagnostics import Diagnostic, codes
from ntmrules.errors import FactError
from ntmrules.model.ruleset import Ruleset
from ntmrules.text import Text


_KEPT_READY = 8
"""How many jobs a worker process keeps ready."""

_NUMBERED = re.compile(r"\b(?:row|dòng) \d+\b")
_WORKER = Text("the library of a worker", "thư viện ở một tiến trình làm việc")


@attrs.frozen
class Tables:
    """
    The rows to decide, and what belongs to them.

    Attributes:
        rows: A row for each unit.
        beside: Their sub-units, earlier years and judgements.
        ready: What is known of the rows, if they were looked at before.
    """

    rows: polars.DataFrame
    beside: Mapping[Place, polars.DataFrame] = attrs.field(factory=dict)
    ready: CheckedFrame | None = None

    @property
    def children(self) -> dict[str, polars.DataFrame]:
        """Sub-units, by the plural of their level."""
        return {
            place.plural: frame
            for place, frame in self.beside.items()
            if place.role is Role.CHILDREN
        }

    def has(self, role: Role) -> bool:
        """Tell whether there is a frame of this role."""
        return any(place.role is role for place in self.beside)


@attrs.frozen
class Job:
    """
    Everything about `ntmrules.evaluate_frame` but the rows.

    Attributes:
        deciding: A function that can be found by its name, so that it travels.
    """

    ruleset: Ruleset
    date: datetime.date
    scales: Mapping[str, str]
    deciding: Deciding
    accept_unverified: bool
    as_codes: bool

    def wanted(self, place: Place | None = None) -> Callable[[str], bool]:
        """Say which columns have values that count, of the rows or beside them."""
        needs = needs_of(self.ruleset)
        if place is None:
            return wanted_of(needs.facts)
        return wanted_of([*facts_at(place, needs), *place.further])

    def run(self, tables: Tables) -> Rows:
        """
        Decide the rows; of none, say what is wrong with the columns and what comes out.

        Raises:
            FactError: The columns cannot be used; carries every problem.
        """
        known = self.known(tables)
        decide = self.deciding(self.ruleset, self.date, self.accept_unverified)
        years = tables.has(Role.HISTORY) and bool(needs_of(self.ruleset).other_years)
        rows = run(
            self.ruleset,
            tables.rows,
            tables.children,
            self.date,
            self.scales,
            lambda unit: decide(known.added(unit)),
            accept_unverified=self.accept_unverified,
            as_codes=self.as_codes,
            ready=tables.ready,
            row_by_row=tables.has(Role.ATTESTATIONS) or years,
        )
        if not tables.has(Role.HISTORY):
            return rows
        absent = tuple(name for name in rows.absent if name != "history")
        return attrs.evolve(rows, absent=absent)

    def known(self, tables: Tables) -> Known:
        """
        Read what is beside the rows.

        Raises:
            FactError: It cannot be used; carries every problem, of the rows too.
        """
        ruleset, scales, needs = self.ruleset, self.scales, needs_of(self.ruleset)
        reading = Reading(ruleset, tables.rows, needs, scales, self.date)
        known = reading.read(tables.beside)
        if reading.problems:
            self.inside(tables, reading.problems)
        return known

    def inside(self, tables: Tables, problems: Sequence[Diagnostic] = ()) -> Inside:
        """
        Look at every value, and give the sub-units by the unit above.

        Raises:
            FactError: Something is wrong; carries every problem, *problems* too.
        """
        ruleset, scales, needs = self.ruleset, self.scales, needs_of(self.ruleset)
        columns = Columns(tables.rows, ruleset.vocabulary, needs.facts, scales)
        inside = children_of(
            ruleset, tables.rows, tables.children, needs, scales, columns.problems
        )
        columns.problems += problems
        columns.complain()
        return inside

    def run_piece(self, tables: Tables) -> polars.DataFrame:
        """
        Decide some of the rows, where a row is known by its ``id`` and not its number.

        Raises:
            FactError: The values cannot be used.
        """
        try:
            return self.run(tables).verdicts
        except FactError as error:
            told = [_by_id(one, tables) for one in error.diagnostics]
            raise FactError(told) from None

    def packed(self) -> bytes:
        """Give the job as bytes that `unpacked` takes in another process."""
        job = attrs.evolve(self, scales=dict(self.scales))
        return zlib.compress(pickle.dumps(job))


@functools.lru_cache(maxsize=_KEPT_READY)
def unpacked(version: str, data: bytes) -> Job:
    """
    Give the job that another process of the same program has packed.

    Raises:
        FactError: That process has another version of the library.
    """
    if version != __version__:
        wanted, found = f"`ntmrules=={version}`", f"`ntmrules=={__version__}`"
        raise refused(_WORKER, wanted, found)
    # The bytes come with the program itself, from the process that started this one.
    job = pickle.loads(zlib.decompress(data))  # noqa: S301 - see above
    if not isinstance(job, Job):
        raise refused(_WORKER, "`Job`", f"`{type(job).__name__}`")
    return job


def _by_id(one: Diagnostic, tables: Tables) -> Diagnostic:
    """Name the row of a bad value by its ``id``: numbers count within a piece."""
    if one.code is codes.BAD_SHAPE and isinstance(owner := one.values["owner"], Text):
        anywhere = Text(
            _NUMBERED.sub("a row", owner.en), _NUMBERED.sub("một dòng", owner.vi)
        )
        return attrs.evolve(one, values={**one.values, "owner": anywhere})
    reason, row = one.values.get("why"), one.values.get("row")
    if not isinstance(reason, Text) or not isinstance(row, int):
        return one
    if "id" in tables.rows.columns and not tables.beside:
        reason = of_id(reason, tables.rows["id"][row - 1])
    return attrs.evolve(one, values={**one.values, "reason": reason})
