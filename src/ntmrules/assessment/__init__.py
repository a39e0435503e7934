"""What evaluation returns to a caller: results, gaps, what is missing, a receipt."""

from ntmrules.assessment._assessment import Assessment, assess
from ntmrules.assessment._counts import Counts
from ntmrules.assessment._gap import Gap, GapKind, Near
from ntmrules.assessment._line import Line, LineKind, Style
from ntmrules.assessment._missing import Missing, MissingKind
from ntmrules.assessment._receipt import Receipt, Source
from ntmrules.assessment._results import CriterionResult, IndicatorResult


__all__ = [
    "Assessment",
    "Counts",
    "CriterionResult",
    "Gap",
    "GapKind",
    "IndicatorResult",
    "Line",
    "LineKind",
    "Missing",
    "MissingKind",
    "Near",
    "Receipt",
    "Source",
    "Style",
    "assess",
]
