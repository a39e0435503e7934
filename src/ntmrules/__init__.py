"""
Criteria as text; decisions with reasons.

A ruleset file says what a village, commune, district or province must show to earn a
title; `evaluate` decides it exactly for one unit, and says why and what is missing.
"""

from ntmrules._version import LANGUAGE_VERSION, __version__
from ntmrules.analysis import Comparison
from ntmrules.api import (
    check,
    check_text,
    compile,  # noqa: A004 - called as `ntmrules.compile`, as `re.compile` is
    evaluate,
    load,
    loads,
    rulesets,
)
from ntmrules.assessment import Assessment
from ntmrules.catalogue import Catalogue
from ntmrules.comparing import compare
from ntmrules.compiled import Program, Verdicts
from ntmrules.diagnostics import Diagnostic, Severity
from ntmrules.errors import FactError, NtmRulesError, RulesetError
from ntmrules.frames import evaluate_frame, explain_rows
from ntmrules.model.ruleset import Ruleset
from ntmrules.model.unit import Unit
from ntmrules.text import Language
from ntmrules.units import UnitData, read_unit
from ntmrules.verdict import Verdict


__all__ = [
    "LANGUAGE_VERSION",
    "Assessment",
    "Catalogue",
    "Comparison",
    "Diagnostic",
    "FactError",
    "Language",
    "NtmRulesError",
    "Program",
    "Ruleset",
    "RulesetError",
    "Severity",
    "Unit",
    "UnitData",
    "Verdict",
    "Verdicts",
    "__version__",
    "check",
    "check_text",
    "compare",
    "compile",
    "evaluate",
    "evaluate_frame",
    "explain_rows",
    "load",
    "loads",
    "read_unit",
    "rulesets",
]
