"""Runs the `console` and `ntm` blocks of the docs (docs/contributing.md)."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import attrs
from sybil import Example

import ntmrules
from ntmrules.diagnostics import Severity


ROOT = Path(__file__).parents[2]

_PLAIN_TERMINAL = {"COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "1"}
_HEADER = re.compile(
    r"^(?:ruleset|vocabulary|bộ tiêu chí|từ vựng) +(\S+)", re.MULTILINE
)
_GUILTY = re.compile(r"#!\s*(NTM\d{3}(?:\s+NTM\d{3})*)")


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
    for command in commands(str(example.parsed)):
        match command.words:
            case ["ntmrules", *arguments]:
                status, shown = _ntmrules(arguments)
            case ["echo", "$?"]:
                shown = [str(status)]
            case _:
                continue
        if not agrees(command.output, shown):
            return "\n".join(
                [f"$ {shlex.join(command.words)}", *shown, f"(exit status {status})"]
            )
    return None


def _ntmrules(arguments: list[str]) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, "-m", "ntmrules", *arguments],
        cwd=ROOT,
        env={**os.environ, **_PLAIN_TERMINAL},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, _lines(done.stdout)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]


def agrees(pattern: tuple[str, ...], lines: list[str]) -> bool:
    """Compare line by line; a line ``...`` stands for any lines, or none."""
    escaped = (
        r"(?:.*\n)*?" if line.strip() == "..." else re.escape(line) + r"\n"
        for line in pattern
    )
    return bool(re.fullmatch("".join(escaped), "".join(f"{line}\n" for line in lines)))


# ── ntm ─────────────────────────────────────────────────────────────────────


def check_ntm(example: Example) -> str | None:
    """Check a whole file, together with those above it on the page."""
    text = str(example.parsed)
    header = _HEADER.search(text)
    if header is None:
        return None
    name = f"{header[1]}.ntm"
    files: dict[str, str] = example.namespace.setdefault("ntm_files", {})
    files[name] = text
    return compare_marks(name, files)


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


def _check(files: Mapping[str, str]) -> tuple[ntmrules.Diagnostic, ...]:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        return tuple(ntmrules.check(Path(folder)))
