"""From a frame of any library to the engine, and back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import attrs
import polars

from ntmrules.batch._beside import Place
from ntmrules.batch._checked import CheckedFrame
from ntmrules.batch._decide import Frame
from ntmrules.batch._eager import given_back, taken
from ntmrules.batch._job import Job, Tables
from ntmrules.batch._kinds import Kind, kind_of, refused
from ntmrules.batch._lazy import Later, decide_dask, decide_lazy, later
from ntmrules.batch._needs import needs_of
from ntmrules.batch._units import units_of
from ntmrules.text import Text


_FRAME = Text("the frame", "bảng")
_WITH_ID = Text("one with a column `id`", "có cột `id`")
_WITHOUT = Text("one without", "không có cột đó")
_CHECKED = Text(
    "left out, or as it was when the frame was checked",
    "bỏ đi, hoặc như khi bảng được kiểm tra",
)
_ALONE = Text(
    "left out for a frame of Dask; PySpark and Polars have sub-units and other years",
    "bỏ đi khi bảng là của Dask; PySpark và Polars có đơn vị bên trong và các năm khác",
)

Beside = Mapping[Place, Frame]


def carry(job: Job, frame: Frame, beside: Beside) -> tuple[tuple[str, ...], Frame]:
    """
    Decide a frame where its rows are.

    Returns:
        What the rules ask for and the columns do not have, and the verdicts.

    Raises:
        FactError: The frame cannot be used.
    """
    job, frame, ready = _unpacked(job, frame)
    kind = kind_of(frame, "the frame")
    kinds = _kinds_beside(kind, beside)
    if kind is Kind.SPARK:
        from ntmrules.batch._spark import decide_spark

        shape, found = decide_spark(job, frame, beside)
    elif kind is Kind.DASK:
        shape, found = decide_dask(job, frame)
    elif kind is Kind.LAZY:
        others = {
            place: _later(rows, kinds[place], place, job)
            for place, rows in beside.items()
        }
        shape, found = decide_lazy(job, frame, others)
    else:
        whole = {
            place: taken(rows, kinds[place], place.owner, job.wanted(place))
            for place, rows in beside.items()
        }
        rows = ready.rows if ready else taken(frame, kind, "the frame", job.wanted())
        shape = job.run(Tables(rows, whole, ready))
        found = given_back(shape.verdicts, kind, frame)
    return shape.absent, found


def _unpacked(job: Job, frame: Frame) -> tuple[Job, Frame, CheckedFrame | None]:
    """Tell a frame from one that was checked, if that was for such rules."""
    if not isinstance(frame, CheckedFrame):
        return job, frame, None
    if job.scales and dict(job.scales) != frame.scales:
        raise refused("`share_columns`", _CHECKED, f"`{dict(job.scales)}`")
    job = attrs.evolve(job, scales=frame.scales)
    return job, frame.original, frame if frame.covers(job.ruleset) else None


def _kinds_beside(kind: Kind, beside: Beside) -> dict[Place, Kind]:
    """Say what the frames beside the rows are; Spark's go with Spark's alone."""
    kinds = {}
    for place, rows in beside.items():
        own = kinds[place] = kind_of(rows, place.owner)
        if Kind.DASK in {kind, own}:
            raise refused(place.owner, _ALONE, Text("there", "có"))
        if (kind is Kind.SPARK) != (own is Kind.SPARK):
            wanted = Text(
                f"a frame of {kind.value}, as the units are",
                f"bảng của {kind.value}, như bảng các đơn vị",
            )
            raise refused(place.owner, wanted, own.value)
    return kinds


def _later(rows: Frame, kind: Kind, place: Place, job: Job) -> Later:
    if kind is Kind.LAZY:
        return later(rows, job.wanted(place))
    table = taken(rows, kind, place.owner, job.wanted(place))
    return Later(table.clear(), lambda: table)


def units_of_rows(
    job: Job, frame: Frame, beside: Beside, ids: Collection[object]
) -> dict[str, Mapping[str, Any]]:
    """
    Give the rows with these ids as units, in the order asked.

    Raises:
        FactError: The frame cannot be used, or no single row has such an id.
    """
    wanted = [str(one) for one in ids]
    job, frame, ready = _unpacked(job, frame)
    frame = ready.rows if ready else frame
    kind = kind_of(frame, "the frame")
    kinds = _kinds_beside(kind, beside)
    given = _rows(frame, kind, "the frame", "id", wanted, job.wanted())
    if "id" not in given.columns:
        raise refused(_FRAME, _WITH_ID, _WITHOUT)
    others = {
        place: _rows(
            rows, kinds[place], place.owner, place.key, wanted, job.wanted(place)
        )
        for place, rows in beside.items()
    }
    if kind is Kind.LAZY:
        # Its other rows stayed where they are; what is theirs is nobody's here.
        others = {place: _of(rows, place, wanted) for place, rows in others.items()}
    tables = Tables(given, others)
    known, inside = job.known(tables), job.inside(tables)
    places = given["id"].cast(polars.String)
    for one in wanted:
        count = int((places == one).sum())
        if count != 1:
            raise _not_one(one, count)
    chosen = given.filter(places.is_in(wanted))
    needs = needs_of(job.ruleset)
    units = units_of(job.ruleset, chosen, needs, job.scales, inside)
    by_id = {str(unit["id"]): known.added(unit) for unit in units}
    return {one: by_id[one] for one in wanted}


def _not_one(one: str, count: int) -> Exception:
    which = Text(f"the id `{one}`", f"id `{one}`")
    single = Text("that of one row", "của đúng một dòng")
    if count:
        return refused(which, single, Text(f"of {count}", f"của {count} dòng"))
    return refused(which, single, Text("of none", "không của dòng nào"))


def _rows(
    frame: Frame,
    kind: Kind,
    owner: str,
    key: str,
    ids: Collection[str],
    wanted: Callable[[str], bool],
) -> polars.DataFrame:
    """Take the rows of certain units where a library finds them, or all."""
    names = frame.collect_schema() if kind is Kind.LAZY else frame.columns
    if key in names and kind is Kind.SPARK:
        from ntmrules.batch._spark import rows_of_spark

        return rows_of_spark(frame, key, list(ids), wanted)
    if key in names and kind is Kind.DASK:
        frame = frame[frame[key].astype(str).isin(list(ids))]
    if key in names and kind is Kind.LAZY:
        frame = frame.filter(polars.col(key).cast(polars.String).is_in(list(ids)))
    return taken(frame, kind, owner, wanted)


def _of(rows: polars.DataFrame, place: Place, ids: Collection[str]) -> polars.DataFrame:
    if place.key not in rows.columns:
        return rows
    return rows.filter(polars.col(place.key).cast(polars.String).is_in(list(ids)))
