"""What the cases of rulesets saw: each indicator met, not met, unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from ntmrules.analysis._change import is_open
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Attested, Indicator, Ruleset, threshold
from ntmrules.testing._run import Outcome
from ntmrules.verdict import Verdict


@attrs.frozen
class Seen:
    """
    The verdicts that cases want of an indicator.

    Attributes:
        ruleset: The version it belongs to.
        label: Its label.
        cases: The ids of the cases that want each verdict.
        unseen: The verdicts it could have, and that no case wants.
    """

    ruleset: Ruleset
    label: str
    cases: Mapping[Verdict, tuple[str, ...]]
    unseen: tuple[Verdict, ...]


def coverage(
    rulesets: Iterable[Ruleset], outcomes: Iterable[Outcome]
) -> tuple[Seen, ...]:
    """
    Tell what cases saw of every indicator.

    Only what a case wants of the very label counts: a verdict that nobody looks at is
    not tested.
    """
    found: dict[tuple[str, str], dict[Verdict, list[str]]] = {}
    for outcome in outcomes:
        ruleset = outcome.ruleset
        if ruleset is None:
            continue
        for label, verdict in outcome.case.want.items():
            seen = found.setdefault((_key(ruleset), label), {})
            seen.setdefault(verdict, []).append(outcome.case.id)
    return tuple(
        _seen(ruleset, indicator, found.get((_key(ruleset), label), {}))
        for ruleset in rulesets
        for label, indicator in ruleset.indicators.items()
    )


def _key(ruleset: Ruleset) -> str:
    return f"{ruleset.id} {ruleset.start} {ruleset.path}"


def _seen(
    ruleset: Ruleset, indicator: Indicator, cases: Mapping[Verdict, list[str]]
) -> Seen:
    named = {verdict: tuple(cases.get(verdict, ())) for verdict in Verdict}
    unseen = tuple(v for v in possible(indicator) if not named[v])
    return Seen(ruleset, indicator.label, named, unseen)


def possible(indicator: Indicator) -> tuple[Verdict, ...]:
    """
    Tell which verdicts cases should see.

    What a person judges, and what is not verified, is unknown for all that a unit
    says; *not applicable* is wanted where the indicator says when it applies.
    """
    if isinstance(indicator.requirement, Attested) or indicator.unverified:
        return ()
    wanted = threshold(indicator.requirement)
    if wanted is not None and is_open(wanted):
        return (Verdict.UNKNOWN,)
    found = [Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN]
    if indicator.applies is not None:
        found.append(Verdict.NOT_APPLICABLE)
    if not _has_facts(indicator.requirement):
        found.remove(Verdict.UNKNOWN)
    return tuple(found)


def _has_facts(node: e.Expression) -> bool:
    """Tell whether something of it could be missing."""
    if isinstance(node, e.Constant | e.CurrentYear):
        return False
    below = e.children(node)
    return not below or any(map(_has_facts, below))
