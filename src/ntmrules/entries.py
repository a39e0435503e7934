"""Files that may hold rulesets: one, those of a folder tree, those of a package."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from importlib.resources.abc import Traversable
from pathlib import Path

import attrs

from ntmrules.diagnostics import Diagnostic, codes
from ntmrules.diagnostics.words import reason
from ntmrules.errors import RulesetError
from ntmrules.syntax import MAX_FILE_BYTES
from ntmrules.text import Fill


MAX_FOLDER_FILES = 20_000
"""The most files a folder may hold that is searched for rulesets."""


@attrs.frozen
class Entry:
    """A file that may hold a ruleset: what to call it, and how to read it."""

    name: str
    read: Callable[[], bytes]
    package: str = ""


def file_entry(path: Path) -> Entry:
    """Give the entry of a file on disk."""
    return Entry(str(path), functools.partial(_read, path))


def _read(path: Path) -> bytes:
    # What goes far beyond the limit, perhaps without end, is not read to the end.
    with path.open("rb") as file:
        return file.read(16 * MAX_FILE_BYTES)


def folder_entries(folder: Path) -> list[Entry]:
    """
    Find the ``.ntm`` files of a folder tree, by name.

    Raises:
        RulesetError: The tree holds more than `MAX_FOLDER_FILES` files.
    """
    found: list[Path] = []
    seen = 0
    for base, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        seen += len(files)
        if seen > MAX_FOLDER_FILES:
            values: dict[str, Fill] = {"path": str(folder), "limit": MAX_FOLDER_FILES}
            raise RulesetError([Diagnostic(codes.FOLDER_TOO_LARGE, None, values)])
        inside = (Path(base, name) for name in files if name.endswith(".ntm"))
        # Reading a pipe would wait for a writer.
        found += [path for path in inside if path.is_file()]
    return [file_entry(path) for path in sorted(found)]


def resource_entries(folder: Traversable, name: str, package: str) -> Iterator[Entry]:
    """Find those of an installed package, by name."""
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        path = f"{name}/{item.name}"
        if item.is_dir():
            yield from resource_entries(item, path, package)
        elif item.name.endswith(".ntm"):
            yield Entry(path, item.read_bytes, package)


def unreadable(name: str, error: OSError | ValueError) -> Diagnostic:
    """Build the diagnostic of a file that cannot be read."""
    return Diagnostic(
        codes.UNREADABLE_FILE, None, {"path": name, "reason": reason(error)}
    )
