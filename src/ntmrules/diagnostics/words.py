"""Words that stand in many sentences."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ntmrules.text import Text
from ntmrules.verdict import Verdict


VERDICTS: Mapping[Verdict, Text] = MappingProxyType(
    {
        Verdict.MET: Text("met", "đạt"),
        Verdict.NOT_MET: Text("not met", "chưa đạt"),
        Verdict.UNKNOWN: Text("unknown", "chưa xác định"),
        Verdict.NOT_APPLICABLE: Text("not applicable", "không áp dụng"),
    }
)
"""What people call the verdicts."""
