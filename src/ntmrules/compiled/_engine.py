"""The code of a ruleset for one assessment date."""

from __future__ import annotations

import datetime

from ntmrules.compiled._maker import FunctionMaker
from ntmrules.compiled._parts import Engine
from ntmrules.model.ruleset import Ruleset


def make_engine(ruleset: Ruleset, date: datetime.date, *, accept: bool) -> Engine:
    """Write and compile the functions of *ruleset* for *date*."""
    maker = FunctionMaker(ruleset.vocabulary, date, accept_unverified=accept)
    run = maker.space.names[maker.whole(ruleset, ruleset.level, date.year)]
    return Engine(run, lambda: "\n".join(maker.space.sources))
