"""
Verdicts as small integers, so that *and* is ``&`` and *not met* is falsy.

``&`` leaves out what is not applicable, since 7 has every bit of the others; where
nothing can be not applicable, *or* is ``|``.  Source: language.md section 8.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, TypeAlias

from ntmrules.verdict import Verdict


Loose: TypeAlias = Any
"""What the checker has seen to be of the right type, and generated code hands over."""

NOT_MET, UNKNOWN, MET, NOT_APPLICABLE = 0, 1, 3, 7

CODES = MappingProxyType(
    {
        Verdict.NOT_MET: NOT_MET,
        Verdict.UNKNOWN: UNKNOWN,
        Verdict.MET: MET,
        Verdict.NOT_APPLICABLE: NOT_APPLICABLE,
    }
)
VERDICTS: tuple[Verdict, ...] = tuple(
    {code: verdict for verdict, code in CODES.items()}.get(code, Verdict.UNKNOWN)
    for code in range(8)
)
"""The verdict of each code, by its number."""

NEGATED: tuple[int, ...] = (MET, UNKNOWN, UNKNOWN, NOT_MET, *[UNKNOWN] * 3, 7)
"""``not``, by code."""
