"""
The definition of meaning: a walk over the model that returns traces.

Source: language.md section 8.
"""

from ntmrules.evaluate._evaluate import evaluate


__all__ = ["evaluate"]
