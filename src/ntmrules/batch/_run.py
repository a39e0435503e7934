"""Deciding a frame: its columns are checked, then each verdict is one expression."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import attrs
import polars

from ntmrules.batch._checked import CheckedFrame
from ntmrules.batch._columns import KEPT, MET, Columns
from ntmrules.batch._decide import Decide
from ntmrules.batch._gather import columns_inside, gathered
from ntmrules.batch._needs import Needs, needs_of
from ntmrules.batch._plan import Exactly, Form, Plan, plan_for, write
from ntmrules.batch._truth import Truth, code, counts_of, word
from ntmrules.batch._units import Inside, children_of, units_of
from ntmrules.batch._values import UnsupportedError
from ntmrules.batch._writer import places
from ntmrules.model.ruleset import Ruleset


Children = Mapping[str, polars.DataFrame]


@attrs.frozen
class Asked:
    """What is asked: frames to decide, and how."""

    form: Form
    frame: polars.DataFrame
    children: Children
    scales: Mapping[str, str]
    needs: Needs
    ready: CheckedFrame | None = None

    @property
    def ruleset(self) -> Ruleset:
        """What decides them."""
        return self.form.which.ruleset


@attrs.frozen
class Rows:
    """
    What a frame came to.

    Attributes:
        verdicts: ``id`` and ``name`` if given, then the verdicts.
        absent: What is asked for and has no column or frame.
        one_by_one: The constructs for which the rows were decided one by one.
    """

    verdicts: polars.DataFrame
    absent: tuple[str, ...]
    one_by_one: tuple[str, ...]


def run(  # noqa: PLR0913 - what `ntmrules.evaluate_frame` takes
    ruleset: Ruleset,
    frame: polars.DataFrame,
    children: Mapping[str, polars.DataFrame],
    date: datetime.date,
    scales: Mapping[str, str],
    decide: Decide,
    *,
    accept_unverified: bool,
    as_codes: bool,
    ready: CheckedFrame | None = None,
    row_by_row: bool = False,
) -> Rows:
    """
    Decide every row of *frame*; *row_by_row* where *decide* knows more than columns.

    Where the frame was looked at before, *ready* is what it was made into.

    Raises:
        FactError: The columns cannot be used; carries every problem.
    """
    told = tuple(scales.items())
    form = Form(Exactly(ruleset), date, told, accept_unverified, as_codes)
    asked = Asked(form, frame, children, scales, needs_of(ruleset), ready)
    one_by_one: tuple[str, ...] = ()
    try:
        found = _row_by_row(asked, decide) if row_by_row else _by_columns(asked)
    except UnsupportedError as error:
        one_by_one = (str(error),)
        found = _row_by_row(asked, decide)
    kept = [frame[name] for name in KEPT if name in frame.columns]
    return Rows(polars.DataFrame([*kept, *found]), _absent(asked), one_by_one)


def _absent(asked: Asked) -> tuple[str, ...]:
    """Name what the rules ask for and the frames do not have."""
    needs, have = asked.needs, set(asked.frame.columns)
    missing = [name for name in needs.facts if not {name, name + MET} & have]
    for plural, facts in needs.inside.items():
        if plural not in asked.children:
            missing.append(plural)
            continue
        have = set(asked.children[plural].columns)
        missing += [
            f"{plural}: {name}" for name in facts if not {name, name + MET} & have
        ]
    if needs.other_years:
        missing.append("history")
    return tuple(missing)


# By columns.


def _by_columns(asked: Asked) -> polars.DataFrame:
    """Decide the frame, looking at its values in the same pass if all is well."""
    ready = asked.ready
    if ready is not None and not asked.children:
        found = ready.decide(asked.form)
    elif ready is not None:
        found = _attempt(asked, ready.columns, trusting=True)
    elif (plan := _usual(asked)) is not None:
        found = plan.decide(asked.frame, asked.frame)
    else:
        found = _attempt(asked, _columns(asked, trusting=True), trusting=True)
    if found is None:
        # Something is wrong, or large: look at each column, and tell all there is.
        columns = _columns(asked, trusting=False)
        _checked(asked, columns)
        found = _attempt(asked, columns, trusting=False)
    if found is None:
        # What is right one by one may still be written in an unusual way.
        msg = "columns of an unusual form"
        raise UnsupportedError(msg)
    return found


def _usual(asked: Asked) -> Plan | None:
    """Find the expressions for columns of these types, which usually say how."""
    if asked.children:
        return None
    return plan_for(asked.form, tuple(asked.frame.schema.items()))


def _columns(asked: Asked, *, trusting: bool) -> Columns:
    vocabulary, facts = asked.ruleset.vocabulary, asked.needs.facts
    return Columns(asked.frame, vocabulary, facts, asked.scales, trusting=trusting)


def _checked(asked: Asked, columns: Columns) -> Inside:
    """Tell all that is wrong; give the sub-units by the unit above."""
    ruleset, frame, children = asked.ruleset, asked.frame, asked.children
    needs, scales, problems = asked.needs, asked.scales, columns.problems
    inside = children_of(ruleset, frame, children, needs, scales, problems)
    columns.complain()
    return inside


def _attempt(
    asked: Asked, columns: Columns, *, trusting: bool
) -> polars.DataFrame | None:
    """Decide the frame; `None` if something was wrong with its columns."""
    ruleset = asked.ruleset
    children = columns_inside(
        ruleset, asked.children, asked.needs, asked.scales, trusting=trusting
    )
    if columns.problems or children is None:
        return None
    plan = write(asked.form, columns, children)
    given = columns.frame
    if children:
        counts = gathered(asked.frame, plan.tables)
        if counts is None:
            return None
        given = given.hstack(counts)
    return plan.decide(given, asked.frame)


# Row by row.


def _row_by_row(asked: Asked, decide: Decide) -> polars.DataFrame:
    """Decide each row by itself."""
    inside = _checked(asked, _columns(asked, trusting=False))
    units = units_of(asked.ruleset, asked.frame, asked.needs, asked.scales, inside)
    kinds = dict.fromkeys(places(asked.ruleset), polars.Int8)
    rows = polars.DataFrame(
        [decide(unit) for unit in units], schema=kinds, orient="row"
    )
    truths = {
        name: Truth(
            polars.when(polars.col(name) != 1).then(polars.col(name) == 2),
            polars.col(name).is_null(),
        )
        for name in places(asked.ruleset)
    }
    criteria = [truths[f"criterion {label}"] for label in asked.ruleset.criteria]
    show = code if asked.form.as_codes else word
    first, *rest = [show(one).alias(name) for name, one in truths.items()]
    return rows.select(first, *counts_of(criteria), *rest)
