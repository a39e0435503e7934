"""
A million units on Polars: ours beside the same rules written by hand.

    python -m benchmarks.frames [rows]

The rules are those of `benchmarks.work` without the quantifiers.  Both run in one
process, in turn; their verdicts are compared row by row.
"""

from __future__ import annotations

import datetime
import sys
import time
import warnings
from collections.abc import Callable
from functools import partial

import polars
from benchmarks import work

import ntmrules


AS_OF = datetime.date(2024, 12, 31)
REPEATS = 5


def rules() -> str:
    """Give the ruleset, each quantifier replaced by a truth value."""
    lines = []
    for line in work.ruleset().split("\n"):
        head, mark, _ = line.partition(": at least")
        lines.append(f"{head}: flag_0" if mark else line)
    return "\n".join(lines)


def frame(rows: int) -> polars.DataFrame:
    """Give figures of which one in a hundred is missing."""
    polars.set_random_seed(11)
    place = polars.int_range(rows)
    columns = [
        (place.shuffle(7) % 7)
        .replace_strict(dict(enumerate(work.REGIONS)), return_dtype=polars.String)
        .alias("region")
    ]
    for i in range(work.SHARES):
        whole = place.shuffle(i) % 1000
        gone = place.shuffle(1000 + i) % 100 == 0
        part = whole * (60 + place.shuffle(500 + i) % 41) // 100
        columns += [
            polars.when(~gone).then(part).alias(f"share_{i}.met"),
            polars.when(~gone).then(whole).alias(f"share_{i}.of"),
        ]
    for i in range(work.AMOUNTS):
        columns.append((30 + place.shuffle(2000 + i) % 60).alias(f"amount_{i}"))
    for i in range(work.BOOLEANS):
        columns.append((place.shuffle(3000 + i) % 30 != 0).alias(f"flag_{i}"))
    return polars.DataFrame({"row": range(rows)}).select(columns)


def by_hand(given: polars.DataFrame) -> polars.DataFrame:
    """Write the same rules as one who knows Polars well."""
    col = polars.col
    kind = polars.Enum(list(work.REGIONS))
    place = col("region").cast(kind).to_physical().cast(polars.Int64)
    tests: list[polars.Expr] = []
    for i in range(work.SHARES):
        part, whole = col(f"share_{i}.met"), col(f"share_{i}.of")
        known = polars.when(whole != 0).then(whole)
        if i < work.TABLES:
            row = [70 + (i + column) % 30 for column in range(7)]
            table = polars.lit(polars.Series(row, dtype=polars.Int64))
            tests.append(part * 100 >= known * table.gather(col("place")))
        else:
            tests.append(part * 1000 >= known * (600 + 10 * i + 5))
    tests += [col(f"amount_{i}") >= 40 + i for i in range(work.AMOUNTS)]
    tests += [col(f"flag_{i}") for i in range(work.BOOLEANS)]
    tests += [col("flag_0") for _ in range(work.QUANTIFIERS)]
    named = [
        test.alias(f"indicator {at // 3 + 1}.{at % 3 + 1}")
        for at, test in enumerate(tests)
    ]
    groups = range(1, (len(tests) + 2) // 3 + 1)
    criteria = [
        polars.all_horizontal(
            f"indicator {at}.{inner}"
            for inner in (1, 2, 3)
            if (at - 1) * 3 + inner <= len(tests)
        ).alias(f"criterion {at}")
        for at in groups
    ]
    whole = polars.all_horizontal(f"criterion {at}" for at in groups).alias("verdict")
    lazy = given.lazy().with_columns(place=place).select(named)
    return lazy.with_columns(criteria).with_columns(whole).collect()


def best_of(run: Callable[[], polars.DataFrame]) -> tuple[int, polars.DataFrame]:
    """Give the shortest time, in nanoseconds, and the last result."""
    times = []
    for _ in range(REPEATS):
        begun = time.perf_counter_ns()
        found = run()
        times.append(time.perf_counter_ns() - begun)
    return min(times), found


def main(most: int) -> None:
    """Time both at three sizes."""
    warnings.simplefilter("ignore")
    ruleset = ntmrules.loads(rules(), files={"v": work.vocabulary()})
    print(f"{'rows':>9} {'by hand':>9} {'ours':>9} {'ratio':>6}")
    for rows in (most // 100, most // 10, most):
        given = frame(rows)
        hand, wanted = best_of(partial(by_hand, given))
        decide = partial(ntmrules.evaluate_frame, as_of=AS_OF, as_codes=True)
        ours, found = best_of(partial(decide, ruleset, given))
        for name in wanted.columns:
            told = (wanted[name].cast(polars.Int8) * 2).fill_null(1)
            if not told.equals(found[name]):
                sys.exit(f"{name} differs")
        millis = [f"{taken / 1e6:.1f} ms" for taken in (hand, ours)]
        print(f"{rows:>9} {millis[0]:>9} {millis[1]:>9} {ours / hand:>6.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
