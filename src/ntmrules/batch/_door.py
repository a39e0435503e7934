"""Frames of any library in, the same kind out."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Collection, Mapping
from typing import Any

import attrs

from ntmrules.batch._decide import Decide, Frame
from ntmrules.diagnostics import Diagnostic, codes
from ntmrules.errors import FactError
from ntmrules.model.ruleset import Ruleset
from ntmrules.text import Fill


_KINDS = "a frame of Polars, pandas or PyArrow"


@attrs.frozen
class _Given:
    frame: Frame
    kind: str
    original: Frame


def _taken(frame: Frame, owner: str) -> _Given:
    """Take a frame as one of Polars."""
    try:
        import narwhals
        import polars
    except ModuleNotFoundError as error:
        raise _refused("the environment", "`ntmrules[frames]`", str(error)) from None
    if isinstance(frame, polars.DataFrame):
        return _Given(frame, "polars", frame)
    if isinstance(frame, polars.LazyFrame):
        return _Given(frame.collect(), "lazy", frame)
    known = narwhals.from_native(frame, pass_through=True, eager_only=False)
    if not isinstance(known, narwhals.DataFrame):
        found = f"`{type(frame).__module__}.{type(frame).__name__}`"
        raise _refused(owner, _KINDS, found)
    kind = str(known.implementation)
    if known.implementation.is_pandas():
        return _Given(_from_pandas(frame), "pandas", frame)
    if known.implementation.is_pyarrow():
        return _Given(known.to_polars(), "pyarrow", frame)
    raise _refused(owner, _KINDS, f"`{kind}`")


def _from_pandas(frame: Frame) -> Frame:
    """
    Take a frame of pandas; what it counts as missing is null.

    A NumPy column of pandas has no other way to say *missing* than NaN.
    """
    import polars

    columns = []
    for name in frame.columns:
        series = frame[name]
        missing = series.isna().to_list()
        values = [
            None if gone else value
            for gone, value in zip(missing, series.to_list(), strict=True)
        ]
        try:
            columns.append(polars.Series(str(name), values, strict=True))
        except (TypeError, ValueError, polars.exceptions.PolarsError):
            wanted = "one type of values"
            raise _refused(f"the column `{name}`", wanted, "several") from None
    return polars.DataFrame(columns)


def _given_back(table: Frame, given: _Given) -> Frame:
    match given.kind:
        case "polars":
            return table
        case "lazy":
            return table.lazy()
        case "pyarrow":
            return table.to_arrow()
        case _:
            columns = {column.name: column.to_list() for column in table}
            return type(given.original)(columns, index=given.original.index)


def evaluate_frame(  # noqa: PLR0913 - what `ntmrules.evaluate_frame` takes
    ruleset: Ruleset,
    frame: Frame,
    children: Mapping[str, Any],
    date: datetime.date,
    scales: Mapping[str, str],
    decide: Decide,
    *,
    accept_unverified: bool,
    as_codes: bool,
) -> Frame:
    """Decide a frame; see `ntmrules.evaluate_frame`."""
    given = _taken(frame, "the frame")
    from ntmrules.batch._run import run

    inside = {
        plural: _taken(rows, f"`children[{plural!r}]`").frame
        for plural, rows in children.items()
    }
    rows = run(
        ruleset,
        given.frame,
        inside,
        date,
        scales,
        decide,
        accept_unverified=accept_unverified,
        as_codes=as_codes,
    )
    if rows.absent:
        named = ", ".join(f"`{name}`" for name in rows.absent)
        message = f"not in the frame, so missing in every row: {named}"
        warnings.warn(message, UserWarning, stacklevel=4)
    if not ruleset.in_force(date) or ruleset.status != "in force":
        message = (
            f"`{ruleset.id}` is not in force on {date.isoformat()}: nothing is granted"
        )
        warnings.warn(message, UserWarning, stacklevel=4)
    return _given_back(rows.verdicts, given)


def units_of_rows(
    ruleset: Ruleset,
    frame: Frame,
    children: Mapping[str, Any],
    scales: Mapping[str, str],
    ids: Collection[object],
) -> dict[str, Mapping[str, Any]]:
    """Give the rows with these ids as units, in the order asked."""
    given = _taken(frame, "the frame").frame
    from ntmrules.batch._columns import Columns
    from ntmrules.batch._needs import needs_of
    from ntmrules.batch._units import children_of, units_of

    inside = {
        plural: _taken(rows, f"`children[{plural!r}]`").frame
        for plural, rows in children.items()
    }
    needs = needs_of(ruleset)
    columns = Columns(given, ruleset.vocabulary, needs.facts, scales)
    if "id" not in given.columns:
        raise _refused("the frame", "one with a column `id`", "one without")
    groups = children_of(ruleset, given, inside, needs, scales, columns.problems)
    columns.complain()
    wanted = [str(one) for one in ids]
    import polars

    places = given["id"].cast(polars.String)
    for one in wanted:
        count = int((places == one).sum())
        if count != 1:
            found = "of none" if count == 0 else f"of {count}"
            raise _refused(f"the id `{one}`", "that of one row", found)
    chosen = given.filter(places.is_in(wanted))
    units = units_of(ruleset, chosen, needs, scales, groups)
    by_id = {str(unit["id"]): unit for unit in units}
    return {one: by_id[one] for one in wanted}


def _refused(owner: str, wanted: str, found: str) -> FactError:
    values: dict[str, Fill] = {"owner": owner, "wanted": wanted, "found": found}
    return FactError([Diagnostic(codes.BAD_SHAPE, None, values)])
