"""A compiled ruleset."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from ntmrules.compiled._codes import Loose
from ntmrules.compiled._parts import Door, Engine, Run, Test
from ntmrules.compiled._verdicts import Layout, Verdicts, layout
from ntmrules.model.ruleset import Ruleset


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
        "_date",
        "_door",
        "_engines",
        "_fits",
        "_layout",
        "_run",
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
        self._fits: Test = self._first_fits
        self._engines: dict[datetime.date, Engine] = {}
        self._run: Run | None = None
        self._date = ruleset.start
        if as_of is not None:
            self._date = as_of
            self._run = self._engine(as_of).run

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
                that the ruleset asks for are looked at.  One that has figures with
                dates of their own is read each time.
            as_of: The assessment date.
            checked: Whether a mapping is checked first.  Without the check it must
                be in the plain form; anything else gives wrong verdicts or an
                exception of Python.

        Raises:
            FactError: The facts cannot be used, or there is no date.
        """
        if as_of is None and self._run is not None:
            # The usual call, which is to cost nothing beside the decision.
            if self._fits(unit) if checked else unit.__class__ is dict:
                return Verdicts(self._layout, self._run(unit, self._date))
            return self._of(unit, as_of, checked=checked)
        date = as_of or self.as_of
        if date is None and isinstance(unit, Mapping):
            date = unit.get("as_of")
        if type(date) is datetime.date:
            engine = self._engine(date)
            if self._fits(unit) if checked else unit.__class__ is dict:
                return Verdicts(self._layout, engine.run(unit, date))
        return self._of(unit, as_of, checked=checked)

    def plain(self, unit: Loose) -> dict[str, Loose]:
        """
        Check a unit and give it in the plain form, `None` where a fact is missing.

        Args:
            unit: What `ntmrules.evaluate` takes.

        Raises:
            FactError: The facts cannot be used.
        """
        from ntmrules.compiled._needs import Needs
        from ntmrules.compiled._plain import plain_form

        return plain_form(self._door.unit(unit), Needs(self.ruleset).facts)

    def source(self, as_of: datetime.date | None = None) -> str:
        """Give the Python code for a date, by default the first in force."""
        return self._engine(as_of or self.as_of or self.ruleset.start).source()

    def __repr__(self) -> str:
        return f"<program of {self.ruleset.id} as of {self.as_of or 'any date'}>"

    def _of(
        self, unit: Loose, as_of: datetime.date | None, *, checked: bool
    ) -> Verdicts:
        """Decide a unit that is not a `dict`, or not surely in the plain form."""
        from ntmrules.compiled._plain import Dated, plain_form

        other = isinstance(unit, Mapping) and type(unit) is not dict
        if not checked and other and not isinstance(unit, Dated):
            return self(dict(unit), as_of=as_of, checked=False)
        found = self._door.unit(unit)
        date = self._door.date(found, as_of or self.as_of)
        engine = self._engine(date)
        return Verdicts(self._layout, engine.run(plain_form(found, {}, date), date))

    def _engine(self, date: datetime.date) -> Engine:
        engine = self._engines.get(date)
        if engine is None:
            from ntmrules.compiled._engine import make_engine

            engine = make_engine(self.ruleset, date, accept=self.accept_unverified)
            if len(self._engines) >= MOST_DATES:
                # The oldest goes; a thread that still holds it goes on with it.
                self._engines.pop(next(iter(self._engines)), None)
            self._engines[date] = engine
        return engine

    def _first_fits(self, unit: Loose) -> bool:
        """Make the check when the first unit is to be checked."""
        from ntmrules.compiled._fitting import fitting

        self._fits = fitting(self.ruleset)
        return self._fits(unit)
