"""Runs the blocks of the docs (docs/contributing.md, "Examples in the docs")."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from unittest import mock

import attrs
from sybil import Document, Example, Region
from sybil.evaluators.python import PythonEvaluator

import ntmrules
from ntmrules.cli import main
from ntmrules.diagnostics import Diagnostic, Severity
from ntmrules.shelf import shelf_of


ROOT = Path(__file__).parents[2]

_PLAIN_TERMINAL = {"COLUMNS": "100", "NO_COLOR": "1", "NTMRULES_LANG": "vi"}
_HEADER = re.compile(
    r"^(?:ruleset|vocabulary|bộ tiêu chí|từ vựng) +(\S+)", re.MULTILINE
)
_GUILTY = re.compile(r"#!\s*(NTM\d{3}(?:\s+NTM\d{3})*)")
_ITEM = re.compile(
    r"(?:\s|#.*\n)*(precondition|criterion|indicator|define|expect|unit|level|title"
    r"|enum|ordered|fact)\b(?:\s+(\w+))?"
)
_USES = re.compile(r"\A(?:.*\n)*use .*\n")
_DIRECTIVE = re.compile(r"^<!-- (file: (?P<name>\S+)|frame) -->$", re.MULTILINE)
_NEXT_BLOCK = re.compile(r"\s*(`{3,})\w+\n(.*?)^\1", re.DOTALL | re.MULTILINE)
_PYTHON = PythonEvaluator(["annotations"])
_PAGE = "_page"


@attrs.define
class Page:
    """What the blocks of a page leave to those below them."""

    folder: str = ""
    printed: str = ""
    ntm: dict[str, str] = attrs.field(factory=dict)
    frame: str = ""
    frame_follows: bool = False


def _page(example: Example) -> Page:
    page = example.namespace.setdefault(_PAGE, Page())
    assert isinstance(page, Page)
    return page


def tidy_up(namespace: dict[str, object]) -> None:
    """Remove the files that a page has written."""
    page = namespace.get(_PAGE)
    if isinstance(page, Page) and page.folder:
        for base, folders, files in os.walk(page.folder, topdown=False):
            for name in files:
                Path(base, name).unlink()
            for name in folders:
                Path(base, name).rmdir()
        Path(page.folder).rmdir()


# ── directives ──────────────────────────────────────────────────────────────


def directives(document: Document) -> Iterator[Region]:
    """Find ``<!-- file: NAME -->`` and ``<!-- frame -->``."""
    for match in _DIRECTIVE.finditer(document.text):
        yield Region(match.start(), match.end(), match["name"], _obey)


def _obey(example: Example) -> str | None:
    page = _page(example)
    if example.parsed is None:
        page.frame_follows = True
        return None
    block = _NEXT_BLOCK.match(example.document.text, example.region.end)
    if block is None:
        return f"no block follows to be written to {example.parsed}"
    page.folder = page.folder or tempfile.mkdtemp()
    path = Path(page.folder, str(example.parsed))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block[2], encoding="utf-8")
    return None


# ── python ──────────────────────────────────────────────────────────────────


def run_python(example: Example) -> None:
    """Run a block, and keep what it prints."""
    __tracebackhide__ = True
    page = _page(example)
    printed = io.StringIO()
    with (
        contextlib.chdir(page.folder or ROOT),
        contextlib.redirect_stdout(printed),
    ):
        _PYTHON(example)
    page.printed = printed.getvalue()


def compare_output(example: Example) -> str | None:
    """Compare what the python block above has printed."""
    shown = _lines(_page(example).printed)
    return None if agrees(_lines(str(example.parsed)), shown) else "\n".join(shown)


# ── console ─────────────────────────────────────────────────────────────────


@attrs.frozen
class Command:
    """
    One line that is typed, and what then appears.

    Attributes:
        words: The command, without ``$``.
        output: The lines below it.
    """

    words: tuple[str, ...]
    output: tuple[str, ...]


def commands(block: str) -> list[Command]:
    """Split a console block at its ``$`` lines."""
    found = []
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        typed, _, output = part.replace("\\\n", " ").partition("\n")
        words = tuple(shlex.split(typed, comments=True))
        found.append(Command(words, tuple(_lines(output))))
    return found


def run_console(example: Example) -> str | None:
    """Run a block, and say what differs."""
    status = 0
    folder = Path(_page(example).folder or ROOT)
    for command in commands(str(example.parsed)):
        match command.words:
            case ["ntmrules", *arguments]:
                status, shown = _ntmrules(arguments, folder)
            case ["echo", "$?"]:
                shown = [str(status)]
            case _:
                continue
        if not agrees(command.output, shown):
            return "\n".join(
                [f"$ {shlex.join(command.words)}", *shown, f"(exit status {status})"]
            )
    return None


def _ntmrules(arguments: list[str], folder: Path) -> tuple[int, list[str]]:
    shown = io.StringIO()
    # A catalogue reads a file once, and a page may have written another version.
    shelf_of.cache_clear()
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(shown),
        contextlib.redirect_stderr(shown),
        mock.patch.dict(os.environ, _PLAIN_TERMINAL),
    ):
        status = main(arguments)
    return status, _lines(shown.getvalue())


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]


def agrees(pattern: Iterable[str], lines: Iterable[str]) -> bool:
    """Compare line by line; a line ``...`` stands for any lines, or none."""
    escaped = (
        r"(?:.*\n)*?" if line.strip() == "..." else re.escape(line) + r"\n"
        for line in pattern
    )
    return bool(re.fullmatch("".join(escaped), "".join(f"{line}\n" for line in lines)))


# ── ntm ─────────────────────────────────────────────────────────────────────


def check_ntm(example: Example) -> str | None:
    """Check a whole file with those above it on the page, or a part in its frame."""
    page = _page(example)
    text = str(example.parsed)
    header = _HEADER.search(text)
    if header is not None:
        name = f"{header[1]}.ntm"
        page.ntm[name] = text
        if page.frame_follows:
            page.frame, page.frame_follows = name, False
        return compare_marks(name, page.ntm)
    whole = framed(page.ntm[page.frame], text) if page.frame else ""
    if not whole:
        return None
    return compare_marks(page.frame, {**page.ntm, page.frame: whole})


def framed(frame: str, part: str) -> str:
    """
    Put a part of a file where it belongs; ``""`` if it is no item of a file.

    Items of a ruleset stand below what the frame uses, in place of its own; indicators
    in a criterion.  Declarations of a vocabulary stand below those of the frame.
    """
    item = _ITEM.match(part)
    if item is None:
        return ""
    uses = _USES.match(frame)
    if frame.lstrip().startswith("vocabulary") or uses is None:
        return frame + part
    if item[1] == "indicator":
        return f'{uses[0]}criterion {item[2]} "…" {{\n{part}\n}}\n'
    return uses[0] + part


def compare_marks(name: str, files: Mapping[str, str]) -> str | None:
    """Check a folder of these files, and say what the marks of *name* do not."""
    wanted = [
        (number, code)
        for number, line in enumerate(files[name].splitlines(), start=1)
        for mark in _GUILTY.findall(line)
        for code in mark.split()
    ]
    found = {
        (diagnostic.span.line, diagnostic.code.id): str(diagnostic)
        for diagnostic in _check(files)
        if diagnostic.span is not None
        and Path(diagnostic.span.file.name).name == name
        and (wanted or diagnostic.severity is Severity.ERROR)
    }
    unexpected = [text for key, text in found.items() if key not in wanted]
    missing = [f"line {n}: no {code}" for n, code in wanted if (n, code) not in found]
    return "\n".join([*unexpected, *missing]) or None


def _check(files: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        return ntmrules.check(Path(folder))
