"""What a receipt file holds: the receipt, where its parts lay, and the verdicts."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs
import click

from ntmrules import Assessment, FactError
from ntmrules.assessment import Receipt
from ntmrules.diagnostics import Diagnostic, codes
from ntmrules.diagnostics.words import reason
from ntmrules.text import Fill, Text
from ntmrules.units import facts_hash


SCHEMA = "ntmrules/replay/1"
WHOLE = ""
"""The label under which the verdict of the whole is kept."""

_WANTED = Text(
    "a file that `ntmrules evaluate --receipt` wrote",
    "tệp do `ntmrules evaluate --receipt` ghi",
)
_OWNER = Text("a receipt", "biên nhận")
_OTHER = Text("something else", "thứ khác")


@attrs.frozen
class Record:
    """
    An assessment, written down so that it can be repeated.

    Attributes:
        receipt: What it rested on.
        ruleset: The file of the ruleset, or `None` when its id was given.
        status: What status the catalogue was asked for.
        unit: The file of the unit.
        folders: What ``--rulesets`` named.
        verdicts: By label; that of the whole under `WHOLE`.
    """

    receipt: Receipt
    ruleset: Path | None
    status: str
    unit: Path
    folders: tuple[Path, ...]
    verdicts: Mapping[str, str]

    @staticmethod
    def of(
        assessment: Assessment,
        ruleset: Path | str,
        unit: Path,
        folders: Iterable[Path],
    ) -> Record:
        """Write down an assessment, and where its parts were found."""
        return Record(
            receipt_of(assessment),
            ruleset if isinstance(ruleset, Path) else None,
            assessment.ruleset.status,
            unit,
            tuple(folders),
            verdicts_of(assessment),
        )

    def write(self, path: Path) -> None:
        """Write it to a file, other files by their way from there."""
        form = {
            "schema": SCHEMA,
            "receipt": self.receipt.to_dict(),
            "ruleset_file": None if self.ruleset is None else _from(path, self.ruleset),
            "status": self.status,
            "unit_file": _from(path, self.unit),
            "rulesets_folders": [_from(path, folder) for folder in self.folders],
            "verdicts": dict(self.verdicts),
        }
        text = json.dumps(form, ensure_ascii=False, indent=2)
        try:
            path.write_text(f"{text}\n", encoding="utf-8")
        except OSError as error:
            raise click.FileError(str(path), hint=error.strerror or "") from error


def read_record(path: Path) -> Record:
    """
    Read what `Record.write` wrote.

    Raises:
        FactError: It cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        values: dict[str, Fill] = {"path": str(path), "reason": reason(error)}
        raise FactError([Diagnostic(codes.UNREADABLE_FILE, None, values)]) from error
    except UnicodeDecodeError as error:
        raise _not_a_record(path) from error
    try:
        form = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _not_a_record(path) from error
    match form:
        case {
            "schema": str(schema),
            "receipt": receipt,
            "ruleset_file": None | str() as ruleset,
            "status": str(status),
            "unit_file": str(unit),
            "rulesets_folders": list(folders),
            "verdicts": dict(verdicts),
        } if schema == SCHEMA:
            return Record(
                Receipt.from_dict(receipt),
                None if ruleset is None else path.parent / ruleset,
                status,
                path.parent / unit,
                tuple(path.parent / str(folder) for folder in folders),
                {label: str(verdict) for label, verdict in verdicts.items()},
            )
    raise _not_a_record(path)


def receipt_of(assessment: Assessment) -> Receipt:
    """Give the receipt of an assessment, with the fingerprint of its facts."""
    receipt = assessment.receipt
    if receipt.facts_hash is not None:
        return receipt
    return attrs.evolve(receipt, facts_hash=facts_hash(assessment.unit))


def verdicts_of(assessment: Assessment) -> dict[str, str]:
    """Give the verdicts by label, that of the whole first."""
    found = {WHOLE: assessment.verdict.value}
    for group in (assessment.preconditions, assessment.criteria):
        for criterion in group.values():
            found[criterion.label] = criterion.verdict.value
            for label, indicator in criterion.indicators.items():
                found.setdefault(label, indicator.verdict.value)
    return found


def _from(file: Path, other: Path) -> str:
    """Say how to come from the folder of *file* to another file."""
    try:
        return Path(os.path.relpath(other, file.parent)).as_posix()
    except ValueError:  # on another drive
        return str(other.absolute())


def _not_a_record(path: Path) -> FactError:
    values: dict[str, Fill] = {"owner": _OWNER, "wanted": _WANTED, "found": _OTHER}
    return FactError([Diagnostic(codes.BAD_SHAPE, None, values, place=str(path))])
