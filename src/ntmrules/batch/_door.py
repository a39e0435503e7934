"""Frames of any library in, the same kind out."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Collection, Mapping
from typing import Any

import attrs

from ntmrules.batch._decide import Deciding, Frame
from ntmrules.diagnostics import Diagnostic, Help, codes
from ntmrules.errors import FactError
from ntmrules.model.ruleset import Attested, Ruleset
from ntmrules.text import Fill, Text


_USER = 4
"""How far from where a warning is given the line is that asked for verdicts."""

_ENVIRONMENT = Text("the environment", "môi trường Python")
_WITH = Text("one with `ntmrules[frames]`", "có `ntmrules[frames]`")
_INSTALL = Text("install `ntmrules[frames]`", "cài `ntmrules[frames]`")


@attrs.frozen
class Beside:
    """
    What a caller gives beside the rows; see `ntmrules.evaluate_frame`.

    Attributes:
        children: By the plural of a level.
        history: A frame, or frames by the plural of a level.
    """

    children: Mapping[str, Frame]
    history: Frame | Mapping[str, Frame] | None
    attestations: Frame | None


def evaluate_frame(  # noqa: PLR0913 - what `ntmrules.evaluate_frame` takes
    ruleset: Ruleset,
    frame: Frame,
    beside: Beside,
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
    absent, found = carry(job, frame, _placed(ruleset, beside))
    if absent:
        named = ", ".join(f"`{name}`" for name in absent)
        _warn(f"not in the frame, so missing in every row: {named}")
    judged = _judged(ruleset)
    if judged and beside.attestations is None:
        named = ", ".join(f"`{label}`" for label in judged)
        _warn(f"people judge it, so without `attestations` it is unknown: {named}")
    if not ruleset.in_force(date) or ruleset.status != "in force":
        day = date.isoformat()
        _warn(f"`{ruleset.id}` is not in force on {day}: nothing is granted")
    return found


def _judged(ruleset: Ruleset) -> list[str]:
    """Name the indicators that people judge."""
    return [
        label
        for label, indicator in ruleset.indicators.items()
        if isinstance(indicator.requirement, Attested)
    ]


def _placed(ruleset: Ruleset, beside: Beside) -> dict[Any, Frame]:
    """Say what each frame beside the rows is to them."""
    from ntmrules.batch._beside import Place, Role

    placed = {
        Place(Role.CHILDREN, plural): rows for plural, rows in beside.children.items()
    }
    history = beside.history
    if history is not None and not isinstance(history, Mapping):
        history = {ruleset.level.plural: history}
    for plural, rows in (history or {}).items():
        own = plural == ruleset.level.plural
        placed[Place(Role.HISTORY, "" if own else plural)] = rows
    if beside.attestations is not None:
        placed[Place(Role.ATTESTATIONS)] = beside.attestations
    return placed


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


def check_frame(ruleset: Ruleset, frame: Frame, scales: Mapping[str, str]) -> Frame:
    """Look at a frame once; see `ntmrules.check_frame`."""
    _need_libraries()
    from ntmrules.batch._checked import checked

    return checked(ruleset, frame, scales)


def units_of_rows(
    ruleset: Ruleset,
    frame: Frame,
    beside: Beside,
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
    return _carry.units_of_rows(job, frame, _placed(ruleset, beside), ids)
