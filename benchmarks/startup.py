"""
What a first answer costs: importing, loading a ruleset, evaluating a unit.

Run it with `make bench`, or `python -m benchmarks.startup --runs 30`.  Each figure is
a median over fresh processes; figures vary between machines, ratios less so.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable


MS = 1_000

IMPORTS = {
    "bare Python": "pass",
    "import attrs": "import attrs",
    "import ntmrules": "import ntmrules",
}

FIRST_USE = """
import time
import ntmrules
from datetime import date
from benchmarks import work

text, files, unit = work.ruleset(), {"vocabulary.ntm": work.vocabulary()}, work.unit()

def lap(job):
    start = time.perf_counter()
    result = job()
    print(time.perf_counter() - start)
    return result

day = date(2024, 12, 31)
ruleset = lap(lambda: ntmrules.loads(text, files=files))
lap(lambda: ntmrules.loads(text, files=files))
lap(lambda: ntmrules.evaluate(ruleset, unit, as_of=day))
several = [lap(lambda: ntmrules.evaluate(ruleset, unit, as_of=day)) for _ in range(50)]
assert several[-1].verdict is not None
"""


def wall(program: str) -> float:
    """Time a fresh process from outside, in seconds."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)
    return time.perf_counter() - start


def laps(program: str) -> list[float]:
    """Read the times that a fresh process takes of itself, in seconds."""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return [float(line) for line in done.stdout.split()]


def medians(runs: int, measure: Callable[[], list[float]]) -> list[float]:
    """Measure so many times, and take the median of each column."""
    rows = [measure() for _ in range(runs)]
    return [statistics.median(column) for column in zip(*rows, strict=True)]


def table(runs: int) -> list[tuple[str, float, str]]:
    """Measure everything: what, how many ms, and a remark."""
    # In turn, not one after the other: a busy moment then strikes them all.
    imports = medians(runs, lambda: [wall(program) for program in IMPORTS.values()])
    first, again, evaluate_first, *evaluates = medians(runs, lambda: laps(FIRST_USE))
    bare = imports[0]
    rows = [
        (name, seconds * MS, f"{(seconds - bare) * MS:+.1f} beside bare Python")
        for name, seconds in zip(IMPORTS, imports, strict=True)
    ]
    return [
        *rows,
        ("loads, 60 indicators, the first time", first * MS, "grammar included"),
        ("loads, 60 indicators, again", again * MS, "same process"),
        ("evaluate, the first time", evaluate_first * MS, "full trace"),
        ("evaluate, median of 50", statistics.median(evaluates) * MS, "full trace"),
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="fresh processes each")
    runs = parser.parse_args().runs
    print(f"Python {sys.version.split()[0]}, median of {runs} processes\n")
    for name, milliseconds, remark in table(runs):
        print(f"{name:<38}{milliseconds:>9.2f} ms   {remark}")


if __name__ == "__main__":
    main()
