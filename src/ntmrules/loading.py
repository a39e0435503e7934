"""
Loading and checking: files, folders, texts and ids.

`ntmrules.api` imports this when something is first loaded: the parser and the checker
are half of what there is to import.
"""

from __future__ import annotations

import datetime
import functools
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ntmrules.catalogue import Catalogue
from ntmrules.checker import CheckedVocabulary, slips
from ntmrules.diagnostics import Diagnostic, Sink, codes
from ntmrules.entries import Entry, file_entry, folder_entries
from ntmrules.errors import RulesetError
from ntmrules.model.ruleset import Ruleset
from ntmrules.patience import SEARCH_MS
from ntmrules.shelf import Checked, Shelf, pick, shelf_of
from ntmrules.syntax import parse, read_source
from ntmrules.text import Fill, Text


def load(
    source: Path | str, date: datetime.date | None, status: str, catalogue: Catalogue
) -> Ruleset:
    """Load a ruleset; see `ntmrules.api.load`."""
    if isinstance(source, str):
        return pick(catalogue, source, date, status)
    if source.is_dir():
        reason = Text("it is a folder", "đó là một thư mục")
        values: dict[str, Fill] = {"path": str(source), "reason": reason}
        raise RulesetError([Diagnostic(codes.UNREADABLE_FILE, None, values)])
    checked = _beside(source, catalogue).check(file_entry(source))
    return _ruleset(checked.result, checked.diagnostics, str(source))


def loads(
    text: str, files: Mapping[str, str], name: str, catalogue: Catalogue
) -> Ruleset:
    """Load a ruleset from text; see `ntmrules.api.loads`."""
    result, sink = _check_text(text, files, name, catalogue)
    return _ruleset(result, sink.sorted(), name)


def check(
    source: Path | str, search_ms: int, catalogue: Catalogue
) -> tuple[Diagnostic, ...]:
    """Give every diagnostic of a file, folder or id; see `ntmrules.api.check`."""
    try:
        if isinstance(source, str):
            return _check_id(source, search_ms, catalogue)
        if source.is_dir():
            return _check_folder(source, search_ms, catalogue)
        shelf, sink = _beside(source, catalogue), Sink()
        checked = _check_entry(shelf, file_entry(source), sink)
        return _further(sink, [checked.result], shelf, search_ms)
    except RulesetError as error:
        return error.diagnostics


def _check_id(
    name: str, search_ms: int, catalogue: Catalogue
) -> tuple[Diagnostic, ...]:
    shelf = shelf_of(catalogue)
    found = shelf.versions(name)
    if found.absent is None or found.diagnostics:
        sink = Sink()
        sink.extend(found.diagnostics)
        if not sink.failed:
            for version in found.rulesets:
                sink.extend(_slips(file_entry(Path(version.path))))
                sink.extend(_same(version))
        return _further(sink, found.rulesets, shelf, search_ms)
    vocabulary = shelf.check_vocabulary(name)
    if vocabulary is not None:
        return vocabulary.diagnostics
    pick(catalogue, name, None, "in force")  # it says which ids are near
    return ()


def _check_folder(
    folder: Path, search_ms: int, catalogue: Catalogue
) -> tuple[Diagnostic, ...]:
    entries = folder_entries(folder)
    if not entries:
        values: dict[str, Fill] = {"path": str(folder)}
        return (Diagnostic(codes.NO_RULESETS, None, values),)
    shelf = Shelf(lambda: entries, shelf_of(catalogue))
    sink = Sink()
    checked = [_check_entry(shelf, entry, sink) for entry in entries]
    for identity in shelf.own_ids("ruleset"):
        sink.extend(shelf.versions(identity).diagnostics)
    return _further(sink, [one.result for one in checked], shelf, search_ms)


def _further(
    sink: Sink, results: Iterable[object], shelf: Shelf, search_ms: int
) -> tuple[Diagnostic, ...]:
    """Ask z3 where it is undecided whether rulesets are as strict as others."""
    found = sink.sorted()
    if not search_ms or all(d.code is not codes.UNDECIDED for d in found):
        return found
    from ntmrules.analysis.strictness import look_further

    for ruleset in results:
        if isinstance(ruleset, Ruleset) and ruleset.tightens:
            mine = [d for d in found if _is_of(d, ruleset)]
            others = [d for d in found if not _is_of(d, ruleset)]
            found = (*others, *look_further(mine, ruleset, shelf, search_ms))
    sink = Sink()
    sink.extend(found)
    return sink.sorted()


def _is_of(diagnostic: Diagnostic, ruleset: Ruleset) -> bool:
    span = diagnostic.span
    return span is not None and span.file is ruleset.span.file


def _check_entry(shelf: Shelf, entry: Entry, sink: Sink) -> Checked:
    """Tell what is wrong with a file; if nothing is, what is probably not meant."""
    checked = shelf.check(entry)
    sink.extend(checked.diagnostics)
    if not checked.failed:
        sink.extend(_slips(entry))
    if isinstance(checked.result, Ruleset):
        sink.extend(_same(checked.result))
    return checked


def _same(ruleset: Ruleset) -> Iterator[Diagnostic]:
    from ntmrules.analysis.always import always_same

    yield from always_same(ruleset)


def _slips(entry: Entry) -> Iterator[Diagnostic]:
    """Read a file again for what is probably not meant: to load it, nobody asks."""
    sink = Sink()
    try:
        source = read_source(entry.name, entry.read(), sink)
    except OSError:
        return  # a version that lies in a package
    tree = None if source is None else parse(source, sink)
    if tree is not None:
        yield from slips(tree)


def check_text(
    text: str, files: Mapping[str, str], name: str, catalogue: Catalogue
) -> tuple[Diagnostic, ...]:
    """Give every diagnostic of a text; see `ntmrules.api.check_text`."""
    shelf = _shelf_before(files, catalogue)
    sink = Sink()
    checked = _check_entry(shelf, _text_entry(name, text), sink)
    return _further(sink, [checked.result], shelf, SEARCH_MS)


def rulesets(catalogue: Catalogue) -> tuple[Ruleset, ...]:
    """Give every version of every ruleset; see `ntmrules.api.rulesets`."""
    shelf = shelf_of(catalogue)
    found: list[Ruleset] = []
    nameless = shelf.nameless()
    if nameless:
        told = "\n".join(map(str, nameless))
        message = f"files that no id can be looked up in:\n{told}"
        warnings.warn(message, UserWarning, stacklevel=3)
    for identity in shelf.ids("ruleset"):
        versions = shelf.versions(identity)
        if versions.absent is not None:
            told = "\n".join(map(str, versions.diagnostics))
            message = f"`{identity}` has errors and cannot be looked up:\n{told}"
            warnings.warn(message, UserWarning, stacklevel=3)
        found += versions.rulesets
    return tuple(found)


def _beside(path: Path, catalogue: Catalogue) -> Shelf:
    """Give a shelf of the folder tree in which a file lies."""
    folder = path.absolute().parent
    return Shelf(functools.partial(folder_entries, folder), shelf_of(catalogue))


def _check_text(
    text: str, files: Mapping[str, str], name: str, catalogue: Catalogue
) -> tuple[Ruleset | CheckedVocabulary | None, Sink]:
    shelf = _shelf_before(files, catalogue)
    sink = Sink()
    checked = shelf.check(_text_entry(name, text))
    sink.extend(checked.diagnostics)
    return checked.result, sink


def _shelf_before(files: Mapping[str, str], catalogue: Catalogue) -> Shelf:
    """Give a shelf of texts that stands before a catalogue."""
    entries = [_text_entry(other, content) for other, content in files.items()]
    return Shelf(lambda: entries, shelf_of(catalogue))


def _text_entry(name: str, text: str) -> Entry:
    # Lone surrogates cannot be written as UTF-8: they arrive as bad bytes, and are
    # refused with their place.
    return Entry(name, lambda: text.encode("utf-8", "surrogatepass"))


def _ruleset(
    result: Ruleset | CheckedVocabulary | None,
    diagnostics: Iterable[Diagnostic],
    name: str,
) -> Ruleset:
    if isinstance(result, Ruleset):
        return result
    if isinstance(result, CheckedVocabulary):
        values: dict[str, Fill] = {"name": result.vocabulary.name}
        diagnostics = [Diagnostic(codes.NOT_A_RULESET, None, values, place=name)]
    raise RulesetError(diagnostics)
