"""
Whole tables of units: verdicts of every row, reasons of some.

Source: engine.md sections 1 and 4.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from ntmrules.api import compile as compiled
from ntmrules.api import evaluate, load, not_a_date
from ntmrules.assessment import Assessment
from ntmrules.catalogue import Catalogue
from ntmrules.errors import FactError
from ntmrules.model.ruleset import Ruleset


Frame: TypeAlias = Any
"""
A frame of Polars (eager or lazy), pandas, PyArrow, DuckDB, Dask or PySpark.

Those are imported when they are used.
"""


def check_frame(
    ruleset: Ruleset | Path | str,
    frame: Frame,
    *,
    share_columns: Mapping[str, str] | None = None,
    as_of: datetime.date | None = None,
    status: str = "in force",
    catalogue: Catalogue | None = None,
) -> Frame:
    """
    Look at a frame once, to decide it many times: for years, or variants of the rules.

    Args:
        ruleset: As for `evaluate`.
        frame: A frame in memory, as for `evaluate_frame`.
        share_columns: As for `evaluate_frame`, which is not told it again.
        as_of: The date that picks the version of a ruleset given by its id.
        status: As for `evaluate`.
        catalogue: As for `load`.

    Returns:
        What `evaluate_frame` and `explain_rows` take in place of the frame, as long as
        nobody changes that in place.  Verdicts look at nothing again where a ruleset
        asks for the same facts as this one, or fewer of them; otherwise at *frame*.

    Raises:
        RulesetError: The ruleset cannot be used.
        FactError: The frame cannot be used; carries every problem of its columns.

    Source:
        docs/decisions/0024-frames-checked-once.md.
    """
    from ntmrules import batch

    if not isinstance(ruleset, Ruleset):
        ruleset = load(ruleset, as_of=as_of, status=status, catalogue=catalogue)
    return batch.check_frame(ruleset, frame, share_columns or {})


def evaluate_frame(  # noqa: PLR0913 - each says something of the table
    ruleset: Ruleset | Path | str,
    frame: Frame,
    *,
    as_of: datetime.date,
    children: Mapping[str, Frame] | None = None,
    history: Frame | Mapping[str, Frame] | None = None,
    attestations: Frame | None = None,
    share_columns: Mapping[str, str] | None = None,
    accept_unverified: bool = False,
    as_codes: bool = False,
    status: str = "in force",
    catalogue: Catalogue | None = None,
) -> Frame:
    """
    Decide every row of a frame; the verdicts are those of `evaluate`.

    Args:
        ruleset: As for `evaluate`.
        frame: A frame of Polars (eager or lazy), pandas, PyArrow, DuckDB, Dask or
            PySpark, a column for each fact; or what `check_frame` made of it.  A share
            is ``insured.met`` and ``insured.of``; a title is
            ``titles.commune.standard``, the year in which it was granted.
        as_of: The assessment date, also of the figures.
        children: Frames of sub-units by the plural of their level, with the ``id``
            of the unit above them in ``parent``.
        history: A frame of earlier years, with ``id``, ``year`` and facts; or such
            frames by the plural of a level, those of sub-units with ``parent`` too.
        attestations: A frame of what people judged: ``id``, ``label``, ``verdict``
            and ``on``, the date; ``by``, ``document`` and ``ruleset`` if wanted.
        share_columns: The scale of shares given as one number: ``"percent"`` or
            ``"fraction"``.
        accept_unverified: Whether figures marked ``unverified`` count.
        as_codes: Give 0 for not met, 1 unknown, 2 met, null not applicable.
        status: As for `evaluate`.
        catalogue: As for `load`.

    Returns:
        A frame of the same kind, a row for each row: ``id`` and ``name`` if given,
        ``verdict``, counts of criteria, and each provision.  A column that is
        absent is missing in every row, and a `UserWarning` names it; another names
        what people judge, where no judgements are given.

    Raises:
        RulesetError: The ruleset cannot be used.
        FactError: The frame cannot be used; carries every problem of its columns.
            Lazy frames and those of Dask and PySpark are decided later: then their
            values are looked at, and the library raises or passes on our complaint.

    Source:
        engine.md section 5.
    """
    from ntmrules import batch

    date = _wanted_date(as_of)
    if not isinstance(ruleset, Ruleset):
        ruleset = load(ruleset, as_of=date, status=status, catalogue=catalogue)
    return batch.evaluate_frame(
        ruleset,
        frame,
        batch.Beside(children or {}, history, attestations),
        date,
        share_columns or {},
        _deciding,
        accept_unverified=accept_unverified,
        as_codes=as_codes,
    )


def explain_rows(  # noqa: PLR0913 - as `evaluate_frame`
    ruleset: Ruleset | Path | str,
    frame: Frame,
    ids: Sequence[object],
    *,
    as_of: datetime.date,
    children: Mapping[str, Frame] | None = None,
    history: Frame | Mapping[str, Frame] | None = None,
    attestations: Frame | None = None,
    share_columns: Mapping[str, str] | None = None,
    accept_unverified: bool = False,
    status: str = "in force",
    catalogue: Catalogue | None = None,
) -> dict[str, Assessment]:
    """
    Assess chosen rows of a frame with reasons, by their ``id``.

    Args:
        ruleset: As for `evaluate`.
        frame: As for `evaluate_frame`, with a column ``id``.
        ids: The rows that are wanted.
        as_of: As for `evaluate_frame`.
        children: As for `evaluate_frame`.
        history: As for `evaluate_frame`.
        attestations: As for `evaluate_frame`.
        share_columns: As for `evaluate_frame`.
        accept_unverified: As for `evaluate`.
        status: As for `evaluate`.
        catalogue: As for `load`.

    Raises:
        RulesetError: The ruleset cannot be used.
        FactError: The frame cannot be used, or no single row has such an id.
    """
    from ntmrules import batch

    date = _wanted_date(as_of)
    if not isinstance(ruleset, Ruleset):
        ruleset = load(ruleset, as_of=date, status=status, catalogue=catalogue)
    beside = batch.Beside(children or {}, history, attestations)
    units = batch.units_of_rows(
        ruleset, frame, beside, date, share_columns or {}, _deciding, ids
    )
    return {
        one: evaluate(ruleset, unit, as_of=date, accept_unverified=accept_unverified)
        for one, unit in units.items()
    }


def _deciding(
    ruleset: Ruleset,
    date: datetime.date,
    accept_unverified: bool,  # noqa: FBT001 - a pair of brackets shorter
) -> Callable[[Mapping[str, Any]], tuple[int | None, ...]]:
    """Make what decides a row of a frame where its columns do not."""
    from ntmrules import batch

    program = compiled(ruleset, accept_unverified=accept_unverified)
    return lambda unit: batch.codes_of(program(unit, as_of=date))


def _wanted_date(as_of: object) -> datetime.date:
    if not isinstance(as_of, datetime.date) or isinstance(as_of, datetime.datetime):
        raise FactError([not_a_date(as_of)])
    return as_of
