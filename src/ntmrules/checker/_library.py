"""What the checker asks of the catalogue: other files, already checked."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Protocol

import attrs

from ntmrules.model.ruleset import Ruleset
from ntmrules.model.vocabulary import Vocabulary
from ntmrules.syntax import nodes


MAX_REFERENCES = 32
"""How deep references between files may go."""


@attrs.frozen(eq=False)
class CheckedVocabulary:
    """
    A vocabulary, and the definitions and expectations it brings, used ones included.

    Attributes:
        content_hash: SHA-256 of its text and of those it uses, in hex.
    """

    vocabulary: Vocabulary
    definitions: Mapping[str, nodes.Define]
    expectations: tuple[nodes.Expect, ...]
    content_hash: str


class Why(enum.Enum):
    """Why another file cannot be had."""

    UNKNOWN = "unknown"
    BROKEN = "broken"
    CIRCULAR = "circular"
    TOO_DEEP = "too deep"
    SEVERAL = "several"


@attrs.frozen
class Absent:
    """
    Another file that cannot be had.

    Attributes:
        known: For an unknown id: the ids there are.
        path: For a circle: the ids from the file at hand back to itself.  For several
            files of one id: their names.
    """

    why: Why
    known: tuple[str, ...] = ()
    path: tuple[str, ...] = ()


class Library(Protocol):
    """Gives other files by id."""

    def vocabulary(self, name: str) -> CheckedVocabulary | Absent:
        """Give a vocabulary."""

    def rulesets(self, name: str) -> tuple[Ruleset, ...] | Absent:
        """Give every version of a ruleset, by date."""
