"""What is wrong, where, and what to do about it (errors.md)."""

from ntmrules.diagnostics._diagnostic import (
    Code,
    Diagnostic,
    Edit,
    Help,
    Note,
    Severity,
    Sink,
)
from ntmrules.diagnostics._render import render, render_plain, severity_word
from ntmrules.diagnostics._suggest import fold, nearest


__all__ = [
    "Code",
    "Diagnostic",
    "Edit",
    "Help",
    "Note",
    "Severity",
    "Sink",
    "fold",
    "nearest",
    "render",
    "render_plain",
    "severity_word",
]
