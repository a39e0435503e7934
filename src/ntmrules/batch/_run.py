"""Deciding a frame: its columns are checked, then each verdict is one expression."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

import attrs
import polars

from ntmrules.batch._columns import KEPT, MET, Columns
from ntmrules.batch._conditions import Conditions, all_of, code, coded, not_applicable
from ntmrules.batch._decide import Decide
from ntmrules.batch._needs import Needs, needs_of
from ntmrules.batch._units import children_of, units_of
from ntmrules.batch._values import UnsupportedError
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Attested, Criterion, Indicator, Ruleset
from ntmrules.model.types import EnumType
from ntmrules.model.vocabulary import Fact


WORDS = {0: "not met", 1: "unknown", 2: "met", 3: "not applicable"}


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
) -> Rows:
    """
    Decide every row of *frame*.

    Raises:
        FactError: The columns cannot be used; carries every problem.
    """
    needs = needs_of(ruleset)
    columns = Columns(frame, ruleset.vocabulary, needs.facts, scales)
    inside = children_of(ruleset, frame, children, needs, scales, columns.problems)
    columns.complain()
    one_by_one: tuple[str, ...] = ()
    writer = _Writer(ruleset, columns, date, accept_unverified=accept_unverified)
    try:
        stages = writer.stages(totals=bool(children))
    except UnsupportedError as error:
        one_by_one = (str(error),)
        units = units_of(ruleset, frame, needs, scales, inside)
        rows = [decide(unit) for unit in units]
        kinds = dict.fromkeys(places(ruleset), polars.Int8)
        found = polars.DataFrame(rows, schema=kinds, orient="row")
    else:
        lazy = columns.frame.lazy().with_columns(_cases(needs.facts, columns))
        for stage in stages:
            lazy = lazy.with_columns(stage)
        found = lazy.select(places(ruleset)).collect()
    kept = [frame[name] for name in KEPT if name in frame.columns]
    verdicts = _with_counts(found, ruleset)
    if not as_codes:
        verdicts = _in_words(verdicts, places(ruleset))
    table = polars.DataFrame([*kept, *verdicts])
    return Rows(table, _absent(needs, columns, children), one_by_one)


def _absent(
    needs: Needs, columns: Columns, children: Mapping[str, polars.DataFrame]
) -> tuple[str, ...]:
    """Name what the rules ask for and the frames do not have."""
    missing = [name for name in needs.facts if name not in columns.present]
    for plural, facts in needs.inside.items():
        if plural not in children:
            missing.append(plural)
            continue
        have = set(children[plural].columns)
        missing += [
            f"{plural}: {name}" for name in facts if not {name, name + MET} & have
        ]
    if needs.other_years:
        missing.append("history")
    return tuple(missing)


def places(ruleset: Ruleset) -> list[str]:
    """Name the columns of verdicts: the whole, preconditions, criteria, indicators."""
    return [
        "verdict",
        *(f"precondition {label}" for label in ruleset.preconditions),
        *(f"criterion {label}" for label in ruleset.criteria),
        *(f"indicator {label}" for label in ruleset.indicators),
    ]


def _cases(needed: Mapping[str, Fact], columns: Columns) -> list[polars.Expr]:
    """Turn the text of each case into its place, once."""
    coded_columns = []
    for name, fact in needed.items():
        if isinstance(fact.type, EnumType) and name in columns.present:
            names = list(fact.type.enum.names)
            place = polars.col(name).cast(polars.Enum(names)).to_physical()
            coded_columns.append(place.cast(polars.Int64).alias(coded(name)))
    return coded_columns


class _Writer:
    """Writes the verdicts of a ruleset, each after those that it refers to."""

    def __init__(
        self,
        ruleset: Ruleset,
        columns: Columns,
        date: datetime.date,
        *,
        accept_unverified: bool,
    ) -> None:
        self._ruleset = ruleset
        self._accept = accept_unverified
        self._stages: list[list[polars.Expr]] = []
        self._stage_of: dict[str, int] = {}
        self._deepest = 0
        self._conditions = Conditions(
            columns, date, accept_unverified, self._provision, tuple(ruleset.criteria)
        )

    def stages(self, *, totals: bool) -> list[list[polars.Expr]]:
        """Write all of them; *totals* says whether sub-units may add up."""
        if totals:
            msg = "sub-units"
            raise UnsupportedError(msg)
        for label in self._ruleset.indicators:
            self._provision("indicator", label)
        for label in (*self._ruleset.preconditions, *self._ruleset.criteria):
            self._provision("criterion", label)
        self._put("verdict", self._whole)
        return self._stages

    def _put(self, name: str, write: Callable[[], polars.Expr]) -> polars.Expr:
        """Place a verdict one stage after the last that it refers to."""
        if name not in self._stage_of:
            outer, self._deepest = self._deepest, 0
            verdict = write().cast(polars.Int8).alias(name)
            stage, self._deepest = self._deepest, outer
            while len(self._stages) <= stage:
                self._stages.append([])
            self._stages[stage].append(verdict)
            self._stage_of[name] = stage
        self._deepest = max(self._deepest, self._stage_of[name] + 1)
        return polars.col(name)

    def _provision(self, kind: str, label: str) -> polars.Expr:
        ruleset = self._ruleset
        if kind == "indicator":
            indicator = ruleset.indicators[label]
            return self._put(f"indicator {label}", lambda: self._indicator(indicator))
        if label in ruleset.criteria:
            criterion, name = ruleset.criteria[label], f"criterion {label}"
        else:
            criterion, name = ruleset.preconditions[label], f"precondition {label}"
        return self._put(name, lambda: self._criterion(criterion))

    def _whole(self) -> polars.Expr:
        confers = self._ruleset.confers
        if confers is not None and confers.when is not None:
            return self._conditions.condition(confers.when)
        labels = (*self._ruleset.preconditions, *self._ruleset.criteria)
        if not labels:
            return not_applicable()
        return all_of([self._provision("criterion", label) for label in labels])

    def _criterion(self, criterion: Criterion) -> polars.Expr:
        if criterion.holds_its_requirement:
            return self._provision("indicator", criterion.label)
        if criterion.passes is None:
            verdict = all_of(
                [self._provision("indicator", i.label) for i in criterion.indicators]
            )
        else:
            verdict = self._conditions.condition(criterion.passes)
        return self._where_it_applies(criterion.applies, verdict)

    def _indicator(self, indicator: Indicator) -> polars.Expr:
        requirement = indicator.requirement
        if isinstance(requirement, Attested) or (
            indicator.unverified and not self._accept
        ):
            # Nobody attests in a frame, so a judgement is unknown.
            verdict = code(1)
        else:
            verdict = self._conditions.condition(requirement)
        return self._where_it_applies(indicator.applies, verdict)

    def _where_it_applies(
        self, applies: e.Expression | None, verdict: polars.Expr
    ) -> polars.Expr:
        if applies is None:
            return verdict
        test = self._conditions.condition(applies)
        return polars.when(test == 2).then(verdict).when(test == 1).then(code(1))


def _with_counts(found: polars.DataFrame, ruleset: Ruleset) -> polars.DataFrame:
    criteria = [polars.col(f"criterion {label}") for label in ruleset.criteria]
    if not criteria:
        return found
    counts = [
        polars.sum_horizontal(
            *((one.fill_null(3) == at).cast(polars.UInt32) for one in criteria)
        ).alias(f"criteria {word}")
        for at, word in ((2, "met"), (0, "not met"), (1, "unknown"))
    ]
    first, *rest = found.columns
    counted = found.select(counts)
    return polars.DataFrame([found[first], *counted, *(found[name] for name in rest)])


def _in_words(verdicts: polars.DataFrame, names: list[str]) -> polars.DataFrame:
    kind = polars.Enum(list(WORDS.values()))
    table = polars.lit(polars.Series(list(WORDS.values()), dtype=kind))
    return verdicts.with_columns(
        table.gather(polars.col(name).fill_null(3).cast(polars.UInt32)).alias(name)
        for name in names
    )
