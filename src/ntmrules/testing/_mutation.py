"""Which changes of a ruleset no case notices."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from ntmrules.analysis._mutate import Mutant, any_part, mutants
from ntmrules.evaluate import evaluate
from ntmrules.evaluate.trace import RulesetTrace
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Criterion, Ruleset
from ntmrules.model.unit import Unit
from ntmrules.testing._cases import WHOLE, Case
from ntmrules.testing._run import Outcome
from ntmrules.verdict import Verdict


@attrs.frozen
class Trial:
    """A case that passes, ready to be run again."""

    case: Case
    unit: Unit
    date: datetime.date


@attrs.frozen
class Mutation:
    """
    What became of the changes.

    Attributes:
        tried: How many changes there were.
        survivors: Those that no case noticed.
        trials: The cases of each version, by id, start and path.
    """

    tried: int
    survivors: tuple[Mutant, ...]
    trials: Mapping[str, Sequence[Trial]] = attrs.field(repr=False)

    def trials_of(self, ruleset: Ruleset) -> Sequence[Trial]:
        """Give the cases of a version."""
        return self.trials.get(_key(ruleset), ())


def mutate(rulesets: Iterable[Ruleset], outcomes: Iterable[Outcome]) -> Mutation:
    """
    Change each figure, sign and count of rulesets in turn, and run the cases again.

    A change of a definition that several rulesets use is noticed if a case of one of
    them notices it.  What a ruleset takes over is tested with the other one.  What
    cases say of missing facts, gaps and findings is not looked at.
    """
    trials: dict[str, list[Trial]] = {}
    for outcome in outcomes:
        assessment = outcome.assessment
        if outcome.passed and assessment is not None and outcome.case.want:
            trial = Trial(outcome.case, assessment.unit, assessment.as_of)
            trials.setdefault(_key(assessment.ruleset), []).append(trial)
    found: dict[tuple[object, ...], Mutant] = {}
    noticed: set[tuple[object, ...]] = set()
    for ruleset in rulesets:
        of_ruleset = _Trials(ruleset, trials.get(_key(ruleset), ()))
        taken_over = _taken_over(ruleset)
        for mutant in mutants(ruleset):
            key = _identity(mutant)
            if mutant.change.span.file.name in taken_over:
                continue
            if key in noticed:
                continue
            if of_ruleset.notice(mutant):
                noticed.add(key)
            found.setdefault(key, mutant)
    alive = tuple(mutant for key, mutant in found.items() if key not in noticed)
    return Mutation(len(found), alive, trials)


def _key(ruleset: Ruleset) -> str:
    return f"{ruleset.id} {ruleset.start} {ruleset.path}"


def _taken_over(ruleset: Ruleset) -> set[str]:
    """Name the files of the rulesets that one builds on."""
    found: set[str] = set()
    base = ruleset.base
    while base is not None:
        found.add(base.span.file.name)
        base = base.base
    return found


def _identity(mutant: Mutant) -> tuple[object, ...]:
    change = mutant.change
    span = change.span
    return span.file.name, span.start, span.end, change.before, change.after


class _Trials:
    """The cases of one ruleset, by what they look at."""

    def __init__(self, ruleset: Ruleset, trials: Sequence[Trial]) -> None:
        self._ruleset = ruleset
        self._by_criterion: dict[str, list[Trial]] = {}
        self._whole: list[Trial] = []
        owner = {
            label: criterion.label
            for criterion in ruleset.provisions()
            for label in (criterion.label, *(i.label for i in criterion.indicators))
        }
        for trial in trials:
            for label in {owner.get(label, "") for label in trial.case.want}:
                self._by_criterion.setdefault(label, []).append(trial)
            if WHOLE in trial.case.want:
                self._whole.append(trial)
        self._leaning = {
            criterion.label
            for criterion in ruleset.provisions()
            if any_part(criterion, leans)
        }

    def notice(self, mutant: Mutant) -> bool:
        """Tell whether a case comes out otherwise."""
        own = self._by_criterion.get(mutant.criterion, ())
        alone = mutant.provision is not None and mutant.criterion not in self._leaning
        ruleset = alone_of(mutant) if alone else mutant.changed
        # Those that look at the very indicator first.
        order = sorted(own, key=lambda trial: mutant.label not in trial.case.want)
        if any(_differs(trial, ruleset, whole=not alone) for trial in order):
            return True
        leaning = [
            trial
            for label in self._leaning - {mutant.criterion}
            for trial in self._by_criterion.get(label, ())
        ]
        others = {id(trial): trial for trial in (*self._whole, *leaning)}
        return any(
            _differs(trial, mutant.changed, whole=True) for trial in others.values()
        )


def leans(node: e.Expression) -> bool:
    """Tell whether a node speaks of another provision of the ruleset."""
    match node:
        case e.ProvisionVerdict() | e.CriteriaChoice() | e.ThresholdOf():
            return node.ruleset is None
        case _:
            return False


def alone_of(mutant: Mutant) -> Ruleset:
    """Give the ruleset with the changed criterion alone."""
    assert mutant.provision is not None, "it is in one"
    return with_only(mutant.ruleset, mutant.provision)


def with_only(ruleset: Ruleset, provision: Criterion) -> Ruleset:
    """Give a ruleset with one criterion or precondition."""
    is_criterion = provision.label in ruleset.criteria
    only = {provision.label: provision}
    return attrs.evolve(
        ruleset,
        criteria=only if is_criterion else {},
        preconditions={} if is_criterion else only,
        expectations=(),
        confers=None,
    )


def notices(trial: Trial, mutant: Mutant) -> bool:
    """Tell whether one case comes out otherwise."""
    if trial.case.ruleset != mutant.ruleset.id:
        return False
    if not mutant.ruleset.in_force(trial.date):
        return False
    return _differs(trial, mutant.changed, whole=True)


def _differs(trial: Trial, ruleset: Ruleset, *, whole: bool) -> bool:
    trace = evaluate(ruleset, trial.unit, trial.date)
    found = dict(verdicts(trace))
    if whole:
        found[WHOLE] = trace.verdict
    wanted = trial.case.want
    return any(wanted.get(label, found[label]) is not found[label] for label in found)


def verdicts(trace: RulesetTrace) -> Iterator[tuple[str, Verdict]]:
    """Give the verdict of each label."""
    for criterion in (*trace.preconditions, *trace.criteria):
        for indicator in criterion.indicators:
            yield indicator.indicator.label, indicator.verdict
        yield criterion.criterion.label, criterion.verdict
