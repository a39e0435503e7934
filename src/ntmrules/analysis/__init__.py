"""Looking at rules: which ones are stricter than others, and for whom."""

from ntmrules.analysis._changes import (
    CaseChange,
    Change,
    Effect,
    Figure,
    Looked,
    Relation,
    Searched,
    UnitChange,
    Witness,
)
from ntmrules.analysis._comparison import Comparison
from ntmrules.analysis._later import (
    carried_over,
    compare_rulesets,
    ready_cases,
    unit_change,
)


__all__ = [
    "CaseChange",
    "Change",
    "Comparison",
    "Effect",
    "Figure",
    "Looked",
    "Relation",
    "Searched",
    "UnitChange",
    "Witness",
    "carried_over",
    "compare_rulesets",
    "ready_cases",
    "unit_change",
]
