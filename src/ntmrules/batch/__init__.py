"""
Many units at once: verdicts of whole frames, by columns.

`ntmrules.evaluate` is the meaning; every verdict here is the same.
"""

from ntmrules.batch._decide import Decide, Deciding, Frame, codes_of
from ntmrules.batch._door import Beside, check_frame, evaluate_frame, units_of_rows


__all__ = [
    "Beside",
    "Decide",
    "Deciding",
    "Frame",
    "check_frame",
    "codes_of",
    "evaluate_frame",
    "units_of_rows",
]
