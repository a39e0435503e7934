"""What looks at rules is imported when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterable

from ntmrules.analysis._changes import Change, UnitChange
from ntmrules.analysis._comparison import Comparison
from ntmrules.evaluate.trace import RulesetTrace
from ntmrules.model.ruleset import Ruleset
from ntmrules.model.unit import Unit
from ntmrules.patience import SEARCH_MS


def compare_rulesets(
    old: Ruleset, new: Ruleset, search_ms: int = SEARCH_MS
) -> Comparison:
    """
    Tell what gets stricter and laxer, and what is added and removed.

    Provisions are told apart by their labels.  Figures marked as unverified count.

    Args:
        old: What it is compared with.
        new: What is compared.
        search_ms: How long z3 may look for units where comparing does not decide, in
            thousandths of a second; 0 for not at all.

    Source: language.md section 9.
    """
    from ntmrules.analysis import _compare, _search

    return _compare.compare_rulesets(old, new, _search.Search(search_ms))


def unit_change(before: RulesetTrace, after: RulesetTrace) -> UnitChange:
    """Compare what a unit came to under the old ruleset and under the new one."""
    from ntmrules.analysis import _effects

    return _effects.unit_change(before, after)


def carried_over(unit: Unit, comparison: Comparison) -> Unit:
    """Let judgements under the old ruleset count where the new one says the same."""
    from ntmrules.analysis import _effects

    return _effects.carried_over(unit, comparison)


def ready_cases(changes: Iterable[Change]) -> str:
    """Write a case for every unit that the new ruleset wrongly accepts."""
    from ntmrules.analysis import _document

    return _document.ready_cases(changes)
