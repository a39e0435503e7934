"""
What is missing: only what can still change a verdict, and all of it.

Source: engine.md section 3; language.md section 8.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

import attrs

from ntmrules.assessment._members import (
    MAY_BELONG,
    Membership,
    aggregated,
    counts_leave_open,
    verdict_of,
    without_list,
)
from ntmrules.assessment._missing import Missing, MissingKind
from ntmrules.evaluate.trace import (
    Cause,
    ConditionStep,
    CriterionTrace,
    IndicatorTrace,
    Origin,
    ProvisionTrace,
    RulesetTrace,
    Step,
    ValueStep,
)
from ntmrules.exact import Share
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Attested, Criterion, Indicator, Ruleset
from ntmrules.model.unit import Unit
from ntmrules.model.vocabulary import Level
from ntmrules.verdict import Verdict


_NO_TITLE = frozenset({Cause.TITLES_MISSING, Cause.LOWER_TITLE_MISSING})

# What no fact can mend: nothing below was looked at.
_BEYOND_FACTS = frozenset(
    {
        Cause.YEAR_TO_COME,
        Cause.NOT_A_YEAR,
        Cause.NOT_IN_FORCE,
        Cause.TOO_MANY_YEARS,
    }
)


@attrs.frozen
class _Place:
    """
    The ruleset at hand, to which bare labels belong, and the date of the whole.

    Attributes:
        provision: The one at hand, whose figures may be unverified.
    """

    ruleset: Ruleset
    date: datetime.date
    provision: Criterion | Indicator | None = None

    def of(self, name: str | None, year: int) -> _Place:
        """Move to the version of a ruleset that was looked at in *year*."""
        if name is None:
            return self
        day = min(datetime.date(year, 12, 31), self.date)
        for version in self.ruleset.references[name]:
            if version.in_force(day):
                return _Place(version, self.date)
        return self

    def within(self, provision: Criterion | Indicator | None) -> _Place:
        """Move into a provision."""
        return self if provision is None else attrs.evolve(self, provision=provision)


def _unique(found: Iterable[Missing]) -> tuple[Missing, ...]:
    return tuple(dict.fromkeys(found))


class Search:
    """
    One walk down the unknown branches, looking into each provision once.

    INVARIANT: the methods for steps are called for unknown steps alone.
    """

    def __init__(self, whole: RulesetTrace, *, accept_unverified: bool) -> None:
        self._whole = whole
        self._accepted = accept_unverified
        self._found: dict[int, tuple[Missing, ...]] = {}

    def missing(self, trace: RulesetTrace | ProvisionTrace) -> tuple[Missing, ...]:
        """
        Tell what could still change the verdict of *trace*, a part of the whole.

        Nothing could when the verdict is decided.  In the order of the rules, each
        once.
        """
        place = _Place(self._whole.ruleset, self._whole.date)
        return self.provision(trace, place, self._whole.date.year)

    # Provisions.

    def provision(
        self, trace: RulesetTrace | ProvisionTrace, place: _Place, year: int
    ) -> tuple[Missing, ...]:
        """Look into a ruleset, criterion or indicator."""
        if trace.verdict is not Verdict.UNKNOWN:
            return ()
        key = id(trace)
        if key not in self._found:
            self._found[key] = _unique(self._provision(trace, place, year))
        return self._found[key]

    def _provision(
        self, trace: RulesetTrace | ProvisionTrace, place: _Place, year: int
    ) -> Iterator[Missing]:
        match trace:
            case RulesetTrace():
                if trace.when is not None:
                    yield from self._step(trace.when, place)
                    return
                for criterion in (*trace.preconditions, *trace.criteria):
                    yield from self.provision(criterion, place, year)
            case CriterionTrace() if trace.criterion.holds_its_requirement:
                yield from self.provision(trace.indicators[0], place, year)
            case CriterionTrace():
                inside = place.within(trace.criterion)
                yield from self._step(trace.applies, inside)
                if trace.passes is not None:
                    yield from self._step(trace.passes, inside)
                    return
                if any(i.verdict is Verdict.NOT_MET for i in trace.indicators):
                    return
                for indicator in trace.indicators:
                    yield from self.provision(indicator, place, year)
            case IndicatorTrace():
                yield from self._indicator(trace, place, year)

    def _indicator(
        self, trace: IndicatorTrace, place: _Place, year: int
    ) -> Iterator[Missing]:
        indicator = trace.indicator
        place = place.within(indicator)
        yield from self._step(trace.applies, place)
        if isinstance(indicator.requirement, Attested):
            by = indicator.requirement.by
            yield from _on_label(MissingKind.ATTESTATION, trace.unit, year, place, by)
        else:
            yield from self._step(trace.requirement, place)
        if indicator.unverified and not self._accepted:
            why = indicator.unverified
            yield from _on_label(MissingKind.VERIFICATION, trace.unit, year, place, why)

    # Steps.

    def _step(self, step: Step | None, place: _Place) -> Iterator[Missing]:
        """Look into a step, if it is unknown."""
        match step:
            case ValueStep() if step.unknown:
                yield from self._value(step, place)
            case ConditionStep() if step.verdict is Verdict.UNKNOWN:
                yield from self._condition(step, place)
            case _:
                return

    def _steps(self, steps: Iterable[Step | None], place: _Place) -> Iterator[Missing]:
        for step in steps:
            yield from self._step(step, place)

    def _condition(self, step: ConditionStep, place: _Place) -> Iterator[Missing]:
        node = step.node
        if step.reason is not None and step.reason.cause in _BEYOND_FACTS:
            return
        match node:
            case e.If():
                yield from self._if(step, place)
            case e.Holds():
                yield Missing(
                    node.title.name,
                    MissingKind.TITLES,
                    step.unit,
                    step.year,
                    label=node.title.label,
                )
            case e.Meets() | e.ProvisionVerdict() if step.provision is not None:
                there = place.of(node.ruleset, step.year)
                yield from self.provision(step.provision, there, step.year)
            case e.Quantified():
                yield from self._quantified(node, step, place)
            case _:
                yield from self._steps(step.steps, place)

    def _if(self, step: ConditionStep | ValueStep, place: _Place) -> Iterator[Missing]:
        """With a known condition only the chosen branch, otherwise all."""
        test, *branches = step.steps
        if isinstance(step, ValueStep) and isinstance(test, ValueStep):
            # The branch that was taken stands first.
            yield from self._step(test, place)
            return
        verdict = test.verdict if isinstance(test, ConditionStep) else None
        if verdict is Verdict.MET:
            yield from self._step(branches[0], place)
        elif verdict is Verdict.NOT_MET:
            yield from self._step(branches[1], place)
        else:
            yield from self._steps(step.steps, place)

    def _value(self, step: ValueStep, place: _Place) -> Iterator[Missing]:
        node = step.node
        cause = step.reason.cause if step.reason is not None else None
        match node:
            case e.FactValue():
                yield from self._fact(node, step, place)
            case e.GrantedYear() if cause in _NO_TITLE:
                yield Missing(
                    node.title.name,
                    MissingKind.TITLES,
                    step.unit,
                    step.year,
                    label=node.title.label,
                )
            case e.If():
                yield from self._if(step, place)
            case e.CountOf():
                yield from _listing(node.collection.level, step, counted=True)
                yield from self._steps(step.steps, place)
            case e.Aggregate():
                yield from _listing(node.collection.level, step, counted=True)
                yield from self._aggregate(node, step, place)
            case e.ThresholdOf():
                there = place.of(node.ruleset, step.year)
                there = there.within(there.ruleset.indicators.get(node.label))
                if cause is Cause.UNVERIFIED:
                    yield from _unseen(step, there)
                yield from self._steps(step.steps, there)
            case e.Delegated() if cause is Cause.NOT_SET:
                ruleset = place.ruleset.id
                yield Missing(
                    node.name,
                    MissingKind.SETTING,
                    step.unit,
                    step.year,
                    ruleset,
                    label=node.label,
                    detail=node.level.name,
                )
            case e.Lookup() if cause is Cause.UNVERIFIED_CELL:
                yield from _unseen(step, place)
            case e.Lookup() if not _any_cell(node, step):
                return
            case _:
                yield from self._steps(step.steps, place)

    def _fact(
        self, node: e.FactValue, step: ValueStep, place: _Place
    ) -> Iterator[Missing]:
        """Name the fact itself; of a total, what its sub-units lack."""
        summable = step.origin is Origin.SUMMED and not any(
            isinstance(part, ValueStep)
            and isinstance(part.value, Share)
            and not part.value.counted
            for part in step.steps
        )
        if summable:
            yield from self._steps(step.steps, place)
            return
        yield Missing(
            node.fact.name,
            MissingKind.FACT,
            step.unit,
            step.year,
            label=node.fact.label,
        )

    def _aggregate(
        self, node: e.Aggregate, step: ValueStep, place: _Place
    ) -> Iterator[Missing]:
        """Look into the members whose value counts or may count."""
        for where, values in aggregated(node, step):
            if any(isinstance(v, ValueStep) and v.not_applicable for v in values):
                continue
            yield from self._steps((where, *values), place)

    def _quantified(
        self, node: e.Quantified, step: ConditionStep, place: _Place
    ) -> Iterator[Missing]:
        yield from self._steps(step.steps, place)
        if isinstance(node.collection, e.Collection):
            counted = counts_leave_open(step)
            yield from _listing(node.collection.level, step, counted=counted)
        membership = Membership.of(node, step)
        for member in step.members:
            belongs = verdict_of(member.where)
            if belongs not in MAY_BELONG:
                continue
            if belongs is Verdict.UNKNOWN and not membership.matters(member):
                continue
            yield from self._step(member.where, place)
            if not membership.only_emptiness:
                yield from self._step(member.predicate, place)


def _listing(
    level: Level, step: ConditionStep | ValueStep, *, counted: bool
) -> Iterator[Missing]:
    """Name the units of whom it is unknown which units of *level* they hold."""
    for unit in without_list(step.unit, level, counted=counted):
        yield Missing(
            level.plural,
            MissingKind.COLLECTION,
            unit,
            step.year,
            label=level.label,
        )


def _any_cell(node: e.Lookup, step: ValueStep) -> bool:
    """Tell whether the table says anything for the year, whatever the case."""
    for at, axis in enumerate(node.axes):
        if isinstance(axis, e.YearAxis):
            key = step.year if step.year in axis.keys else None
            return any(keys[at] == key for keys in node.cells)
    return True


def _on_label(
    kind: MissingKind, unit: Unit, year: int, place: _Place, detail: str
) -> Iterator[Missing]:
    """Name what a person has to do about the provision at hand."""
    shown = place.provision
    if shown is not None:
        yield Missing(
            shown.label,
            kind,
            unit,
            year,
            place.ruleset.id,
            label=shown.name,
            detail=detail,
        )


def _unseen(step: ValueStep, place: _Place) -> Iterator[Missing]:
    """Name a figure that was not seen in the text of its instrument."""
    why = "" if step.reason is None else step.reason.text.vi
    if isinstance(place.provision, Indicator):
        why = place.provision.unverified or why
    yield from _on_label(MissingKind.VERIFICATION, step.unit, step.year, place, why)
