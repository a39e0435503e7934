"""Writes the cases that are missing on and beside the figures of rulesets."""

from __future__ import annotations

from collections.abc import Iterator

from ntmrules.analysis._mutate import Mutant
from ntmrules.diagnostics import Sink
from ntmrules.source import SourceFile
from ntmrules.testing._cases import read_cases
from ntmrules.testing._mutation import Mutation, Trial, notices
from ntmrules.testing._run import run
from ntmrules.testing._witness import Witness, witness
from ntmrules.testing._writing import write_cases
from ntmrules.text import Language


def missing_cases(mutation: Mutation, language: Language) -> tuple[str, int]:
    """
    Write a case for each change that no case noticed, where one is found.

    Returns:
        The text of a file of cases, and how many changes it notices.
    """
    found: list[Witness] = []
    fresh: list[Trial] = []
    noticed = 0
    for mutant in mutation.survivors:
        if any(notices(trial, mutant) for trial in fresh):
            noticed += 1
            continue
        one = witness(mutant, mutation.trials_of(mutant.ruleset))
        trials = () if one is None else tuple(_read_again(one, mutant))
        if one is not None and trials:
            found.append(one)
            fresh += trials
            noticed += 1
    return write_cases(found, language), noticed


def _read_again(one: Witness, mutant: Mutant) -> Iterator[Trial]:
    """Give the case as it will be read, if it still notices the change."""
    source = SourceFile("", write_cases([one], Language.EN))
    for case in read_cases(source, Sink()):
        outcome = run(case, mutant.ruleset)
        if outcome.passed and outcome.assessment is not None:
            unit = outcome.assessment.unit
            trial = Trial(case, unit, outcome.assessment.as_of)
            if notices(trial, mutant):
                yield trial
