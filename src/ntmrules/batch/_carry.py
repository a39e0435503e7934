"""From a frame of any library to the engine, and back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import polars

from ntmrules.batch._columns import Columns
from ntmrules.batch._decide import Frame
from ntmrules.batch._eager import given_back, taken
from ntmrules.batch._job import Job, Tables
from ntmrules.batch._kinds import Kind, kind_of, refused
from ntmrules.batch._lazy import Later, decide_dask, decide_lazy, later
from ntmrules.batch._needs import needs_of
from ntmrules.batch._units import PARENT, children_of, units_of
from ntmrules.text import Text


_FRAME = Text("the frame", "bảng")
_WITH_ID = Text("one with a column `id`", "có cột `id`")
_WITHOUT = Text("one without", "không có cột đó")
_NO_CHILDREN = Text(
    "left out for a frame of Dask; PySpark and Polars have sub-units",
    "bỏ đi khi bảng là của Dask; PySpark và Polars có đơn vị bên trong",
)


def carry(
    job: Job, frame: Frame, children: Mapping[str, Any]
) -> tuple[tuple[str, ...], Frame]:
    """
    Decide a frame where its rows are.

    Returns:
        What the rules ask for and the columns do not have, and the verdicts.

    Raises:
        FactError: The frame cannot be used.
    """
    kind = kind_of(frame, "the frame")
    kinds = _kinds_inside(kind, children)
    if kind is Kind.SPARK:
        from ntmrules.batch._spark import decide_spark

        shape, found = decide_spark(job, frame, children)
    elif kind is Kind.DASK:
        shape, found = decide_dask(job, frame)
    elif kind is Kind.LAZY:
        inside = {
            plural: _later(rows, kinds[plural], plural, job)
            for plural, rows in children.items()
        }
        shape, found = decide_lazy(job, frame, inside)
    else:
        shape = job.run(
            Tables(
                taken(frame, kind, "the frame", job.wanted()),
                {
                    plural: taken(
                        rows, kinds[plural], _owner(plural), job.wanted(plural)
                    )
                    for plural, rows in children.items()
                },
            )
        )
        found = given_back(shape.verdicts, kind, frame)
    return shape.absent, found


def _owner(plural: str) -> str:
    return f"`children[{plural!r}]`"


def _kinds_inside(kind: Kind, children: Mapping[str, Any]) -> dict[str, Kind]:
    """Say what the frames of sub-units are; Spark's go with Spark's alone."""
    kinds = {}
    for plural, rows in children.items():
        own = kinds[plural] = kind_of(rows, _owner(plural))
        if Kind.DASK in {kind, own}:
            raise refused(_owner(plural), _NO_CHILDREN, f"`{own.value}`")
        if (kind is Kind.SPARK) != (own is Kind.SPARK):
            wanted = Text(
                f"a frame of {kind.value}, as the units are",
                f"bảng của {kind.value}, như bảng các đơn vị",
            )
            raise refused(_owner(plural), wanted, own.value)
    return kinds


def _later(rows: Frame, kind: Kind, plural: str, job: Job) -> Later:
    if kind is Kind.LAZY:
        return later(rows, job.wanted(plural))
    table = taken(rows, kind, _owner(plural), job.wanted(plural))
    return Later(table.clear(), lambda: table)


def units_of_rows(
    job: Job, frame: Frame, children: Mapping[str, Any], ids: Collection[object]
) -> dict[str, Mapping[str, Any]]:
    """
    Give the rows with these ids as units, in the order asked.

    Raises:
        FactError: The frame cannot be used, or no single row has such an id.
    """
    wanted = [str(one) for one in ids]
    kind = kind_of(frame, "the frame")
    kinds = _kinds_inside(kind, children)
    given = _rows(frame, kind, "the frame", "id", wanted, job.wanted())
    if "id" not in given.columns:
        raise refused(_FRAME, _WITH_ID, _WITHOUT)
    inside = {
        plural: _rows(
            rows, kinds[plural], _owner(plural), PARENT, wanted, job.wanted(plural)
        )
        for plural, rows in children.items()
    }
    if kind is Kind.LAZY:
        # Its other rows stayed where they are; their sub-units are nobody's here.
        inside = {plural: _of(rows, wanted) for plural, rows in inside.items()}
    ruleset, scales = job.ruleset, job.scales
    needs = needs_of(ruleset)
    columns = Columns(given, ruleset.vocabulary, needs.facts, scales)
    groups = children_of(ruleset, given, inside, needs, scales, columns.problems)
    columns.complain()
    places = given["id"].cast(polars.String)
    for one in wanted:
        count = int((places == one).sum())
        if count != 1:
            which = Text(f"the id `{one}`", f"id `{one}`")
            of_one = Text("that of one row", "của đúng một dòng")
            found = Text(
                "of none" if count == 0 else f"of {count}",
                "không có dòng nào" if count == 0 else f"của {count} dòng",
            )
            raise refused(which, of_one, found)
    chosen = given.filter(places.is_in(wanted))
    units = units_of(ruleset, chosen, needs, scales, groups)
    by_id = {str(unit["id"]): unit for unit in units}
    return {one: by_id[one] for one in wanted}


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


def _of(rows: polars.DataFrame, ids: Collection[str]) -> polars.DataFrame:
    if PARENT not in rows.columns:
        return rows
    return rows.filter(polars.col(PARENT).cast(polars.String).is_in(list(ids)))
