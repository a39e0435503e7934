"""`ntmrules check`: everything that is wrong with files, folders and ids."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import attrs
import click

from ntmrules import Catalogue, Diagnostic, Severity
from ntmrules.api import check
from ntmrules.checker import lint as lint_files
from ntmrules.cli._diagnostics import as_json, rendered
from ntmrules.cli._layout import Part, Style, line, painted
from ntmrules.cli._options import (
    format_option,
    language_option,
    ruleset_source,
    rulesets_option,
    search_option,
)
from ntmrules.cli._sarif import as_sarif
from ntmrules.cli._terminal import write
from ntmrules.diagnostics import Sink, codes, render_plain
from ntmrules.entries import file_entry, folder_entries
from ntmrules.shelf import shelf_of
from ntmrules.syntax import nodes, parse, read_source
from ntmrules.text import Fill, Language, Text


_ONE_AND_MANY = {
    Severity.ERROR: (Text("{n} error", "{n} lỗi"), Text("{n} errors", "{n} lỗi")),
    Severity.WARNING: (
        Text("{n} warning", "{n} cảnh báo"),
        Text("{n} warnings", "{n} cảnh báo"),
    ),
    Severity.INFO: (Text("{n} note", "{n} lưu ý"), Text("{n} notes", "{n} lưu ý")),
}
_FILE = (Text("{n} file", "{n} tệp"), Text("{n} files", "{n} tệp"))
_IN = Text("{problems} in {files}", "{problems} trong {files}")
_NOWHERE = Text("{problems}", "{problems}")
_NO_PROBLEMS = Text("no problems", "không có vấn đề nào")


@attrs.frozen
class _Found:
    """What is wrong with all the arguments, and how many files that are."""

    diagnostics: tuple[Diagnostic, ...]
    files: frozenset[str]

    @property
    def failed(self) -> bool:
        return any(d.severity is Severity.ERROR for d in self.diagnostics)


@click.command("check")
@click.argument("sources", metavar="FILE|FOLDER|ID...", nargs=-1, required=True)
@click.option(
    "--lint",
    is_flag=True,
    help="Tell as well of figures without a clause; of folders, of facts nobody uses.",
)
@format_option("text", "plain", "json", "sarif")
@language_option()
@rulesets_option()
@click.option(
    "--strict",
    is_flag=True,
    help="Refuse a ruleset that tightens another one where that cannot be decided.",
)
@search_option()
def command(
    *,
    sources: tuple[str, ...],
    form: str,
    language: Language,
    catalogue: Catalogue | None,
    strict: bool,
    lint: bool,
    search_ms: int,
) -> int:
    """
    Tell everything that is wrong with rulesets and vocabularies.

    Each may be an .ntm file, a folder of them, or the id of a ruleset.  The status is
    1 when there is an error; warnings alone leave it at 0.
    """
    found = _check_all(sources, search_ms, catalogue)
    if lint:
        found = _with_lints(found, whole=any(Path(text).is_dir() for text in sources))
    if strict:
        found = attrs.evolve(found, diagnostics=_as_errors(found.diagnostics))
    match form:
        case "json":
            listed = [as_json(diagnostic) for diagnostic in found.diagnostics]
            write(json.dumps(listed, ensure_ascii=False, indent=2))
        case "sarif":
            document = as_sarif(found.diagnostics, language)
            write(json.dumps(document, ensure_ascii=False, indent=2))
        case "plain":
            for diagnostic in found.diagnostics:
                write(render_plain(diagnostic, language))
        case _:
            for diagnostic in found.diagnostics:
                write(rendered(diagnostic, language) + "\n")
            write(_summary(found, language))
    return 1 if found.failed else 0


def _check_all(
    sources: Iterable[str], search_ms: int, catalogue: Catalogue | None
) -> _Found:
    """Check each argument; what two of them have in common is told once."""
    kept: dict[tuple[object, ...], Diagnostic] = {}
    files: set[str] = set()
    for text in sources:
        path = Path(text)
        source = path if path.is_dir() else ruleset_source(text)
        found = check(source, search_ms=search_ms, catalogue=catalogue)
        for diagnostic in found:
            kept.setdefault(_identity(diagnostic), diagnostic)
        files |= _files(source, found, catalogue)
    return _Found(tuple(kept.values()), frozenset(files))


def _with_lints(found: _Found, *, whole: bool) -> _Found:
    """Add what is worth a look, of the files that can be read without errors."""
    trees: list[nodes.File] = []
    for name in sorted(found.files):
        sink = Sink()
        try:
            source = read_source(_shown(name), file_entry(Path(name)).read(), sink)
        except OSError:
            continue  # it was told
        tree = None if source is None else parse(source, sink)
        if tree is not None and not sink.failed:
            trees.append(tree)
    more = lint_files(trees, whole=whole)
    return attrs.evolve(found, diagnostics=(*found.diagnostics, *more))


def _shown(name: str) -> str:
    """Name a file from where we are, if it lies below."""
    path, here = Path(name), Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else name


def _as_errors(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Make errors of what could not be decided."""
    error = attrs.evolve(codes.UNDECIDED, severity=Severity.ERROR)
    return tuple(
        attrs.evolve(d, code=error) if d.code is codes.UNDECIDED else d for d in found
    )


def _identity(diagnostic: Diagnostic) -> tuple[object, ...]:
    span = diagnostic.span
    where = ("",) if span is None else (_real(span.file.name), span.start, span.end)
    return (diagnostic.code.id, diagnostic.place, diagnostic.message, *where)


def _files(
    source: Path | str, found: Iterable[Diagnostic], catalogue: Catalogue | None
) -> set[str]:
    """Name the files that were checked: those of a folder, the versions of an id."""
    if isinstance(source, Path):
        if not source.is_dir():
            return {_real(str(source))} if source.exists() else set()
        return {_real(entry.name) for entry in folder_entries(source)}
    versions = shelf_of(catalogue or Catalogue()).versions(source).rulesets
    guilty = {_real(d.span.file.name) for d in found if d.span is not None}
    return guilty | {_real(version.path) for version in versions}


def _real(name: str) -> str:
    return str(Path(name).absolute())


def _summary(found: _Found, language: Language) -> str:
    counted = Counter(d.severity for d in found.diagnostics)
    told = [
        _counted(words, counted[severity], language)
        for severity, words in _ONE_AND_MANY.items()
        if counted[severity]
    ]
    said: str | Text = ", ".join(told) or _NO_PROBLEMS
    files = _counted(_FILE, len(found.files), language)
    values: dict[str, Fill] = {"problems": said, "files": files}
    style = Style.BAD if found.failed else Style.DOUBT if told else Style.GOOD
    template = _IN if found.files else _NOWHERE
    return painted(line(Part(template.fill(language, values), style)))


def _counted(words: tuple[Text, Text], number: int, language: Language) -> str:
    return words[number != 1].fill(language, {"n": number})
