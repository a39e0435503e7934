"""`ntmrules fmt`: the one way to lay rulesets out."""

from __future__ import annotations

import difflib
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import attrs
import click

from ntmrules.cli._diagnostics import rendered
from ntmrules.cli._layout import Part, Style, line, painted
from ntmrules.cli._options import language_option
from ntmrules.cli._terminal import write
from ntmrules.diagnostics import Diagnostic, Sink
from ntmrules.entries import file_entry, folder_entries, unreadable
from ntmrules.syntax import format_source, read_source
from ntmrules.text import Language, Text


_DONE = (
    Text("{n} file formatted", "đã định dạng {n} tệp"),
    Text("{n} files formatted", "đã định dạng {n} tệp"),
)
_WOULD = (
    Text("{n} file would change", "{n} tệp chưa đúng dạng"),
    Text("{n} files would change", "{n} tệp chưa đúng dạng"),
)
_LEFT = (Text("{n} as it should be", "{n} tệp đã đúng dạng"),) * 2
_FAILED = (
    Text("{n} with errors, left as it is", "{n} tệp có lỗi, để nguyên"),
    Text("{n} with errors, left as they are", "{n} tệp có lỗi, để nguyên"),
)
_DIFF_STYLES = {"+": Style.GOOD, "-": Style.BAD, "@": Style.LINK}


@attrs.frozen
class _File:
    """A file, its text as it was and as it should be, or what is wrong with it."""

    path: Path
    before: str
    after: str | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def changes(self) -> bool:
        return self.after is not None and self.after != self.before


@click.command("fmt")
@click.argument(
    "paths",
    metavar="FILE|FOLDER...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, path_type=Path),
)
@click.option("--check", is_flag=True, help="Write nothing; 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
@click.option(
    "--to",
    type=click.Choice([language.value for language in Language]),
    help="Write the keywords in Vietnamese or in English.",
)
@language_option()
def command(
    paths: tuple[Path, ...],
    *,
    check: bool,
    diff: bool,
    to: str | None,
    language: Language,
) -> int:
    """
    Lay out rulesets and vocabularies in the one form there is.

    Comments stay where they stand, and what a file means does not change.  A file with
    a syntax error is left as it is, and the status is 1.
    """
    keywords = None if to is None else Language(to)
    files = [_read(path, keywords) for path in _paths(paths)]
    for file in files:
        for diagnostic in file.diagnostics:
            write(rendered(diagnostic, language) + "\n", to_errors=True)
        if not file.changes:
            continue
        if diff:
            _show_difference(file)
        elif check:
            write(str(file.path))
        else:
            _replace(file)
    write(_summary(files, language, written=not (check or diff)), to_errors=diff)
    broken = any(file.after is None for file in files)
    return 1 if broken or (check and any(file.changes for file in files)) else 0


def _paths(paths: Iterable[Path]) -> list[Path]:
    """Name each file once: what is given, and the files of folders."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = (
            [Path(e.name) for e in folder_entries(path)] if path.is_dir() else [path]
        )
        found.update(dict.fromkeys(inside))
    return list(found)


def _read(path: Path, to: Language | None) -> _File:
    sink = Sink()
    try:
        data = file_entry(path).read()
    except (OSError, ValueError) as error:
        sink.add(unreadable(str(path), error))
        return _File(path, "", None, sink.sorted())
    source = read_source(str(path), data, sink)
    after = None if source is None else format_source(source, sink, to)
    before = data.decode("utf-8", "replace")
    return _File(path, before, after, sink.sorted() if after is None else ())


def _show_difference(file: _File) -> None:
    assert file.after is not None, "it changes"
    name = str(file.path)
    for text in difflib.unified_diff(
        file.before.splitlines(), file.after.splitlines(), name, name, lineterm=""
    ):
        style = _DIFF_STYLES.get(text[:1])
        write(painted(line(Part(text, style))) if style else text)


def _replace(file: _File) -> None:
    """Put the new text in the place of the old at once, never half of it."""
    assert file.after is not None, "it changes"
    path = file.path.resolve()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(file.after)
        shutil.copymode(path, name)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _summary(files: Iterable[_File], language: Language, *, written: bool) -> str:
    files = list(files)
    changed = sum(file.changes for file in files)
    broken = sum(file.after is None for file in files)
    counted = (
        (changed, _DONE if written else _WOULD, Style.GOOD if written else Style.DOUBT),
        (len(files) - changed - broken, _LEFT, Style.QUIET),
        (broken, _FAILED, Style.BAD),
    )
    parts: list[Part | str] = []
    for number, words, style in counted:
        if number:
            text = words[number != 1].fill(language, {"n": number})
            parts += [", "] if parts else []
            parts.append(Part(text, style))
    return painted(line(*parts))
