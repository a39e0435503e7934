"""Testing rulesets: cases beside them, and strategies for laws."""

from ntmrules.testing import report
from ntmrules.testing._boundaries import missing_cases
from ntmrules.testing._cases import Case, read_cases
from ntmrules.testing._coverage import Seen, coverage
from ntmrules.testing._mutation import Mutation, mutate
from ntmrules.testing._run import Outcome, Problem, find_result
from ntmrules.testing._suite import Suite, find_cases, run_cases


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
