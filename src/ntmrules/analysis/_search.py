"""
Looking for a unit that one requirement accepts and another one does not, with z3.

z3 only proposes figures: a unit is made of them, and what is shown is what `evaluate`
says of it.  That nothing was found proves nothing.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable

import attrs

from ntmrules.analysis._changes import Looked, Searched, Witness
from ntmrules.analysis._formula import Formula, leaves
from ntmrules.analysis._realise import Proposal
from ntmrules.model.vocabulary import Vocabulary
from ntmrules.patience import SEARCH_MS


MOST_PROPOSALS = 12
"""How many units z3 may propose for one question."""


def available() -> bool:
    """Tell whether z3 is installed, without loading it."""
    return importlib.util.find_spec("z3") is not None


@attrs.define
class Search:
    """
    A search within a limit of time; without any, z3 is not asked.

    Attributes:
        limit: The time it may take in all, in thousandths of a second.
        spent: The time it took.
        questions: How many times z3 was asked.
        found: How many units it found that evaluation bears out.
    """

    limit: int = SEARCH_MS
    spent: int = 0
    questions: int = 0
    found: int = 0

    @property
    def left(self) -> int:
        """The time that is left."""
        return self.limit - self.spent

    @property
    def done(self) -> Searched | None:
        """What was asked; nothing if nothing was."""
        if not self.questions:
            return None
        return Searched(self.questions, self.found, self.spent)

    def look(
        self,
        new: Formula,
        old: Formula,
        vocabulary: Vocabulary,
        shown: Callable[[Proposal], Witness | None],
    ) -> tuple[Looked, Witness | None]:
        """
        Look for a unit that *new* accepts and *old* does not.

        Args:
            new: What accepts it.
            old: What does not.
            vocabulary: Of both.
            shown: Gives the witness that a proposal makes; nothing where there is no
                such unit, or evaluation does not bear it out.
        """
        if not self.limit or _judged(new) != _judged(old):
            return Looked.NOT, None
        if not available():
            return Looked.ABSENT, None
        if self.left <= 0:
            return Looked.GAVE_UP, None
        from ntmrules.analysis._solver import Question, UnfitError

        try:
            question = Question(new, old, vocabulary)
        except UnfitError:
            return Looked.NOT, None
        self.questions += 1
        for _ in range(MOST_PROPOSALS):
            answer, took = question.ask(self.left)
            self.spent += took
            if not isinstance(answer, Proposal):
                return (Looked.IN_VAIN if answer else Looked.GAVE_UP), None
            witness = shown(answer)
            if witness is not None:
                self.found += 1
                return Looked.NOT, witness
            if self.left <= 0:
                break
        return Looked.GAVE_UP, None


def _judged(formula: Formula) -> set[object]:
    """Give the judgements that a formula turns on: they say nothing of figures."""
    return {leaf.key for leaf in leaves(formula) if leaf.key[0] == "attested"}
