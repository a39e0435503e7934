"""The demonstration: the main job on real units."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.unit.cli.command import ROOT


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Run it as `make demo` does, from elsewhere, without a terminal."""
    done = subprocess.run(
        [sys.executable, ROOT / "examples" / "demo.py"],
        cwd=tmp_path_factory.mktemp("elsewhere"),
        capture_output=True,
        check=True,
    )
    assert b"" == done.stderr
    return done.stdout.decode()


@pytest.mark.parametrize(
    "fact",
    [
        "3/13 xã",
        "cần thêm hơn 24,29",
        "190.113/204.379",
        "4.048 người",
        "9/19 tiêu chí đạt",
        "16/19 tiêu chí đạt",
        "19/19 tiêu chí đạt",
        "lỗi[NTM201]",
    ],
)
def test_the_demonstration_shows(shown: str, fact: str) -> None:
    """What the documents say of the units, and what follows."""
    assert fact in shown


def test_the_demonstration_is_short_and_plain() -> None:
    """So that it is read."""
    code = (ROOT / "examples" / "demo.py").read_text(encoding="utf-8").splitlines()

    assert 80 >= len([line for line in code if line.strip()])
