"""
The one door: load, check, evaluate.

Source: engine.md section 1.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from ntmrules.assessment import Assessment, assess
from ntmrules.catalogue import Catalogue
from ntmrules.compiled import Door, Program
from ntmrules.diagnostics import Diagnostic, Help, codes
from ntmrules.errors import FactError, RulesetError
from ntmrules.evaluate import evaluate as _evaluate
from ntmrules.model.ruleset import Ruleset
from ntmrules.model.unit import Unit
from ntmrules.model.words import name_of
from ntmrules.patience import SEARCH_MS
from ntmrules.text import Fill, Text
from ntmrules.units import UnitData, bind, direct, facts_hash, unit_data


_GIVE_DATE = Text(
    "give `as_of`, or write it in the unit", "ghi `as_of` khi gọi hoặc trong đơn vị"
)


_DEFAULT = Catalogue()


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
    from ntmrules import loading

    if as_of is not None and not is_date(as_of):
        raise RulesetError([not_a_date(as_of)])
    return loading.load(source, as_of, status, catalogue or _DEFAULT)


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
    from ntmrules import loading

    return loading.loads(text, files or {}, name, catalogue or _DEFAULT)


def check(
    source: Path | str,
    *,
    search_ms: int = SEARCH_MS,
    catalogue: Catalogue | None = None,
) -> tuple[Diagnostic, ...]:
    """
    Give every diagnostic of a file, a folder tree, or an id; empty when all is well.

    Never raises for bad text.  Of a folder, versions of one id are checked against
    each other too.

    Args:
        source: A path, or an id.
        search_ms: How long z3 may look for a unit, in thousandths of a second, where it
            is undecided whether a ruleset is as strict as the one that it tightens; 0
            for not at all.  It needs the extra ``smt``.
        catalogue: As for `load`.
    """
    from ntmrules import loading

    return loading.check(source, search_ms, catalogue or _DEFAULT)


def check_text(
    text: str,
    *,
    files: Mapping[str, str] | None = None,
    name: str = "<text>",
    catalogue: Catalogue | None = None,
) -> tuple[Diagnostic, ...]:
    """Give every diagnostic of a text, a ruleset or a vocabulary; see `loads`."""
    from ntmrules import loading

    return loading.check_text(text, files or {}, name, catalogue or _DEFAULT)


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
        read = None
        if isinstance(ruleset, Ruleset):
            read = direct(unit, ruleset.vocabulary)
        unit = unit_data(unit) if read is None else read
    try:
        date = _date_of(unit, as_of)
    except FactError as error:
        found = partial(load, status=status, catalogue=catalogue)
        raise _with_others(error, unit, ruleset, found, strict=strict) from None
    if not isinstance(ruleset, Ruleset):
        ruleset = load(ruleset, as_of=date, status=status, catalogue=catalogue)
    bound = _bound(unit, ruleset, strict=strict)
    trace = _evaluate(ruleset, bound, date, accept_unverified=accept_unverified)
    return assess(trace, accept_unverified=accept_unverified, facts_hash=facts_hash)


def compile(  # noqa: A001 - as `re.compile`
    ruleset: Ruleset | Path | str,
    *,
    as_of: datetime.date | None = None,
    accept_unverified: bool = False,
    status: str = "in force",
    catalogue: Catalogue | None = None,
) -> Program:
    """
    Turn a ruleset into a function that gives verdicts without reasons, fast.

    Args:
        ruleset: As for `load`, or a loaded ruleset.
        as_of: The assessment date, and what picks the version of an id.  Without
            it, each unit is assessed on its own date.
        accept_unverified: Whether figures marked ``unverified`` count.
        status: ``"draft"`` or ``"pending"`` to ask the catalogue for those.
        catalogue: As for `load`.

    Returns:
        Program: Called with a unit, it gives the verdicts that `evaluate` gives.

    Raises:
        RulesetError: The ruleset cannot be used.

    Source:
        engine.md section 4.
    """
    if not isinstance(ruleset, Ruleset):
        ruleset = load(ruleset, as_of=as_of, status=status, catalogue=catalogue)
    elif as_of is not None and not is_date(as_of):
        raise RulesetError([not_a_date(as_of)])
    door = Door(partial(_bound, ruleset=ruleset, strict=False), _date_of)
    return Program(ruleset, as_of, door, accept_unverified=accept_unverified)


def _date_of(unit: UnitData | Unit, as_of: datetime.date | None) -> datetime.date:
    """Settle the assessment date."""
    if as_of is not None and not is_date(as_of):
        raise FactError([not_a_date(as_of)])
    date = as_of or unit.as_of
    if date is None:
        raise FactError([Diagnostic(codes.NO_DATE, help=Help(_GIVE_DATE))])
    return date


def _with_others(
    error: FactError,
    unit: UnitData | Unit,
    ruleset: Ruleset | Path | str,
    find: Callable[[Path | str], Ruleset],
    *,
    strict: bool,
) -> FactError:
    """Tell what else is wrong with a unit that has no date, if that can be seen."""
    try:
        known = ruleset if isinstance(ruleset, Ruleset) else find(ruleset)
        _bound(unit, known, strict=strict)
    except RulesetError:
        return error
    except FactError as others:
        return FactError([*others.diagnostics, *error.diagnostics])
    return error


def _bound(
    unit: UnitData | Unit | Mapping[str, object], ruleset: Ruleset, *, strict: bool
) -> Unit:
    """Check a unit, however it was given, for a ruleset."""
    if isinstance(unit, Mapping):
        unit = unit_data(unit)
    if isinstance(unit, Unit):
        _check_vocabulary(ruleset, unit)
    else:
        unit = bind(unit, ruleset.vocabulary, strict=strict)
    if unit.level.name != ruleset.level.name:
        raise FactError([_wrong_level(ruleset, unit)])
    return unit


def rulesets(catalogue: Catalogue | None = None) -> tuple[Ruleset, ...]:
    """
    Give every version of every ruleset of the catalogue, by id and date.

    A version that has errors is left out, and a `UserWarning` tells them; the others
    are given.  So it is with a file that does not begin with its id.  An id of which
    one version has errors cannot be looked up until it is mended.
    """
    from ntmrules import loading

    return loading.rulesets(catalogue or _DEFAULT)


def _check_vocabulary(ruleset: Ruleset, unit: Unit) -> None:
    """Refuse a unit that was checked against other declarations of the same names."""
    ours, theirs = ruleset.vocabulary, unit.vocabulary
    if ours is theirs:
        return
    pairs: tuple[tuple[Mapping[str, object], Mapping[str, object]], ...] = (
        (ours.facts, theirs.facts),
        (ours.titles, theirs.titles),
        (ours.levels, theirs.levels),
    )
    for mine, other in pairs:
        for name, thing in mine.items():
            found = other.get(name, thing)
            if found is not thing and found != thing:
                values: dict[str, Fill] = {
                    "owner": f"`{name}`",
                    "wanted": Text(
                        f"what `{ours.name}` declares", f"như `{ours.name}` khai báo"
                    ),
                    "found": Text(
                        f"what `{theirs.name}` does", f"như `{theirs.name}` khai báo"
                    ),
                }
                raise FactError([Diagnostic(codes.BAD_SHAPE, unit.span, values)])


def is_date(value: object) -> bool:
    """Tell a date from the text of one, and from a time of day, which is one too."""
    return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)


def not_a_date(found: object) -> Diagnostic:
    """Complain of an assessment date that is none."""
    values: dict[str, Fill] = {
        "owner": "`as_of`",
        "wanted": Text("a `datetime.date`", "một `datetime.date`"),
        "found": f"`{type(found).__name__}`",
    }
    return Diagnostic(codes.BAD_SHAPE, None, values)


def _wrong_level(ruleset: Ruleset, unit: Unit) -> Diagnostic:
    values: dict[str, Fill] = {
        "ruleset": f"`{ruleset.id}`",
        "wanted": name_of(ruleset.level),
        "unit": f"`{unit.called}`",
        "found": name_of(unit.level),
    }
    return Diagnostic(codes.WRONG_LEVEL, unit.span, values)
