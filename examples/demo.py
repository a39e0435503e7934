"""The main job on real units: run by `make demo`, from anywhere."""

from __future__ import annotations

import os
import shlex
import tempfile
from pathlib import Path

from ntmrules.cli import main


ROOT = Path(__file__).parents[1]
TARGETS = "rulesets/vn/dong-nai/dinh-quan/district.advanced.ntm"
VIETNAMESE = ("--lang", "vi")
COMMUNES = ("ba-tang", "trieu-long", "trieu-phuoc")

TYPO = """\
ruleset vn.demo
  name  "Một tiêu chí có lỗi gõ"
  for   commune
  basis "1/QĐ-UBND" dated 2021-01-05
  in force from 2021-01-05

use vn.facts

criterion 15 "Y tế": insurd >= 95%
"""


def heading(text: str) -> None:
    """Say what follows."""
    print(f"\n\n# {text}", flush=True)


def run(*arguments: str) -> None:
    """Type a command, and let it answer."""
    print(f"\n$ ntmrules {shlex.join(arguments)}\n", flush=True)
    main(arguments)


def demo() -> None:
    """Assess real units, then let the command find a typing error."""
    os.chdir(ROOT)
    heading("Định Quán at the end of 2020, against its own targets for 2025.")
    print("# (The targets are given as a file, so they apply before their time, as a")
    print("# what-if: nothing is granted.)")
    run("evaluate", TARGETS, "examples/dinh-quan-2020.yaml", *VIETNAMESE)
    heading("Triệu Sơn at the end of 2021: what would it lack for the same targets?")
    run("evaluate", TARGETS, "examples/trieu-son-2021.yaml", *VIETNAMESE)
    heading("Three communes of 2020, judged by people: 9, 16 and 19 criteria of 19.")
    for commune in COMMUNES:
        unit = f"examples/{commune}-2020.yaml"
        run("evaluate", "vn.commune.standard", unit, "--brief", *VIETNAMESE)
    heading("A ruleset with a typing error, `insurd`.")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("demo.ntm").write_text(TYPO, encoding="utf-8")
        print(f"\n$ cat demo.ntm\n\n{TYPO}", end="")
        run("check", "demo.ntm", *VIETNAMESE)
        os.chdir(ROOT)


if __name__ == "__main__":
    demo()
