"""
Criteria as text; decisions with reasons.

A ruleset file says what a village, commune, district or province must show to earn a
title; `evaluate` decides it exactly for one unit, and says why and what is missing.
"""

import importlib
from typing import TYPE_CHECKING, Any

from ntmrules._version import LANGUAGE_VERSION, __version__
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
from ntmrules.compiled import Program, Verdicts
from ntmrules.diagnostics import Diagnostic, Severity
from ntmrules.errors import FactError, NtmRulesError, RulesetError
from ntmrules.frames import check_frame, evaluate_frame, explain_rows
from ntmrules.model.ruleset import Ruleset
from ntmrules.model.unit import Unit
from ntmrules.text import Language
from ntmrules.units import UnitData, read_unit
from ntmrules.verdict import Verdict


if TYPE_CHECKING:
    from ntmrules.analysis import Comparison
    from ntmrules.comparing import compare


_LATER = {"Comparison": "ntmrules.analysis", "compare": "ntmrules.comparing"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the module has
    """Import what looks at rules when it is asked for: verdicts do not need it."""
    if name not in _LATER:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    found = globals()[name] = getattr(importlib.import_module(_LATER[name]), name)
    return found


def __dir__() -> list[str]:
    """Name what is there, and what is there when it is asked for."""
    return sorted({*globals(), *_LATER})


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
    "check_frame",
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
