"""The exceptions of ntmrules: for callers, each carrying its diagnostics."""

from __future__ import annotations

from collections.abc import Iterable

from ntmrules.diagnostics import Diagnostic, Severity


class NtmRulesError(Exception):
    """
    Base of the errors that ntmrules raises on purpose.

    Attributes:
        diagnostics: Every problem found, in source order; never empty.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        shown = [d for d in self.diagnostics if d.severity is Severity.ERROR]
        super().__init__("\n".join(map(str, shown or self.diagnostics)))


class RulesetError(NtmRulesError):
    """A ruleset or vocabulary cannot be used."""


class FactError(NtmRulesError, ValueError):
    """The facts of a unit, or the date to assess it on, cannot be used."""
