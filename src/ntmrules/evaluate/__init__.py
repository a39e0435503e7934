"""
The definition of meaning: a walk over the model that returns traces.

Source: language.md section 8.
"""

from ntmrules.evaluate._evaluate import (
    evaluate,
    evaluate_condition,
    evaluate_provision,
)


__all__ = ["evaluate", "evaluate_condition", "evaluate_provision"]
