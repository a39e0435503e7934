"""Finds the cases of a folder, the rulesets they speak of, and runs them."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import attrs

from ntmrules import api, loading
from ntmrules.catalogue import Catalogue
from ntmrules.diagnostics import Diagnostic, Sink, codes
from ntmrules.entries import file_entry, folder_entries, unreadable
from ntmrules.errors import RulesetError
from ntmrules.model.ruleset import Ruleset
from ntmrules.shelf import Shelf, not_in_force, shelf_of
from ntmrules.syntax import read_source
from ntmrules.testing._cases import Case, read_cases
from ntmrules.testing._run import Outcome, check_told, failed, run


FOLDER = "cases"
"""The name of the folders that hold cases, each beside its rulesets."""

_HEADER = """\
ruleset test.case
  name     "Case"
  for      {level}
  basis    "0/TEST" dated 2020-01-01
  in force from 2000-01-01 to 2100-12-31

use test.facts
"""


@attrs.frozen
class Suite:
    """
    The cases of a path, not yet run.

    Attributes:
        cases: In the order of files and lines.
        diagnostics: What is wrong with the files of cases.
    """

    cases: tuple[Case, ...]
    diagnostics: tuple[Diagnostic, ...]
    _library: Library = attrs.field(repr=False)
    _only: Path | None = attrs.field(default=None, repr=False)

    def run(self) -> Iterator[Outcome]:
        """Run each case."""
        return map(self.run_case, self.cases)

    def run_case(self, case: Case) -> Outcome:
        """Run one of its cases."""
        return self._library.run(case)

    @property
    def rulesets(self) -> tuple[Ruleset, ...]:
        """Every version of the rulesets beside the cases, or that of the one file."""
        found = self._library.rulesets()
        if self._only is None:
            return found
        wanted = self._only.absolute()
        return tuple(one for one in found if Path(one.path).absolute() == wanted)


def find_cases(path: Path, catalogue: Catalogue | None = None) -> Suite:
    """
    Find the cases of a folder tree, of a ruleset file, or of one file of cases.

    Args:
        path: A folder, of which the folders named `cases` count; an ``.ntm`` file,
            beside which they lie; or a ``.yaml`` file.
        catalogue: Where rulesets are looked up that do not lie in the folder tree.
    """
    sink = Sink()
    files = _files(path)
    cases = [case for file in files for case in _read(file, sink)]
    folder = path if path.is_dir() else path.parent
    if folder.name == FOLDER:
        folder = folder.parent
    library = Library(folder, catalogue or Catalogue())
    if path.suffix == ".ntm":
        name = library.id_of(path)
        cases = [case for case in cases if _concerns(case, name, path)]
    if not cases and not sink.failed:
        sink.add(Diagnostic(codes.NO_CASES, None, {"path": str(path)}))
    only = path if path.suffix == ".ntm" else None
    return Suite(tuple(cases), sink.sorted(), library, only)


def _files(path: Path) -> list[Path]:
    if path.suffix == ".ntm":
        return _readable((path.parent / FOLDER).glob("*.yaml"))
    if not path.is_dir():
        return [path]
    inside = path.glob("*.yaml") if path.name == FOLDER else ()
    return _readable({*inside, *path.glob(f"**/{FOLDER}/*.yaml")})


def _readable(paths: Iterable[Path]) -> list[Path]:
    """Leave out pipes, which would wait for a writer, and sort the rest."""
    return sorted(path for path in paths if path.is_file())


def _read(path: Path, sink: Sink) -> Sequence[Case]:
    try:
        data = file_entry(path).read()
    except OSError as error:
        sink.add(unreadable(str(path), error))
        return ()
    source = read_source(str(path), data, sink)
    return () if source is None else read_cases(source, sink)


def _concerns(case: Case, name: str | None, path: Path) -> bool:
    if case.ruleset:
        return case.ruleset == name
    return Path(case.span.file.name).stem == path.stem and case.text is None


class Library:
    """The rulesets of a folder tree, before those of the catalogue."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        entries = functools.partial(folder_entries, folder)
        self._shelf = Shelf(entries, shelf_of(catalogue))

    def id_of(self, path: Path) -> str | None:
        """Give the id of the ruleset of a file, if it can be read."""
        result = self._shelf.check(file_entry(path)).result
        return result.id if isinstance(result, Ruleset) else None

    def rulesets(self) -> tuple[Ruleset, ...]:
        """Give every version of the rulesets of the folder tree."""
        return tuple(
            version
            for name in self._shelf.own_ids("ruleset")
            for version in self._shelf.versions(name).rulesets
        )

    def run(self, case: Case) -> Outcome:
        """Find the ruleset of a case, and run it."""
        if case.text is not None:
            return self._run_text(case, case.text)
        try:
            ruleset = self._named(case) if case.ruleset else self._beside(case)
        except RulesetError as error:
            return failed(case, error.diagnostics)
        return run(case, ruleset)

    def _beside(self, case: Case) -> Ruleset:
        file = Path(case.span.file.name)
        path = file.parent.parent / f"{file.stem}.ntm"
        checked = self._shelf.check(file_entry(path))
        if isinstance(checked.result, Ruleset):
            return checked.result
        raise RulesetError(checked.diagnostics)

    def _named(self, case: Case) -> Ruleset:
        """Pick the version of the date; an only version may be asked on any date."""
        found = self._shelf.versions(case.ruleset)
        if found.absent is not None:
            if found.diagnostics:
                raise RulesetError(found.diagnostics)
            return api.load(case.ruleset, as_of=case.date, catalogue=self._catalogue)
        asked = [v for v in found.rulesets if v.status == case.status]
        if len(asked) == 1 or len(found.rulesets) == 1:
            return (asked or found.rulesets)[0]
        date = case.date
        for version in asked:
            if date is not None and version.in_force(date):
                return version
        missing = not_in_force(case.ruleset, found.rulesets, date, case.status)
        raise RulesetError([missing])

    def _run_text(self, case: Case, text: str) -> Outcome:
        """Run a case that brings its criteria along."""
        before = 0
        if not case.whole:
            header = _HEADER.format(level=_level(case))
            text, before = header + text, header.count("\n")
        beside = _readable(Path(case.span.file.name).parent.glob("*.ntm"))
        files = {path.name: path.read_text("utf-8") for path in beside}
        files.update(case.files)
        name = str(case.span)
        if case.errors:
            told = api.check_text(
                text, files=files, name=name, catalogue=self._catalogue
            )
            return check_told(case, told, before)
        try:
            ruleset = loading.loads(text, files, name, self._catalogue)
        except RulesetError as error:
            return failed(case, error.diagnostics)
        return run(case, ruleset)


def _level(case: Case) -> str:
    """Give the level of the unit of a case."""
    if case.unit is None:
        return "district"
    node = case.unit.tree.entries.get("level")
    value = getattr(node, "value", None)
    return value if isinstance(value, str) else "district"


def run_cases(path: Path, catalogue: Catalogue | None = None) -> Iterable[Outcome]:
    """Run every case of a path; see `find_cases`."""
    return find_cases(path, catalogue).run()
