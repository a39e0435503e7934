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


class Circles:
    """
    The circles of references that were found.

    In a circle each file is refused because of the next one; without this, each would
    only say that the next one is broken.
    """

    def __init__(self) -> None:
        self._paths: dict[tuple[str, str], tuple[str, ...]] = {}

    def note(self, path: tuple[str, ...]) -> None:
        """Keep a circle, the ids from one file back to itself."""
        ring = path[:-1]
        for at, name in enumerate(ring):
            self._paths[ring[at - 1], name] = (*ring[at:], *ring[:at], name)

    def through(self, one: str, other: str) -> Absent | None:
        """Give the circle in which *one* refers to *other*, from that on."""
        path = self._paths.get((one, other))
        return None if path is None else Absent(Why.CIRCULAR, path=path)


class Library(Protocol):
    """Gives other files by id."""

    def vocabulary(self, name: str) -> CheckedVocabulary | Absent:
        """Give a vocabulary."""

    def rulesets(self, name: str) -> tuple[Ruleset, ...] | Absent:
        """Give every version of a ruleset, by date."""
