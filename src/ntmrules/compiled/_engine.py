"""The code of a ruleset for one assessment date."""

from __future__ import annotations

import datetime

from ntmrules.compiled._fitting import fitting
from ntmrules.compiled._maker import FunctionMaker
from ntmrules.compiled._parts import Engine, Test
from ntmrules.model.ruleset import Ruleset


__all__ = ["fitting", "make_engine"]


def make_engine(
    ruleset: Ruleset, date: datetime.date, fits: Test, *, accept: bool
) -> Engine:
    """Write and compile the functions of *ruleset* for *date*."""
    maker = FunctionMaker(ruleset.vocabulary, date, accept_unverified=accept)
    run = maker.space.names[maker.whole(ruleset, ruleset.level, date.year)]
    return Engine(date, run, fits, lambda: "\n".join(maker.space.sources))
