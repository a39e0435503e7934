"""Evaluating a ruleset for one unit on one date."""

from __future__ import annotations

import datetime

import attrs

from ntmrules.diagnostics import Diagnostic, Sink, codes
from ntmrules.evaluate._context import Context
from ntmrules.evaluate._expectations import check_expectations
from ntmrules.evaluate._facts import check_totals
from ntmrules.evaluate._provisions import Provisions
from ntmrules.evaluate._walk import condition
from ntmrules.evaluate.trace import ConditionStep, ProvisionTrace, RulesetTrace
from ntmrules.model.expressions import Expression
from ntmrules.model.ruleset import Ruleset
from ntmrules.model.unit import Counts, Unit
from ntmrules.text import Fill


def evaluate(
    ruleset: Ruleset,
    unit: Unit,
    date: datetime.date,
    *,
    accept_unverified: bool = False,
) -> RulesetTrace:
    """
    Decide *ruleset* for *unit* on *date*.

    Args:
        ruleset: A checked ruleset for the level of the unit.
        unit: Facts checked against the vocabulary of the ruleset.
        date: The assessment date; the ruleset need not be in force on it.
        accept_unverified: Whether figures marked ``unverified`` count.

    Returns:
        RulesetTrace: Every precondition, criterion and indicator in the order of
        the file, every operand below it, and findings about the facts.

    Source:
        language.md sections 1 and 4 to 8.
    """
    sink = Sink()
    here = _start(ruleset, unit, date, sink, accept_unverified=accept_unverified)
    trace = here.verdicts.whole(here, ruleset)
    if unit.collections:
        check_totals(here, sink)
    check_expectations(here)
    _check_dates(here)
    _check_attestations(here)
    findings = (*unit.findings, *sink)
    return attrs.evolve(trace, findings=findings) if findings else trace


def evaluate_provision(
    ruleset: Ruleset, unit: Unit, date: datetime.date, kind: str, label: str
) -> ProvisionTrace | RulesetTrace:
    """
    Decide one provision, unverified figures and all, for those who compare rulesets.

    Args:
        ruleset: As for `evaluate`.
        unit: As for `evaluate`.
        date: As for `evaluate`.
        kind: ``"indicator"``, ``"criterion"`` (a precondition too) or ``"ruleset"``.
        label: Its label; of the whole ruleset, nothing.
    """
    here = _start(ruleset, unit, date, Sink(), accept_unverified=True)
    match kind:
        case "indicator":
            return here.verdicts.indicator(here, ruleset, label)
        case "criterion":
            return here.verdicts.criterion(here, ruleset, label)
        case _:
            return here.verdicts.whole(here, ruleset)


def evaluate_condition(
    ruleset: Ruleset, unit: Unit, date: datetime.date, node: Expression
) -> ConditionStep:
    """Decide one condition of a ruleset, as `evaluate_provision` does."""
    here = _start(ruleset, unit, date, Sink(), accept_unverified=True)
    return condition(node, here)


def _start(
    ruleset: Ruleset,
    unit: Unit,
    date: datetime.date,
    sink: Sink,
    *,
    accept_unverified: bool,
) -> Context:
    return Context(
        unit,
        ruleset,
        date.year,
        date,
        date,
        unit.as_of or date,
        Provisions(),
        sink,
        accept_unverified,
    )


def _check_dates(here: Context, around: datetime.date | None = None) -> None:
    """Find what is of another date, where nothing of the kind was said *around*."""
    facts, inside = here.facts_date, here.unit.collections.values()
    dated = here.unit.facts or any(isinstance(known, Counts) for known in inside)
    # A later record of titles has the earlier ones; an earlier one lacks the later.
    dated = dated or (here.unit.titles is not None and facts < here.assessed)
    if dated and facts not in (here.assessed, around):
        later = facts > here.assessed
        code = codes.FACTS_LATER if later else codes.FACTS_OF_OTHER_DATE
        values: dict[str, Fill] = {"facts_date": facts, "date": here.assessed}
        here.sink.add(Diagnostic(code, None, values, place=here.unit.called))
    for known in inside:
        for unit in () if isinstance(known, Counts) else known:
            if unit.as_of is not None or unit.collections:
                _check_dates(here.inside(unit), facts)


def _check_attestations(here: Context) -> None:
    """Find attestations of this ruleset that name no provision of it."""
    known = here.ruleset
    for label, found in here.unit.attestations.get(known.id, {}).items():
        labels = (known.preconditions, known.criteria, known.indicators)
        if not any(label in group for group in labels):
            values = {"ruleset": known.id, "label": label}
            here.sink.add(
                Diagnostic(
                    codes.UNKNOWN_ATTESTATION,
                    found.span,
                    values,
                    place=here.unit.called,
                )
            )
