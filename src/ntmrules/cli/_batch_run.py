"""What `ntmrules batch` does: it decides the rows, and tells what came of them."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterator

import attrs

from ntmrules import Diagnostic, load
from ntmrules.cli._batch_inputs import Inputs
from ntmrules.cli._batch_options import Asked
from ntmrules.cli._batch_summary import as_document, summary
from ntmrules.cli._diagnostics import rendered
from ntmrules.cli._layout import painted
from ntmrules.cli._terminal import width, write
from ntmrules.tables import MOST_TOLD, Batch, Decided, Output, Tally, Task, result
from ntmrules.text import Fill, Language, Text
from ntmrules.verdict import Verdict


_MORE_REFUSED = Text(
    "… and {n} more refused, each with its reason in the column `refused` of OUT",
    "… và {n} dòng nữa bị từ chối, lý do ghi ở cột `refused` của tệp kết quả",
)
_MORE_FINDINGS = Text(
    "… and {n} more with findings, in the column `findings` of OUT",
    "… và {n} dòng nữa có lưu ý, ghi ở cột `findings` của tệp kết quả",
)
_MORE_ALIKE = Text(
    "… and {n} more rows like these; -o OUT tells of each",
    "… và {n} dòng nữa tương tự; dùng -o OUT để xem từng dòng",
)
_STOPPED = Text(
    "--strict: nothing is written, for rows were refused",
    "--strict: không ghi kết quả vì có dòng bị từ chối",
)
_READING = Text("reading", "đang đọc")
_ROWS = Text("rows", "dòng")


def assess(asked: Asked, language: Language, *, as_json: bool) -> int:
    """
    Assess the rows of tables; give the exit status.

    Raises:
        RulesetError: The ruleset cannot be used.
        FactError: The tables cannot be read, or their columns cannot be used.
        click.BadParameter: OUT cannot be written.
    """
    inputs = Inputs(asked)
    inputs.check()
    rules = load(
        asked.ruleset,
        as_of=asked.as_of,
        status=asked.status,
        catalogue=asked.catalogue,
    )
    task = Task(rules, asked.as_of, asked.scales, asked.accept_unverified)
    batch = inputs.batch(task)
    for diagnostic in (*_about(task), *batch.warnings()):
        write(rendered(diagnostic, language) + "\n", to_errors=True)
    run = _Run(batch, language, as_codes=asked.codes, strict=asked.strict)
    with contextlib.ExitStack() as stack:
        out = stack.enter_context(inputs.output) if inputs.output else None
        run.all(out)
        if out is not None and not run.stopped:
            out.keep()
    run.tell()
    if run.stopped:
        return 1
    tally, files = run.tally, (asked.tables, asked.output)
    if as_json:
        document = as_document(rules, asked.as_of, *files, tally)
        write(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        for parts in summary(rules, asked.as_of, *files, tally, language):
            write(painted(parts))
    met = tally.whole[Verdict.MET]
    missed = asked.fail and (met == 0 or met != tally.rows)
    return 1 if tally.refused or tally.orphans or missed else 0


def _about(task: Task) -> tuple[Diagnostic, ...]:
    """Say what an assessment under these rules says of them."""
    from ntmrules.api import evaluate

    unit = {"level": task.ruleset.level.name, "as_of": task.as_of}
    return tuple(
        attrs.evolve(one, span=None)
        for one in evaluate(task.ruleset, unit).findings
        if one.code.id in {"NTM713", "NTM726"}
    )


class _Told:
    """
    What is told of rows: of few, each; of many, the first of each kind.

    Attributes:
        count: How many rows there are.
    """

    def __init__(self) -> None:
        self.count = 0
        self._first: list[tuple[Diagnostic, ...]] = []
        self._kinds: dict[tuple[str, ...], tuple[Diagnostic, ...]] = {}

    def add(self, found: tuple[Diagnostic, ...]) -> None:
        """Count a row, and keep what is wrong with it if it is to be told."""
        self.count += 1
        if len(self._first) < MOST_TOLD:
            self._first.append(found)
        if len(self._kinds) < MOST_TOLD:
            self._kinds.setdefault(tuple(one.message for one in found), found)

    @property
    def shown(self) -> list[tuple[Diagnostic, ...]]:
        """What is told, row by row."""
        return self._first if self.count <= MOST_TOLD else [*self._kinds.values()]


class _Run:
    """Decides all rows, and keeps what is to be told."""

    def __init__(
        self, batch: Batch, language: Language, *, as_codes: bool, strict: bool
    ) -> None:
        self._batch = batch
        self._language = language
        self._as_codes = as_codes
        self._strict = strict
        self.tally = Tally()
        self.stopped = False
        self._written = False
        self._refused, self._noticed = _Told(), _Told()

    def all(self, out: Output | None) -> None:
        """Decide all rows, or with ``--strict`` those up to one that is refused."""
        self._written = out is not None
        with _progress(self._batch.size, self._language) as moved:
            for decided in self._batch.decided():
                self.tally.add(decided)
                self._keep(decided)
                self.stopped = self._strict and self.tally.refused > 0
                if self.stopped:
                    return
                if out is not None:
                    out.add(result(decided, self._language, as_codes=self._as_codes))
                moved(decided.done, self.tally.rows)
        for found in self._batch.unclaimed():
            self.tally.orphans += 1
            self._refused.add(found)
        self.stopped = self._strict and self.tally.orphans > 0

    def _keep(self, decided: Decided) -> None:
        for at in sorted(decided.refused):
            self._refused.add(decided.refused[at])
        for at in sorted(decided.findings):
            self._noticed.add(decided.findings[at])

    def tell(self) -> None:
        """Tell what is wrong with rows; of many, one of each kind."""
        everything = (
            (self._noticed, _MORE_FINDINGS),
            (self._refused, _MORE_REFUSED),
        )
        for told, more in everything:
            for diagnostic in (one for found in told.shown for one in found):
                write(rendered(diagnostic, self._language) + "\n", to_errors=True)
            rest = told.count - len(told.shown)
            if rest:
                said = more if self._written else _MORE_ALIKE
                values: dict[str, Fill] = {"n": rest}
                write(said.fill(self._language, values) + "\n", to_errors=True)
        if self.stopped:
            write(_STOPPED.fill(self._language, {}), to_errors=True)


@contextlib.contextmanager
def _progress(size: int, language: Language) -> Iterator[Callable[[int, int], None]]:
    """Show how far it is, where somebody looks on."""
    if not sys.stderr.isatty():
        yield lambda _done, _rows: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn(_READING.fill(language, {})),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TextColumn("{task.fields[rows]:,} " + _ROWS.fill(language, {})),
        TimeRemainingColumn(),
        console=Console(stderr=True, width=width()),
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=size, rows=0)
        yield lambda done, rows: bar.update(task, completed=done, rows=rows)
