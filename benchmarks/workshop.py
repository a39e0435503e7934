"""
What the tools for authors cost: comparing, formatting, testing, asking z3.

Run it with `python -m benchmarks.workshop`.  Each part runs in a fresh process, so that
it pays for its own imports; `import ntmrules` alone is told beside it.  The bounds
are those that the tools are to keep, on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys

import attrs


MS = 1_000

BARE = "import time; print(time.process_time())"
IMPORT = "import time, ntmrules; print(time.process_time())"
COMPARE = """
import time
import ntmrules
from benchmarks import workshop
old, new = workshop.pair()
start = time.process_time()
same = ntmrules.compare(old, old, search_ms=0)
print(time.process_time() - start)
start = time.process_time()
changed = ntmrules.compare(old, new, search_ms=0)
print(time.process_time() - start)
assert same.tightens and not changed.tightens
"""
ASK = """
import time
import ntmrules
from benchmarks import workshop
old, new = workshop.growth()
start = time.process_time()
open_ = ntmrules.compare(old, new, search_ms=0)
print(time.process_time() - start)
start = time.process_time()
asked = ntmrules.compare(old, new)
print(time.process_time() - start)
print(asked.searched.milliseconds / 1000)
assert open_.tightens is None and asked.tightens is False
"""
FORMAT = """
import time
from pathlib import Path
start = time.process_time()
from ntmrules.diagnostics import Sink
from ntmrules.syntax import format_source, read_source
for path in sorted(Path("rulesets").rglob("*.ntm")):
    sink = Sink()
    source = read_source(str(path), path.read_bytes(), sink)
    assert format_source(source, sink) == source.text, path
print(time.process_time() - start)
"""
MUTATE = """
import time
from pathlib import Path
start = time.process_time()
from ntmrules.testing import find_cases, mutate
suite = find_cases(Path("rulesets"))
outcomes = list(suite.run())
print(time.process_time() - start)
found = mutate(suite.rulesets, outcomes)
print(time.process_time() - start)
assert all(outcome.passed for outcome in outcomes)
print(found.tried, len(found.survivors))
"""


def pair() -> tuple[object, object]:
    """Give the work W, and a copy in which every figure differs."""
    from benchmarks import common_work

    import ntmrules

    old = common_work.work()
    changed = [
        attrs.evolve(
            one,
            least=one.least + sign,
            by_region={region: n + sign for region, n in one.by_region.items()},
        )
        for one, sign in zip(old.requirements, [1, -1, 1] * 19, strict=True)
    ]
    new = common_work.Work(tuple(changed))
    files = {"common.ntm": common_work.vocabulary(old)}
    first, second = (
        ntmrules.loads(common_work.ruleset(one), files=files) for one in (old, new)
    )
    return first, second


_GROWTH = """\
ruleset bench.growth
  name  "Xã"
  for   commune
  basis "1/QĐ-TTg" dated 2021-01-05
  in force from 2021-01-05 to 2025-12-31
use vn.facts
criterion 1 "Thu nhập": income >= {} * income at 2020
criterion 2 "Rác": waste_sorting + clean_water >= {}
"""


def growth() -> tuple[object, object]:
    """Give two rulesets whose targets hang together, the second one laxer."""
    import ntmrules

    first, second = (
        ntmrules.loads(_GROWTH.format(*figures))
        for figures in (("1.5", "150%"), ("1.2", "140%"))
    )
    return first, second


def laps(program: str, runs: int) -> list[float]:
    """Give the medians of the times that fresh processes take of themselves."""
    rows = []
    for _ in range(runs):
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        rows.append([float(word) for word in done.stdout.split()])
    return [statistics.median(column) for column in zip(*rows, strict=True)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="fresh processes each")
    runs = parser.parse_args().runs
    (bare,), (imported,) = laps(BARE, runs), laps(IMPORT, runs)
    same, changed = laps(COMPARE, runs)
    undecided, asked, solver = laps(ASK, runs)
    (formatted,) = laps(FORMAT, runs)
    tested, mutated, tried, alive = laps(MUTATE, max(1, runs // 3))
    rows = [
        ("import ntmrules", imported, f"bare Python {bare * MS:.0f} ms"),
        ("compare W with itself", same, "bound 200 ms, z3 not asked"),
        ("compare W with a changed copy", changed, "bound 200 ms, z3 not asked"),
        ("compare what structure leaves open", undecided, "z3 not asked"),
        ("the same, z3 asked", asked, f"its own time {solver * MS:.0f} ms"),
        ("fmt, all shipped files", formatted, "bound 3000 ms, imports included"),
        ("test, all shipped cases", tested, "imports and loading included"),
        ("test --mutate, the same", mutated, f"{tried:.0f} changes, {alive:.0f} alive"),
    ]
    print(
        f"Python {sys.version.split()[0]}, medians of fresh processes, processor time\n"
    )
    for name, seconds, remark in rows:
        print(f"{name:<38}{seconds * MS:>9.0f} ms   {remark}")


if __name__ == "__main__":
    main()
