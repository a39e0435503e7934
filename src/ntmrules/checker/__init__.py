"""From what was written to what was meant: names, types, tables, dates."""

from ntmrules.checker._library import (
    MAX_REFERENCES,
    Absent,
    CheckedVocabulary,
    Circles,
    Library,
    Why,
)
from ntmrules.checker._lints import lint, slips
from ntmrules.checker._rulesets import RulesetChecker
from ntmrules.checker._versions import check_versions
from ntmrules.checker._vocabularies import VocabularyChecker


__all__ = [
    "MAX_REFERENCES",
    "Absent",
    "CheckedVocabulary",
    "Circles",
    "Library",
    "RulesetChecker",
    "VocabularyChecker",
    "Why",
    "check_versions",
    "lint",
    "slips",
]
