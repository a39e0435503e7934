"""
Verdicts without reasons, by straight-line Python made from the model.

`ntmrules.evaluate` is the meaning; every verdict here is the same.  Only
`ntmrules.compiled._program` is imported with the package: the rest waits for the first
ruleset that is compiled.
"""

from ntmrules.compiled._parts import Door
from ntmrules.compiled._program import Program
from ntmrules.compiled._verdicts import Verdicts


__all__ = ["Door", "Program", "Verdicts"]
