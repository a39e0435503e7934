"""Making the functions of a ruleset for one assessment date, each when it is needed."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable

from ntmrules.compiled import _conditions, _provisions, _values
from ntmrules.compiled._codes import Loose
from ntmrules.compiled._frames import Code, Found, Frame, Scope
from ntmrules.compiled._records import Record
from ntmrules.compiled._space import Function, Space
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Ruleset
from ntmrules.model.vocabulary import Level, Vocabulary


class FunctionMaker:
    """Writes functions, each once; see `ntmrules.compiled._frames.Maker`."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        assessed: datetime.date,
        *,
        accept_unverified: bool,
    ) -> None:
        self.space = Space()
        self.vocabulary = vocabulary
        self.assessed = assessed
        self.accept_unverified = accept_unverified
        self._made: dict[tuple[object, ...], str] = {}
        # What is written later is written while other threads run what there is.
        self._lock = threading.RLock()

    # Expressions in place.

    def value(self, node: e.Expression, scope: Scope) -> Found:
        """Write a value, once in a frame."""
        key = ("value", id(node), id(scope.ruleset))
        written = scope.frame.written
        if key not in written:
            written[key] = _values.value(node, scope)
        found = written[key]
        assert isinstance(found, Found)
        return found

    def condition(self, node: e.Expression, scope: Scope) -> Code:
        """Write a condition, once in a frame."""
        key = ("condition", id(node), id(scope.ruleset))
        written = scope.frame.written
        if key not in written:
            written[key] = _conditions.condition(node, scope)
        code = written[key]
        assert isinstance(code, Code)
        return code

    def here(self, kind: str, label: str, scope: Scope) -> Code:
        """Write a provision of the ruleset at home in the frame."""
        return _provisions.provision(kind, label, scope)

    # Functions of their own.

    def whole(self, ruleset: Ruleset, level: Level, year: int) -> str:
        """Name the function of a whole ruleset."""
        return self._attesting("whole", "", ruleset, level, year)

    def provision(self, kind: str, label: str, scope: Scope) -> str:
        """Name the function of a criterion or indicator."""
        ruleset, around = scope.ruleset, scope.frame
        return self._attesting(kind, label, ruleset, around.level, around.year)

    def _attesting(
        self,
        kind: str,
        label: str,
        ruleset: Ruleset,
        level: Level,
        year: int,
        *,
        attested: bool = False,
    ) -> str:
        """Name a function of provisions, for units with attestations or without."""
        key = (kind, label, id(ruleset), level.name, year, attested)
        if key not in self._made:
            frame = Frame(self, level, year, ruleset, attested=attested)
            if not attested:
                frame.with_attestations = self._later(kind, label, ruleset, level, year)
            if kind == "whole":
                text = _provisions.whole(ruleset, frame)
            else:
                text = self.here(kind, label, Scope(frame, ruleset)).text
            self._define(key, kind, frame, text)
        return self._made[key]

    def _later(
        self, kind: str, label: str, ruleset: Ruleset, level: Level, year: int
    ) -> Function:
        """Give what finds a function when the first unit has attestations."""
        found: list[Function] = []

        def later(unit: Record, dated: datetime.date) -> Loose:
            if not found:
                with self._lock:
                    name = self._attesting(
                        kind, label, ruleset, level, year, attested=True
                    )
                found.append(self.space.names[name])
            return found[0](unit, dated)

        return later

    def expression(self, node: e.Expression, scope: Scope, kind: str) -> str:
        """Name the function of a value or condition."""
        return self._expression(node, scope, kind, scope.frame.year)

    def yearly(
        self, node: e.Expression, scope: Scope, kind: str
    ) -> Callable[[int], Function]:
        """
        Give what finds the function of a value or condition in another year.

        It is asked for years up to that of the assessment, so they are not too many.
        """
        functions: dict[int, Function] = {}

        def at(year: int) -> Function:
            found = functions.get(year)
            if found is None:
                with self._lock:
                    name = self._expression(node, scope, kind, year)
                found = self.space.names[name]
                functions[year] = found
            return found

        return at

    def _expression(
        self, node: e.Expression, scope: Scope, kind: str, year: int
    ) -> str:
        level, ruleset = scope.frame.level, scope.ruleset
        key = (kind, id(node), id(ruleset), level.name, year)
        if key not in self._made:
            frame = Frame(self, level, year)
            there = Scope(frame, ruleset)
            if kind == "value":
                text = self.value(node, there).text
            else:
                text = self.condition(node, there).text
            self._define(key, kind, frame, text)
        return self._made[key]

    def _define(
        self, key: tuple[object, ...], kind: str, frame: Frame, result: str
    ) -> None:
        name = self.space.name(f"{kind}_")
        self.space.define(name, frame.function(name, result))
        self._made[key] = name
