"""Frames of any library in, the same kind out."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Collection, Mapping
from typing import Any

from ntmrules.batch._decide import Deciding, Frame
from ntmrules.diagnostics import Diagnostic, Help, codes
from ntmrules.errors import FactError
from ntmrules.model.ruleset import Ruleset
from ntmrules.text import Fill, Text


_USER = 4
"""How far from where a warning is given the line is that asked for verdicts."""

_ENVIRONMENT = Text("the environment", "môi trường Python")
_WITH = Text("one with `ntmrules[frames]`", "có `ntmrules[frames]`")
_INSTALL = Text("install `ntmrules[frames]`", "cài `ntmrules[frames]`")


def evaluate_frame(  # noqa: PLR0913 - what `ntmrules.evaluate_frame` takes
    ruleset: Ruleset,
    frame: Frame,
    children: Mapping[str, Any],
    date: datetime.date,
    scales: Mapping[str, str],
    deciding: Deciding,
    *,
    accept_unverified: bool,
    as_codes: bool,
) -> Frame:
    """Decide a frame; see `ntmrules.evaluate_frame`."""
    _need_libraries()
    from ntmrules.batch._carry import carry
    from ntmrules.batch._job import Job

    job = Job(ruleset, date, scales, deciding, accept_unverified, as_codes)
    absent, found = carry(job, frame, children)
    if absent:
        named = ", ".join(f"`{name}`" for name in absent)
        _warn(f"not in the frame, so missing in every row: {named}")
    if not ruleset.in_force(date) or ruleset.status != "in force":
        day = date.isoformat()
        _warn(f"`{ruleset.id}` is not in force on {day}: nothing is granted")
    return found


def _warn(message: str) -> None:
    warnings.warn(message, UserWarning, stacklevel=_USER)


def _need_libraries() -> None:
    try:
        import narwhals  # noqa: F401 - whether both are there
        import polars  # noqa: F401 - as above
    except ModuleNotFoundError as error:
        found = Text(f"without `{error.name}`", f"thiếu `{error.name}`")
        values: dict[str, Fill] = {
            "owner": _ENVIRONMENT,
            "wanted": _WITH,
            "found": found,
        }
        diagnostic = Diagnostic(codes.BAD_SHAPE, None, values, help=Help(_INSTALL))
        raise FactError([diagnostic]) from None


def units_of_rows(
    ruleset: Ruleset,
    frame: Frame,
    children: Mapping[str, Any],
    date: datetime.date,
    scales: Mapping[str, str],
    deciding: Deciding,
    ids: Collection[object],
) -> dict[str, Mapping[str, Any]]:
    """Give the rows with these ids as units, in the order asked."""
    _need_libraries()
    from ntmrules.batch import _carry
    from ntmrules.batch._job import Job

    job = Job(ruleset, date, scales, deciding, accept_unverified=False, as_codes=False)
    return _carry.units_of_rows(job, frame, children, ids)
