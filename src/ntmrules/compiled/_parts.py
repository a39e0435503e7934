"""What a compiled ruleset is made of; light, for it is imported at once."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import NamedTuple

from ntmrules.compiled._codes import Loose
from ntmrules.model.unit import Unit


Test = Callable[[Loose], bool]
"""Tells whether a mapping is a unit in the plain form, for sure."""

Run = Callable[[Loose, datetime.date], tuple[int, ...]]
"""Gives the codes of all verdicts of a unit in the plain form, with its date."""


class Door(NamedTuple):
    """
    What lets units in that are not in the plain form.

    Attributes:
        unit: Checks a unit for the ruleset, however it was given.
        date: Settles the assessment date of a checked unit.
    """

    unit: Callable[[Loose], Unit]
    date: Callable[[Unit, datetime.date | None], datetime.date]


class Engine(NamedTuple):
    """
    The code for one assessment date.

    Attributes:
        run: Decides a unit.
        source: Gives the code of it.
    """

    run: Run
    source: Callable[[], str]
