"""The entry point: exit statuses, letters, colours, and failures."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import click
import pytest

from ntmrules import cli
from ntmrules.cli import _check, _commands
from tests.unit.cli.command import FILES, ROOT, WRONG, run


def start(*arguments: str | Path, **environment: str) -> subprocess.Popen[bytes]:
    """Start the command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "ntmrules", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def fail(error: BaseException) -> object:
    """Give a stand-in for a function that meets a bug."""

    def failing(*_: object, **__: object) -> None:
        raise error

    return failing


# ── statuses ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["check", "vn.commune.standard"], 0),
        (["check", str(WRONG)], 1),
        (["chek"], 2),
        (["--version"], 0),
        (["--help"], 0),
        ([], 2),
    ],
)
def test_main_returns_the_status(
    arguments: list[str], status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a number, for the caller to exit with."""
    assert status == cli.main(arguments)


def test_a_bug_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    """With its traceback, the code NTM901, and the status 3."""
    monkeypatch.setattr(_check, "check", fail(ZeroDivisionError("0 of 0")))

    outcome = run("check", FILES, "--lang", "en")

    assert (3, "") == (outcome.status, outcome.output)
    assert "Traceback" in outcome.errors
    assert "error[NTM901]: ntmrules failed: ZeroDivisionError: 0 of 0" in outcome.errors


def test_a_bug_before_any_command_is_told_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Such as one in the help."""
    monkeypatch.setattr(_commands.ntmrules, "get_help", fail(KeyError("help")))

    assert 3 == cli.main(["--help"])
    assert "NTM901" in capsys.readouterr().err


def test_an_interruption_is_no_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends in the status that shells expect, without a word."""
    monkeypatch.setattr(_check, "check", fail(KeyboardInterrupt()))

    outcome = run("check", FILES)

    assert (130, "") == (outcome.status, outcome.screen)


def test_without_click_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The library works without it."""
    monkeypatch.delitem(sys.modules, "ntmrules.cli._commands")
    monkeypatch.setitem(sys.modules, "click", None)

    assert 2 == cli.main([])
    assert "pip install 'ntmrules[cli]'" in capsys.readouterr().err


def test_an_option_that_names_the_language_last_still_counts() -> None:
    """For what goes wrong with the arguments before it."""
    outcome = run("rulesets", "show", "trial.nothing", "--lang", "en")

    assert (1, "error[NTM207]") == (outcome.status, outcome.errors[:13])


def test_the_language_of_the_environment_counts() -> None:
    """Where the option is not given."""
    outcome = run("check", FILES, NTMRULES_LANG="en")

    assert "no problems in 3 files\n" == outcome.output


# ── letters and colours ─────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "surroundings",
    [
        {"LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
    ids=["C", "ascii", "latin-1"],
)
def test_vietnamese_is_written_in_any_locale(surroundings: dict[str, str]) -> None:
    """In UTF-8, on both streams."""
    output, _ = start("check", FILES, **surroundings).communicate()
    _, errors = start("rulesets", "show", "nothing", **surroundings).communicate()

    assert "không có vấn đề" in output.decode()
    assert "không có bộ tiêu chí" in errors.decode()


def test_a_path_that_is_no_text_is_told() -> None:
    """By its bytes, for no letter may stop the command."""
    path = os.fsdecode(b"nowhere-\xff.ntm")

    output, errors = start("check", path).communicate()

    assert ("\\udcff" in output.decode(), b"") == (True, errors)


def test_no_terminal_no_colours() -> None:
    """The text is all there is."""
    assert "\x1b" not in run("check", WRONG, "--rulesets", FILES).screen


@pytest.mark.parametrize(
    ("settings", "coloured"),
    [
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, False),
        ({"FORCE_COLOR": ""}, False),
    ],
)
def test_the_environment_decides_on_colours(
    settings: dict[str, str], coloured: bool
) -> None:
    """NO_COLOR is the strongest."""
    outcome = run("check", WRONG, "--rulesets", FILES, **settings)

    assert coloured is ("\x1b[" in outcome.output)


def test_colours_change_no_letter() -> None:
    """What is read is the same with them and without."""
    plain = run("check", WRONG, "--rulesets", FILES)
    coloured = run("check", WRONG, "--rulesets", FILES, FORCE_COLOR="1")

    assert plain.output == click.unstyle(coloured.output)


@pytest.mark.parametrize(
    ("settings", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)]
)
def test_a_terminal_gets_colours(settings: dict[str, str], coloured: bool) -> None:
    """Unless it does not want them."""
    controller, terminal = pty.openpty()
    surroundings = {"TERM": "xterm", "NO_COLOR": "", "FORCE_COLOR": "", **settings}

    with subprocess.Popen(
        [sys.executable, "-m", "ntmrules", "check", FILES],
        cwd=ROOT,
        env={**os.environ, **surroundings},
        stdout=terminal,
    ) as process:
        os.close(terminal)
        shown = os.read(controller, 10_000)
        os.close(controller)

    assert 0 == process.returncode
    assert coloured is (b"\x1b[" in shown)


def test_a_reader_may_go_away() -> None:
    """As `head` does: no traceback, no complaint."""
    process = start("rulesets", "show", "vn.commune.standard", PYTHONUNBUFFERED="1")
    assert process.stdout is not None
    assert process.stderr is not None

    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()

    assert (b"", 1) == (errors, process.wait())


# ── what is imported ────────────────────────────────────────────────────────


def test_rich_and_click_wait_until_they_are_needed() -> None:
    """Importing the command loads neither; running it does not load rich."""
    program = (
        "import sys, ntmrules.cli; before = set(sys.modules);"
        "ntmrules.cli.main(['rulesets']);"
        "print({'click', 'rich'} & before, {'click', 'rich'} & set(sys.modules))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert "set() {'click'}" == done.stdout.splitlines()[-1]
