"""Looking at rules: which ones are stricter than others, and for whom."""

from ntmrules.analysis._compare import compare_rulesets
from ntmrules.analysis._comparison import (
    CaseChange,
    Change,
    Comparison,
    Effect,
    Relation,
    UnitChange,
    Witness,
)
from ntmrules.analysis._ready import case_text
from ntmrules.analysis._strictness import hold, strictness


__all__ = [
    "CaseChange",
    "Change",
    "Comparison",
    "Effect",
    "Relation",
    "UnitChange",
    "Witness",
    "case_text",
    "compare_rulesets",
    "hold",
    "strictness",
]
