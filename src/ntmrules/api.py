"""
The one door: load, check, evaluate.

Source: engine.md section 1.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Mapping
from pathlib import Path

from ntmrules.assessment import Assessment, assess
from ntmrules.catalogue import (
    Catalogue,
    Entry,
    Shelf,
    file_entry,
    folder_entries,
)
from ntmrules.check import CheckedVocabulary
from ntmrules.diagnostics import Diagnostic, Help, Sink, codes
from ntmrules.errors import FactError, RulesetError
from ntmrules.evaluate import evaluate as _evaluate
from ntmrules.model.ruleset import Ruleset
from ntmrules.model.unit import Unit
from ntmrules.text import Fill, Text
from ntmrules.units import UnitData, bind, unit_data


_GIVE_DATE = Text(
    "give `as_of`, or write it in the unit", "ghi `as_of` khi gọi hoặc trong đơn vị"
)


@functools.cache
def _catalogue() -> Catalogue:
    return Catalogue()


def load(
    source: Path | str,
    *,
    as_of: datetime.date | None = None,
    status: str = "in force",
    catalogue: Catalogue | None = None,
) -> Ruleset:
    """
    Load a ruleset from a file or from the catalogue.

    Args:
        source: The `Path` of a file, or a `str` id.
        as_of: Picks the version of an id; may be left out if there is one.
        status: ``"draft"`` or ``"pending"`` to ask the catalogue for those.
        catalogue: Where ids are looked up; by default what is shipped and installed.

    Raises:
        RulesetError: It cannot be used; carries every diagnostic.

    Source:
        engine.md section 1.
    """
    catalogue = catalogue or _catalogue()
    if isinstance(source, str):
        return catalogue.get(source, as_of, status=status)
    if source.is_dir():
        reason = Text("it is a folder", "đó là một thư mục")
        values: dict[str, Fill] = {"path": str(source), "reason": reason}
        raise RulesetError([Diagnostic(codes.UNREADABLE_FILE, None, values)])
    shelf = _beside(source, catalogue)
    checked = shelf.check(file_entry(source))
    return _ruleset(checked.result, checked.diagnostics, str(source))


def loads(
    text: str,
    *,
    files: Mapping[str, str] | None = None,
    name: str = "<text>",
    catalogue: Catalogue | None = None,
) -> Ruleset:
    """
    Load a ruleset from text, as `json.loads` does.

    Args:
        text: A whole ruleset file.
        files: Further files it uses, name to text, looked through first.
        name: What to call the text in diagnostics.
        catalogue: As for `load`.

    Raises:
        RulesetError: It cannot be used; carries every diagnostic.
    """
    result, sink = _check_text(text, files, name, catalogue)
    return _ruleset(result, sink.sorted(), name)


def check(
    source: Path | str, *, catalogue: Catalogue | None = None
) -> tuple[Diagnostic, ...]:
    """
    Give every diagnostic of a file, a folder tree, or an id; empty when all is well.

    Never raises for bad text.  Of a folder, versions of one id are checked against
    each other too.
    """
    catalogue = catalogue or _catalogue()
    if isinstance(source, str):
        try:
            found = catalogue.shelf.versions(source)
            if found.diagnostics or found.rulesets:
                return found.diagnostics
            catalogue.get(source)
        except RulesetError as error:
            return error.diagnostics
        return ()
    if not source.is_dir():
        return _beside(source, catalogue).check(file_entry(source)).diagnostics
    try:
        entries = folder_entries(source)
    except RulesetError as error:
        return error.diagnostics
    if not entries:
        values: dict[str, Fill] = {"path": str(source)}
        return (Diagnostic(codes.NO_RULESETS, None, values),)
    shelf = Shelf(lambda: entries, catalogue.shelf)
    sink = Sink()
    for entry in entries:
        sink.extend(shelf.check(entry).diagnostics)
    for identity in shelf.ids("ruleset"):
        if any(entry in entries for entry in shelf.entries(identity)):
            sink.extend(shelf.versions(identity).diagnostics)
    return sink.sorted()


def check_text(
    text: str,
    *,
    files: Mapping[str, str] | None = None,
    name: str = "<text>",
    catalogue: Catalogue | None = None,
) -> tuple[Diagnostic, ...]:
    """Give every diagnostic of a text, a ruleset or a vocabulary; see `loads`."""
    return _check_text(text, files, name, catalogue)[1].sorted()


def evaluate(
    ruleset: Ruleset | Path | str,
    unit: UnitData | Unit | Mapping[str, object],
    *,
    as_of: datetime.date | None = None,
    accept_unverified: bool = False,
    strict: bool = False,
    status: str = "in force",
    catalogue: Catalogue | None = None,
) -> Assessment:
    """
    Assess one unit, with reasons.

    Args:
        ruleset: An id (of which the date picks the version), a file, or a loaded
            ruleset.  The latter two are assessed on any date; outside the dates
            they are in force, that is a finding, and nothing is granted.
        unit: What `read_unit` gives, a mapping of the same shape, or a `Unit`
            already checked for this ruleset.
        as_of: The assessment date; by default the unit's own.
        accept_unverified: Whether figures marked ``unverified`` count.
        strict: Whether an unknown fact name is an error rather than a finding.
        status: ``"draft"`` or ``"pending"`` to ask the catalogue for those.
        catalogue: As for `load`.

    Returns:
        Assessment: The verdict of every precondition, criterion and indicator, in
        the order of the file.

    Raises:
        RulesetError: The ruleset cannot be used, or has no version on the date.
        FactError: The facts cannot be used, or there is no date.

    Source:
        engine.md sections 1 to 3, language.md section 8.
    """
    if isinstance(unit, Mapping):
        unit = unit_data(unit)
    date = as_of or unit.as_of
    if date is None:
        raise FactError([Diagnostic(codes.NO_DATE, help=Help(_GIVE_DATE))])
    if not isinstance(ruleset, Ruleset):
        ruleset = load(ruleset, as_of=date, status=status, catalogue=catalogue)
    if isinstance(unit, Unit):
        bound = unit
    else:
        bound = bind(unit, ruleset.vocabulary, strict=strict)
    if bound.level.name != ruleset.level.name:
        raise FactError([_wrong_level(ruleset, bound)])
    trace = _evaluate(ruleset, bound, date, accept_unverified=accept_unverified)
    return assess(trace, accept_unverified=accept_unverified)


def rulesets(catalogue: Catalogue | None = None) -> tuple[Ruleset, ...]:
    """
    Give every version of every ruleset of the catalogue, by id and date.

    Raises:
        RulesetError: One of them has errors.
    """
    catalogue = catalogue or _catalogue()
    found: list[Ruleset] = []
    for identity in catalogue.ids():
        versions = catalogue.shelf.versions(identity)
        if versions.absent is not None:
            raise RulesetError(versions.diagnostics)
        found += versions.rulesets
    return tuple(found)


def _beside(path: Path, catalogue: Catalogue) -> Shelf:
    """Give a shelf of the folder tree in which a file lies."""
    return Shelf(
        functools.partial(folder_entries, path.absolute().parent), catalogue.shelf
    )


def _check_text(
    text: str,
    files: Mapping[str, str] | None,
    name: str,
    catalogue: Catalogue | None,
) -> tuple[Ruleset | CheckedVocabulary | None, Sink]:
    entries = [_text_entry(other, content) for other, content in (files or {}).items()]
    shelf = Shelf(lambda: entries, (catalogue or _catalogue()).shelf)
    sink = Sink()
    checked = shelf.check(_text_entry(name, text))
    sink.extend(checked.diagnostics)
    return checked.result, sink


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


def _wrong_level(ruleset: Ruleset, unit: Unit) -> Diagnostic:
    values: dict[str, Fill] = {
        "ruleset": f"`{ruleset.id}`",
        "wanted": ruleset.level.name,
        "unit": f"`{unit.called}`",
        "found": unit.level.name,
    }
    return Diagnostic(codes.WRONG_LEVEL, unit.span, values)
