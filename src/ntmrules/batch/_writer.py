"""Writing the verdicts of a ruleset, each after those that it refers to."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

import polars

from ntmrules.batch._columns import Columns
from ntmrules.batch._conditions import Conditions
from ntmrules.batch._inside import Inside, Reading, Table
from ntmrules.batch._truth import Truth, all_of, same, where_it_applies
from ntmrules.batch._values import UnsupportedError
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Attested, Criterion, Indicator, Ruleset
from ntmrules.verdict import Verdict


class Writer:
    """
    Writes the verdicts of a ruleset, each after those that it refers to.

    Attributes:
        tables: The frames of sub-units, by plural, and what they contribute.
    """

    def __init__(
        self,
        ruleset: Ruleset,
        columns: Columns,
        children: Mapping[str, Columns],
        date: datetime.date,
        *,
        accept_unverified: bool,
    ) -> None:
        self._ruleset = ruleset
        self._accept = accept_unverified
        self._stages: list[list[polars.Expr]] = []
        self._found: dict[str, Truth] = {}
        self._stage_of: dict[str, int] = {}
        self._deepest = 0
        self._untested = {test.column: test for test in columns.tests}
        vocabulary, tables = ruleset.vocabulary, {}
        for plural, rows in children.items():
            level = vocabulary.level_of_plural(plural)
            if level is not None:
                # Of what lies inside sub-units nothing is said.
                nothing = Inside(vocabulary, level, {})
                inner = Conditions(
                    rows, date, accept_unverified, nothing, _elsewhere, ()
                )
                reading = Reading(inner.condition, inner.value)
                tables[plural] = Table(level, rows, reading)
        self.tables = tables
        self._conditions = Conditions(
            columns,
            date,
            accept_unverified,
            Inside(vocabulary, ruleset.level, tables),
            self._provision,
            tuple(ruleset.criteria),
        )

    def write(self) -> list[list[polars.Expr]]:
        """Write all of them, in stages; `found` has their columns."""
        for label in self._ruleset.indicators:
            self._provision("indicator", label)
        for label in (*self._ruleset.preconditions, *self._ruleset.criteria):
            self._provision("criterion", label)
        self._put("verdict", self._whole)
        self._test(list(self._untested))
        return self._stages

    def found(self, name: str) -> Truth:
        """Give a verdict that was written."""
        return self._found[name]

    def _put(self, name: str, write: Callable[[], Truth]) -> Truth:
        """Place a verdict one stage after the last that it refers to."""
        if name not in self._found:
            outer, self._deepest = self._deepest, 0
            verdict = write()
            stage, self._deepest = self._deepest, outer
            while len(self._stages) <= stage:
                self._stages.append([])
            self._stages[stage].append(verdict.known.alias(name))
            # Beside what reads the column, so that it is read once.
            self._test(self._conditions.read)
            dash = None
            if verdict.dash is not None:
                dash = polars.col(dashed(name))
                self._stages[stage].append(verdict.dash.alias(dashed(name)))
            self._found[name] = Truth(polars.col(name), dash)
            self._stage_of[name] = stage
        self._deepest = max(self._deepest, self._stage_of[name] + 1)
        return self._found[name]

    def _test(self, columns: list[str]) -> None:
        """Write the tests of columns that have none yet."""
        for column in columns:
            test = self._untested.pop(column, None)
            if test is not None:
                self._stages[0].append(test.holds.alias(test.name))
        columns.clear()

    def _provision(self, kind: str, label: str) -> Truth:
        ruleset = self._ruleset
        if kind == "indicator":
            indicator = ruleset.indicators[label]
            return self._put(f"indicator {label}", lambda: self._indicator(indicator))
        if label in ruleset.criteria:
            criterion, name = ruleset.criteria[label], f"criterion {label}"
        else:
            criterion, name = ruleset.preconditions[label], f"precondition {label}"
        return self._put(name, lambda: self._criterion(criterion))

    def _whole(self) -> Truth:
        confers = self._ruleset.confers
        if confers is not None and confers.when is not None:
            return self._conditions.condition(confers.when)
        labels = (*self._ruleset.preconditions, *self._ruleset.criteria)
        if not labels:
            return same(Verdict.NOT_APPLICABLE)
        return all_of([self._provision("criterion", label) for label in labels])

    def _criterion(self, criterion: Criterion) -> Truth:
        if criterion.holds_its_requirement:
            return self._provision("indicator", criterion.label)
        if criterion.passes is None:
            verdict = all_of(
                [self._provision("indicator", i.label) for i in criterion.indicators]
            )
        else:
            verdict = self._conditions.condition(criterion.passes)
        return self._where_it_applies(criterion.applies, verdict)

    def _indicator(self, indicator: Indicator) -> Truth:
        requirement = indicator.requirement
        if isinstance(requirement, Attested) or (
            indicator.unverified and not self._accept
        ):
            # Nobody attests in a frame, so a judgement is unknown.
            verdict = same(Verdict.UNKNOWN)
        else:
            verdict = self._conditions.condition(requirement)
        return self._where_it_applies(indicator.applies, verdict)

    def _where_it_applies(self, applies: e.Expression | None, verdict: Truth) -> Truth:
        if applies is None:
            return verdict
        return where_it_applies(self._conditions.condition(applies), verdict)


def places(ruleset: Ruleset) -> list[str]:
    """Name the columns of verdicts: the whole, preconditions, criteria, indicators."""
    return [
        "verdict",
        *(f"precondition {label}" for label in ruleset.preconditions),
        *(f"criterion {label}" for label in ruleset.criteria),
        *(f"indicator {label}" for label in ruleset.indicators),
    ]


def dashed(name: str) -> str:
    """Name the column that says where a verdict does not apply."""
    return f"{name}\0"


def _elsewhere(kind: str, label: str) -> Truth:
    """Refuse the verdict of a provision inside a sub-unit."""
    msg = f"{kind} {label} of a sub-unit"
    raise UnsupportedError(msg)
