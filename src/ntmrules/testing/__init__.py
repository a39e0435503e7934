"""
Testing rulesets: cases beside them, and strategies for laws.

`units`, `facts`, `near_thresholds`, `rulesets` and `assert_monotone` need Hypothesis:
they come from `ntmrules.testing.strategies` when they are asked for.
"""

import importlib
from typing import Any

from ntmrules.testing import report
from ntmrules.testing._boundaries import missing_cases
from ntmrules.testing._cases import Case, read_cases
from ntmrules.testing._coverage import Seen, coverage
from ntmrules.testing._mutation import Mutation, mutate
from ntmrules.testing._run import Outcome, Problem, find_result
from ntmrules.testing._suite import Suite, find_cases, run_cases


_WITH_HYPOTHESIS = frozenset(
    {"assert_monotone", "facts", "near_thresholds", "rulesets", "units"}
)


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the module has
    """Import what needs Hypothesis when it is asked for."""
    if name in _WITH_HYPOTHESIS:
        return getattr(importlib.import_module("ntmrules.testing.strategies"), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)


__all__ = [
    "Case",
    "Mutation",
    "Outcome",
    "Problem",
    "Seen",
    "Suite",
    "coverage",
    "find_cases",
    "find_result",
    "missing_cases",
    "mutate",
    "read_cases",
    "report",
    "run_cases",
]
