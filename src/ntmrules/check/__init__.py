"""From what was written to what was meant: names, types, tables, dates."""

from ntmrules.check._library import (
    MAX_REFERENCES,
    Absent,
    CheckedVocabulary,
    Library,
    Why,
)
from ntmrules.check._rulesets import RulesetChecker
from ntmrules.check._versions import check_versions
from ntmrules.check._vocabularies import VocabularyChecker


__all__ = [
    "MAX_REFERENCES",
    "Absent",
    "CheckedVocabulary",
    "Library",
    "RulesetChecker",
    "VocabularyChecker",
    "Why",
    "check_versions",
]
