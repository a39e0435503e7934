"""The tables that `ntmrules batch` is given, and where its result goes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from ntmrules.cli._batch_options import Asked
from ntmrules.diagnostics import Diagnostic, codes
from ntmrules.errors import FactError
from ntmrules.tables import (
    Batch,
    Format,
    Output,
    Table,
    Task,
    format_of,
    open_table,
    output,
)
from ntmrules.text import Fill, Text


_ENDS = ", ".join(f"`{end}`" for one in Format for end in one.value)
_NO_FORMAT = Text(
    f"its name has none of these ends: {_ENDS}",
    f"tên tệp không có đuôi nào trong số: {_ENDS}",
)


class Inputs:
    """
    The files of a run.

    Attributes:
        output: The table in the making, once the tables are open; `None` if nothing
            is to be written.
    """

    def __init__(self, asked: Asked) -> None:
        self._tables = asked.tables
        self._children = asked.children
        self._out = asked.output
        self._force = asked.force
        self.output: Output | None = None

    def check(self) -> None:
        """
        See whether OUT may be written.

        Raises:
            click.BadParameter: It may not.
        """
        out = self._out
        if out is None:
            return
        hint = "-o"
        if format_of(out) is None:
            said = f"'{out}' has none of these ends: {_ENDS.replace('`', '')}."
            raise click.BadParameter(said, param_hint=hint)
        below = [path for paths in self._children.values() for path in paths]
        if out.exists():
            if any(path.exists() and path.samefile(out) for path in self._tables):
                raise click.BadParameter(f"'{out}' is a TABLE.", param_hint=hint)
            if any(path.exists() and path.samefile(out) for path in below):
                said = f"'{out}' is a table of --children."
                raise click.BadParameter(said, param_hint=hint)
            if not self._force:
                said = f"'{out}' is there already; --force replaces it."
                raise click.BadParameter(said, param_hint=hint)

    def batch(self, task: Task) -> Batch:
        """
        Open the tables.

        Raises:
            FactError: They cannot be read, or their columns cannot be used; it
                carries every problem of all of them.
        """
        problems: list[Diagnostic] = []
        tables = self._opened(self._tables, problems)
        children = {
            plural: self._opened(paths, problems)
            for plural, paths in self._children.items()
        }
        batch = Batch(task, tables, children)
        problems += batch.problems()
        if problems:
            raise FactError(problems)
        if self._out is not None:
            kind = format_of(self._out)
            assert kind is not None  # `check` has seen to it
            self.output = output(self._out, kind, tables[0])
        return batch

    @staticmethod
    def _opened(paths: Sequence[Path], problems: list[Diagnostic]) -> list[Table]:
        found = []
        for path in paths:
            kind = format_of(path)
            if kind is None:
                values: dict[str, Fill] = {"problem": _NO_FORMAT}
                place = str(path)
                problems.append(Diagnostic(codes.BAD_TABLE, None, values, place=place))
                continue
            try:
                found.append(open_table(path, kind))
            except FactError as error:
                problems += error.diagnostics
        return found
