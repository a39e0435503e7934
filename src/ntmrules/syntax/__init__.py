"""Text ⇄ syntax tree: what was written, nothing more."""

from __future__ import annotations

from ntmrules.syntax import nodes
from ntmrules.syntax._format import format_source
from ntmrules.syntax._limits import MAX_DEPTH, MAX_FILE_BYTES, MAX_TOKENS
from ntmrules.syntax._parse import parse
from ntmrules.syntax._read import read_source


__all__ = [
    "MAX_DEPTH",
    "MAX_FILE_BYTES",
    "MAX_TOKENS",
    "format_source",
    "nodes",
    "parse",
    "read_source",
]
