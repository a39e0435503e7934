"""The wheel does the main job where no checkout is in sight."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator, Sequence
from importlib.metadata import requires
from pathlib import Path

import attrs
import pytest
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name


pytestmark = pytest.mark.acceptance

ROOT = Path(__file__).parents[2]

# Where a folder of the checkout lies in the wheel.
FOLDERS = {
    "src/ntmrules": "ntmrules",
    "grammars": "ntmrules/_data/grammars",
    "rulesets": "ntmrules/_data/rulesets",
    "docs/diagnostics": "ntmrules/_data/diagnostics",
}
SUFFIXES = {".json", ".lark", ".md", ".ntm", ".py", ".typed", ".yaml"}


@attrs.frozen
class Installation:
    """
    The wheel in an environment of its own.

    Attributes:
        wheel: The file that was installed.
        binaries: The folder of ``python`` and ``ntmrules``.
        folder: A working folder outside the checkout.
    """

    wheel: Path
    binaries: Path
    folder: Path

    def run(self, command: str, *arguments: str) -> str:
        """Run an installed command, and give what it prints."""
        return _run([self.binaries / command, *arguments], self.folder)


def _run(command: Sequence[str | Path], folder: Path) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )

    assert 0 == done.returncode, done.stdout
    return done.stdout


def _needed(root: str) -> frozenset[NormalizedName]:
    """Collect the distributions that *root* needs here, itself left out."""
    left = [Requirement(root)]
    names: set[NormalizedName] = set()
    while left:
        wanted = left.pop()
        for line in requires(wanted.name) or ():
            inner = Requirement(line)
            extras = wanted.extras or {""}
            if inner.marker and not any(
                inner.marker.evaluate({"extra": extra}) for extra in extras
            ):
                continue
            if (name := canonicalize_name(inner.name)) not in names:
                names.add(name)
                left.append(inner)
    return frozenset(names)


def _pinned(names: frozenset[NormalizedName]) -> str:
    """Cut the lines of *names*, hashes and all, out of the pinned environment."""
    text = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
    blocks = re.findall(r"^\S.*(?:\n[ \t].*)*", text, re.MULTILINE)
    kept = {canonicalize_name(b.split("==")[0]): b for b in blocks if "==" in b}
    return "".join(f"{kept[name]}\n" for name in sorted(names))


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Build the wheel, and install it with what the command needs."""
    folder = tmp_path_factory.mktemp("elsewhere")
    builder = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
    _run([*builder, "-d", str(folder)], ROOT)
    (wheel,) = folder.glob("*.whl")
    pinned = folder / "pinned.txt"
    pinned.write_text(_pinned(_needed("ntmrules[cli]")), encoding="utf-8")
    venv.create(folder / "venv", with_pip=True)
    here = Installation(wheel, folder / "venv" / "bin", folder)
    here.run("python", "-m", "pip", "install", "--require-hashes", "-r", "pinned.txt")
    here.run("python", "-m", "pip", "install", "--no-deps", str(wheel))
    here.run("python", "-m", "pip", "check")
    return here


def _shipped() -> Iterator[str]:
    """Name the files of the checkout that belong in the wheel, as they lie there."""
    for folder, target in FOLDERS.items():
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield f"{target}/{path.relative_to(ROOT / folder).as_posix()}"


def test_the_wheel_holds_code_and_data_and_nothing_else(
    installed: Installation,
) -> None:
    """Every file of the four folders is in it, and no other."""
    with zipfile.ZipFile(installed.wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}

    assert set(_shipped()) == names
    assert SUFFIXES >= {Path(name).suffix for name in names}


@pytest.mark.parametrize("kind", ["grammars", "rulesets", "diagnostics"])
def test_the_data_are_found_in_the_installation(
    installed: Installation, kind: str
) -> None:
    """`_resources` finds the packaged folder, not the checkout."""
    program = f"from ntmrules._resources import resource; print(resource({kind!r}))"

    found = Path(installed.run("python", "-c", program).strip())

    assert found.is_relative_to(installed.folder / "venv")
    assert list(found.iterdir())


def test_the_program_of_the_readme_runs(installed: Installation) -> None:
    """Import it and evaluate a unit."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    parts = re.findall(r"^```python\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)

    assert "4,048" in installed.run("python", "-c", "\n".join(parts))


def test_the_shipped_rulesets_are_listed(installed: Installation) -> None:
    """`ntmrules rulesets` knows every ruleset that the wheel carries."""
    listed = installed.run("ntmrules", "rulesets")

    assert "vn." in listed


def test_a_unit_file_is_evaluated(installed: Installation) -> None:
    """The main job, with nothing of the checkout but the unit file."""
    shutil.copy(ROOT / "examples" / "trieu-long-2020.yaml", installed.folder)

    shown = installed.run(
        "ntmrules", "evaluate", "vn.commune.standard", "trieu-long-2020.yaml"
    )

    assert "16/19" in shown


def test_a_page_is_explained(installed: Installation) -> None:
    """`ntmrules explain` finds its pages in the wheel."""
    assert "NTM201" in installed.run("ntmrules", "explain", "NTM201")
