"""Whole cases: a ruleset, what it refers to, a unit, and a date."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from typing import Any

import attrs

import ntmrules
from ntmrules import Assessment, Ruleset
from tests.support.oracle.meaning import Reader
from tests.support.oracle.names import VOCABULARY, T
from tests.support.oracle.people import Registry
from tests.support.oracle.places import DATES, Plain, Surveyor, trimmed
from tests.support.oracle.rules import Rules, other_rulesets, ruleset, write


LEVELS = ("province", "district", "district", "commune", "village")


@attrs.frozen
class Case:
    """What is assessed by both readings."""

    rules: Rules
    others: tuple[Rules, ...]
    unit: Plain
    assessed: datetime.date
    accept: bool

    @property
    def text(self) -> str:
        """The ruleset as it is written."""
        return write(self.rules)

    @property
    def files(self) -> dict[str, str]:
        """The files that it uses and refers to."""
        others = {f"other{n}.ntm": write(x) for n, x in enumerate(self.others)}
        return {"facts.ntm": VOCABULARY, **others}

    def load(self) -> Ruleset:
        """Load the ruleset."""
        return ntmrules.loads(self.text, files=self.files)

    def assess(self, ruleset: Ruleset) -> Assessment:
        """Assess the unit by ntmrules."""
        return ntmrules.evaluate(
            ruleset, self.unit, as_of=self.assessed, accept_unverified=self.accept
        )

    def reader(self, answers: dict[Any, Any] | None = None) -> Reader:
        """Give the slow reading; *answers* to what is missing open completions."""
        registry = Registry(self.unit, self.rules["level"], self.assessed, answers)
        return Reader(self.rules, self.others, registry, accept=self.accept)


def case(seed: int, known: int | None = None, *, judged: bool = True) -> Case:
    """
    Make the case of a seed.

    Whole cases are thousands of choices: too many for Hypothesis to make one by one.

    Args:
        seed: Of all choices.
        known: In how many cases of ten a fact is known; 10 leaves nothing out.
        judged: Whether attestations of what could be computed are possible.
    """
    chance = random.Random(seed)  # noqa: S311 - not a secret

    def pick(choices: Sequence[T]) -> T:
        return choices[chance.randrange(len(choices))]

    others = other_rulesets(pick)
    level = pick(LEVELS)
    names = tuple(dict.fromkeys(other["id"] for other in others))
    rules = ruleset(pick, level, names, pick((1, 2, 2, 3)))
    share = pick((5, 7, 8, 9)) if known is None else known
    surveyor = Surveyor(
        pick, share, dated=pick((False, True)), judged=judged and pick((False, True))
    )
    unit = surveyor.unit(level, "u", 2)
    assessed = datetime.date.fromisoformat(pick(DATES))
    trimmed(unit)
    return Case(
        rules, others, {**unit, "level": level}, assessed, pick((False, False, True))
    )
