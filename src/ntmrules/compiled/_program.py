"""A compiled ruleset."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from ntmrules.compiled._codes import Loose
from ntmrules.compiled._parts import Door, Engine, Test
from ntmrules.compiled._verdicts import Layout, Verdicts, layout
from ntmrules.model.ruleset import Ruleset


# The first is asked first: whether it is of an abstract class takes longer to tell.
_MAPPINGS = (dict, Mapping)

MOST_DATES = 32
"""So many assessment dates a program keeps ready."""


class Program:
    """
    A ruleset as a function: a unit in, all verdicts out, no reasons.

    Made by `ntmrules.compile`.  What it says of a unit is what `ntmrules.evaluate`
    says, verdict by verdict.  It may be shared between threads.

    Attributes:
        ruleset: What was compiled.
        as_of: The assessment date where a call names none; by default the unit's own.
        accept_unverified: Whether figures marked ``unverified`` count.
    """

    __slots__ = (
        "_door",
        "_engines",
        "_fits",
        "_layout",
        "_usual",
        "accept_unverified",
        "as_of",
        "ruleset",
    )

    def __init__(
        self,
        ruleset: Ruleset,
        as_of: datetime.date | None,
        door: Door,
        *,
        accept_unverified: bool,
    ) -> None:
        self.ruleset = ruleset
        self.as_of = as_of
        self.accept_unverified = accept_unverified
        self._door = door
        self._layout: Layout = layout(ruleset)
        self._fits: Test | None = None
        self._engines: dict[datetime.date, Engine] = {}
        self._usual = None if as_of is None else self._engine(as_of)

    def __call__(
        self,
        unit: Loose,  # what `ntmrules.evaluate` takes
        *,
        as_of: datetime.date | None = None,
        checked: bool = True,
    ) -> Verdicts:
        """
        Give the verdicts of a unit.

        Args:
            unit: What `ntmrules.evaluate` takes.  A mapping in the plain form, which
                `plain` gives, is decided without being copied; of it, only the facts
                that the ruleset asks for are looked at.
            as_of: The assessment date.
            checked: Whether a mapping is checked first.  Without the check it must
                be in the plain form; anything else gives wrong verdicts or an
                exception of Python.

        Raises:
            FactError: The facts cannot be used, or there is no date.
        """
        engine = self._usual
        if as_of is not None or engine is None:
            if not isinstance(unit, Mapping):
                return self._of(unit, as_of)
            date = as_of or unit.get("as_of")
            if type(date) is not datetime.date:
                return self._of(unit, as_of)
            engine = self._engine(date)
        fits = engine.fits(unit) if checked else isinstance(unit, _MAPPINGS)
        if fits:
            return Verdicts(self._layout, engine.run(unit, engine.date))
        return self._of(unit, as_of)

    def plain(self, unit: Loose) -> dict[str, Loose]:
        """
        Check a unit and give it in the plain form.

        Args:
            unit: What `ntmrules.evaluate` takes.

        Raises:
            FactError: The facts cannot be used.
        """
        from ntmrules.compiled._plain import plain_form

        return plain_form(self._door.unit(unit))

    def source(self, as_of: datetime.date | None = None) -> str:
        """Give the Python code for a date, by default the first in force."""
        return self._engine(as_of or self.as_of or self.ruleset.start).source()

    def __repr__(self) -> str:
        return f"<program of {self.ruleset.id} as of {self.as_of or 'any date'}>"

    def _of(self, unit: Loose, as_of: datetime.date | None) -> Verdicts:
        from ntmrules.compiled._plain import plain_form

        checked = self._door.unit(unit)
        date = self._door.date(checked, as_of or self.as_of)
        engine = self._engine(date)
        return Verdicts(self._layout, engine.run(plain_form(checked), date))

    def _engine(self, date: datetime.date) -> Engine:
        engine = self._engines.get(date)
        if engine is None:
            from ntmrules.compiled._engine import fitting, make_engine

            if self._fits is None:
                self._fits = fitting(self.ruleset)
            engine = make_engine(
                self.ruleset, date, self._fits, accept=self.accept_unverified
            )
            if len(self._engines) >= MOST_DATES:
                # The oldest goes; a thread that still holds it goes on with it.
                self._engines.pop(next(iter(self._engines)), None)
            self._engines[date] = engine
        return engine
