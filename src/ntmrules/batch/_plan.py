"""
The expressions that decide a frame, kept for the next one of the same columns.

Writing them takes as long as deciding some ten thousand rows.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping

import attrs
import polars

from ntmrules.batch._columns import Columns
from ntmrules.batch._inside import Table
from ntmrules.batch._needs import needs_of
from ntmrules.batch._trust import Test, all_hold, hold
from ntmrules.batch._truth import code, counts_of, word
from ntmrules.batch._writer import Writer, places
from ntmrules.model.ruleset import Ruleset


MOST_PLANS = 16
"""So many are kept."""


@attrs.frozen
class Plan:
    """
    How a frame is decided.

    Attributes:
        cases: The places of cases.
        stages: The verdicts, each stage after those it refers to.
        wanted: What comes out.
        tests: What must hold of each row.
        tables: The frames of sub-units, and what they contribute.
    """

    cases: list[polars.Expr]
    stages: list[list[polars.Expr]]
    wanted: list[polars.Expr]
    tests: list[Test]
    tables: Mapping[str, Table]

    def decide(
        self, given: polars.DataFrame, original: polars.DataFrame
    ) -> polars.DataFrame | None:
        """Decide a frame; `None` if a test does not hold of the *original*."""
        lazy = given.lazy().with_columns(self.cases)
        for stage in self.stages:
            lazy = lazy.with_columns(stage)
        found = lazy.select(*self.wanted, all_hold(self.tests)).collect()
        if not hold(self.tests, found, original):
            return None
        # Taking columns out of a frame by its own means would copy the others.
        return polars.DataFrame(found.get_columns()[: len(self.wanted)])


@attrs.frozen(eq=False)
class Exactly:
    """A ruleset that equals nothing but itself."""

    ruleset: Ruleset

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Exactly) and other.ruleset is self.ruleset

    def __hash__(self) -> int:
        return id(self.ruleset)


@attrs.frozen
class Form:
    """How a ruleset is to be decided, whatever the frame."""

    which: Exactly
    date: datetime.date
    scales: tuple[tuple[str, str], ...]
    accept_unverified: bool
    as_codes: bool


def write(form: Form, columns: Columns, children: Mapping[str, Columns]) -> Plan:
    """Write the expressions for columns that are right."""
    ruleset = form.which.ruleset
    accept = form.accept_unverified
    writer = Writer(ruleset, columns, children, form.date, accept_unverified=accept)
    stages = writer.write()
    truths = {name: writer.found(name) for name in places(ruleset)}
    show = code if form.as_codes else word
    first, *rest = [show(one).alias(name) for name, one in truths.items()]
    criteria = [truths[f"criterion {label}"] for label in ruleset.criteria]
    wanted = [first, *counts_of(criteria), *rest]
    return Plan(columns.cases, stages, wanted, columns.tests, writer.tables)


@functools.lru_cache(maxsize=MOST_PLANS)
def plan_for(form: Form, kinds: tuple[tuple[str, polars.DataType], ...]) -> Plan | None:
    """Write the expressions for columns of known types, if those are all it takes."""
    ruleset = form.which.ruleset
    needs = needs_of(ruleset)
    empty = polars.DataFrame(schema=dict(kinds))
    scales = dict(form.scales)
    columns = Columns(empty, ruleset.vocabulary, needs.facts, scales, trusting=True)
    if columns.problems or columns.frame is not empty:
        return None
    return write(form, columns, {})
