"""What sub-units come to, laid beside the rows of the units above them."""

from __future__ import annotations

from collections.abc import Mapping

import polars

from ntmrules.batch._columns import Columns
from ntmrules.batch._inside import Table, size_of
from ntmrules.batch._needs import Needs
from ntmrules.batch._numbers import SHORT
from ntmrules.batch._trust import all_hold, hold
from ntmrules.batch._units import PARENT
from ntmrules.batch._values import UnsupportedError
from ntmrules.model.ruleset import Ruleset


ID = "id"
_TEXTS = (polars.String, polars.Categorical, polars.Enum, polars.Null)


def columns_inside(
    ruleset: Ruleset,
    children: Mapping[str, polars.DataFrame],
    needs: Needs,
    scales: Mapping[str, str],
    *,
    trusting: bool,
) -> dict[str, Columns] | None:
    """Read the columns of sub-units; `None` if something is wrong with them."""
    found = {}
    for plural, rows in children.items():
        level = ruleset.vocabulary.level_of_plural(plural)
        below = level is not None and ruleset.vocabulary.is_below(
            level.name, ruleset.level.name
        )
        if level is None or not below or PARENT not in rows.columns:
            return None
        facts = dict(needs.inside.get(plural, {}))
        facts |= {name: fact for name, fact in needs.facts.items() if fact.sums_up}
        columns = Columns(
            rows, ruleset.vocabulary, facts, scales, (PARENT,), trusting=trusting
        )
        if columns.problems:
            return None
        for name in columns.present:
            if facts[name].levels and level.name not in facts[name].levels:
                msg = "a figure of another level"
                raise UnsupportedError(msg)
        found[plural] = columns
    return found


def gathered(
    frame: polars.DataFrame, tables: Mapping[str, Table]
) -> polars.DataFrame | None:
    """
    Give what sub-units come to, a row for each row of *frame*.

    `None` if something is wrong with them, or with the ids they refer to.
    """
    if ID not in frame.columns or frame[ID].n_unique() < frame.height:
        return None
    found: list[polars.Series] = []
    for table in tables.values():
        beside = _beside(frame[ID], table)
        if beside is None:
            return None
        found += beside.get_columns()
    return polars.DataFrame(found)


def _beside(ids: polars.Series, table: Table) -> polars.DataFrame | None:
    columns = table.columns
    key, parent = _keys(ids, columns.frame[PARENT])
    if ID in columns.frame.columns:
        _refuse_twice(columns.frame, parent)
    size = size_of(table.level)
    gather = [polars.len().alias(size)]
    for name, (_, how) in table.figures.items():
        one = polars.col(name)
        gather.append(one.sum() if how in {"count", "sum"} else getattr(one, how)())
    rows = columns.frame.drop(PARENT).hstack([parent.alias(PARENT)])
    lazy = rows.lazy().with_columns(columns.cases)
    each = [one for one, _ in table.figures.values()]
    groups = lazy.select(polars.col(PARENT), *each).group_by(PARENT).agg(gather)
    each_test = [test.holds.alias(test.name) for test in columns.tests]
    tests = lazy.with_columns(each_test).select(all_hold(columns.tests).all())
    counts, tested = polars.collect_all([groups, tests])
    if not hold(columns.tests, tested, columns.frame):
        return None
    joined = polars.DataFrame({PARENT: key}).join(
        counts, on=PARENT, how="left", maintain_order="left"
    )
    if joined[size].is_not_null().sum() != counts.height:
        # Some lie inside a unit that is not there.
        return None
    whole = polars.Int64
    numbers = [
        size,
        *(name for name, (_, how) in table.figures.items() if how == "count"),
    ]
    return joined.drop(PARENT).with_columns(
        polars.col(numbers).cast(whole).fill_null(0)
    )


def _keys(
    ids: polars.Series, parents: polars.Series
) -> tuple[polars.Series, polars.Series]:
    """Give the ids of two frames so that they compare as their texts do."""
    if ids.dtype in SHORT and parents.dtype in SHORT:
        return ids.cast(polars.Int64), parents.cast(polars.Int64)
    for column in (ids, parents):
        if column.dtype not in SHORT and not isinstance(column.dtype, _TEXTS):
            msg = f"ids that are {column.dtype}"
            raise UnsupportedError(msg)
    return ids.cast(polars.String), parents.cast(polars.String)


def _refuse_twice(rows: polars.DataFrame, parent: polars.Series) -> None:
    """Leave it to the reader of units to say which one is there twice."""
    told = polars.DataFrame({PARENT: parent, ID: rows[ID]}).drop_nulls()
    if told.n_unique() < told.height:
        msg = "a sub-unit that is there twice"
        raise UnsupportedError(msg)
