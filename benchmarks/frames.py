"""
Many units at once: ours beside the same rules written by hand for other libraries.

    python -m benchmarks.frames [--rows 1000000] [--rounds 9] [--write]

All contenders run in this one process, in turn, and all verdicts are compared.  Peak
memory is measured in a process of its own for each.  ``--write`` puts the tables into
docs/explanation/performance.md.
"""

from __future__ import annotations

import argparse
import datetime
import gc
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import attrs
import numpy as np
import polars
from benchmarks import common_work, page
from benchmarks.common_work import Work
from benchmarks.frame_peers import Contender, figures, others, polars_query, rules

import ntmrules


Loose: TypeAlias = Any

AS_OF = datetime.date(2024, 12, 31)
BOOLEANS, CODES = "Polars by hand, booleans", "Polars by hand, codes"
OURS, WORDS = "**ntmrules, Polars, codes**", "**ntmrules, Polars, words**"
AGAIN = "**ntmrules, Polars, checked before, codes**"
SQL = "DuckDB SQL by hand"
HEADS = (
    "ms, least",
    "middle",
    "noise",
    "× booleans",
    "× codes",
    "processor ms",
    "remark",
)
VILLAGES = (1, 10, 100, 1_000)


@attrs.frozen
class Timed:
    """How long a contender took, in ms: by the clock, and of the processor."""

    name: str
    remark: str
    least: float
    middle: float
    spread: float
    processor: float


# ── ours ───────────────────────────────────────────────────────────────────────────


def load(work: Work) -> ntmrules.Ruleset:
    """Load the rules from their text."""
    text, vocabulary = rules(work)
    return ntmrules.loads(text, files={"vocabulary.ntm": vocabulary})


def ours(work: Work) -> Iterator[Contender]:
    """Give the ways in which ntmrules takes a table."""
    ruleset = load(work)

    def decide(table: Loose, *, as_codes: bool = True) -> Loose:
        return ntmrules.evaluate_frame(ruleset, table, as_of=AS_OF, as_codes=as_codes)

    def codes(found: polars.DataFrame) -> Mapping[str, polars.Series]:
        return {key: found[_named(key)] for key in work.keys}

    def of_words(found: polars.DataFrame) -> Mapping[str, polars.Series]:
        names = [_named(key) for key in work.keys]
        told = found.select(polars.col(names).to_physical().cast(polars.Int8))
        return codes(told)

    def same(table: polars.DataFrame) -> polars.DataFrame:
        return table

    yield Contender(OURS, same, decide, codes, "figures checked; counts")
    words = partial(decide, as_codes=False)
    yield Contender(WORDS, same, words, of_words, "the same, verdicts in words")
    check = partial(ntmrules.check_frame, ruleset)
    yield Contender(AGAIN, check, decide, codes, "by `check_frame`; counts")
    try:
        import pandas  # noqa: F401 - whether it is there
        import pyarrow  # noqa: F401 - as above
    except ModuleNotFoundError:
        return
    yield Contender(
        "**ntmrules, PyArrow in and out**",
        polars.DataFrame.to_arrow,
        decide,
        lambda found: codes(polars.DataFrame(polars.from_arrow(found))),
        "the same",
    )
    yield Contender(
        "**ntmrules, pandas in and out**",
        partial(polars.DataFrame.to_pandas, use_pyarrow_extension_array=True),
        decide,
        lambda found: codes(polars.from_pandas(found)),
        "the same; Arrow types",
    )


def _named(key: str) -> str:
    if key == "whole":
        return "verdict"
    return f"{'indicator' if key[0] == 'i' else 'criterion'} {key[1:]}"


# ── measuring ──────────────────────────────────────────────────────────────────────


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def timed(jobs: Mapping[str, Callable[[], object]], rounds: int) -> list[Timed]:
    """Time jobs in turn, so that a busy moment strikes them all."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    used: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        job()
    for _ in range(rounds):
        for name, job in jobs.items():
            gc.collect()
            before, start = _processor(), time.perf_counter()
            job()
            times[name].append((time.perf_counter() - start) * 1e3)
            used[name].append((_processor() - before) * 1e3)
    found = []
    for name, taken in times.items():
        low, middle, high = statistics.quantiles(taken, n=4)
        least, spread = min(taken), (high - low) / 2
        found.append(Timed(name, "", least, middle, spread, min(used[name])))
    return found


def contest(
    every: Sequence[Contender], table: polars.DataFrame, rounds: int
) -> list[Timed]:
    """Compare all verdicts, and time all contenders."""
    given = {one.name: one.take(table) for one in every}
    wanted: Mapping[str, polars.Series] | None = None
    for one in every:
        found = one.codes(one.decide(given[one.name]))
        wanted = wanted or found
        for key, codes in wanted.items():
            if not codes.equals(found[key].cast(polars.Int8)):
                sys.exit(f"{one.name}: {key} differs")
    jobs = {one.name: partial(one.decide, given[one.name]) for one in every}
    remarks = {one.name: one.remark for one in every}
    return [attrs.evolve(row, remark=remarks[row.name]) for row in timed(jobs, rounds)]


# ── memory ─────────────────────────────────────────────────────────────────────────


def _status(key: str) -> float:
    for line in Path("/proc/self/status").read_text(encoding="utf-8").split("\n"):
        if line.startswith(key):
            return int(line.split()[1]) / 1024
    return 0


def peak_of(name: str, path: str) -> float:
    """Give the MB that one decision takes beyond the table and a small decision."""
    work = common_work.work()
    every = {one.name: one for one in [*others(work)[0], *ours(work)]}
    one = every[name]
    table = polars.read_ipc_stream(path)
    given = one.take(table)
    one.decide(one.take(table.head(1_000)))
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")
    before = _status("VmRSS")
    found = one.decide(given)
    peak = _status("VmHWM")
    del found
    return peak - before


def peaks(names: Sequence[str], table: polars.DataFrame) -> dict[str, float]:
    """Measure each in processes of its own; the least of three."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/table.arrow"
        table.write_ipc_stream(path)
        for name in names:
            command = [sys.executable, "-m", "benchmarks.frames", "--peak", name, path]
            runs = [
                float(
                    subprocess.run(
                        command, check=True, capture_output=True, text=True
                    ).stdout
                )
                for _ in range(3)
            ]
            found[name] = min(runs)
    return found


# ── tables ─────────────────────────────────────────────────────────────────────────


def main_table(rows: Sequence[Timed], number: int) -> list[str]:
    """Write a row for each contender, the fastest first."""
    time_of = {row.name: row for row in rows}
    first, second = time_of[BOOLEANS], time_of[CODES]
    lines = [
        f"| {number:,} units, 77 verdicts | {' | '.join(HEADS)} |",
        "|---|--:|--:|--:|--:|--:|--:|---|",
    ]
    lines += [
        f"| {row.name} | {row.least:,.0f} | {row.middle:,.0f} |"
        f" ±{row.spread / row.middle:.0%} | {row.least / first.least:.2f} |"
        f" {row.least / second.least:.2f} | {row.processor:,.0f} | {row.remark} |"
        for row in sorted(rows, key=lambda row: row.least)
    ]
    return lines


def targets(rows: Sequence[Timed], memory: Mapping[str, float]) -> list[str]:
    """Compare with what was aimed at."""
    by_name = {row.name: row for row in rows}
    lines = ["| aim | by the clock | of the processor | |", "|---|--:|--:|---|"]

    def add(aim: str, one: str, two: str, most: float) -> None:
        clock = by_name[one].least / by_name[two].least
        used = by_name[one].processor / by_name[two].processor
        told = "reached" if clock <= most else "missed"
        lines.append(f"| {aim} | {clock:.2f} × | {used:.2f} × | {told} |")

    add(
        "at most 1.15 × Polars by hand, booleans: checked before", AGAIN, BOOLEANS, 1.15
    )
    add("the same, checking too", OURS, BOOLEANS, 1.15)
    add("checking too, by hand giving codes", OURS, CODES, 1.15)
    if SQL in by_name:
        ratio = by_name[SQL].least / by_name[OURS].least
        used = by_name[SQL].processor / by_name[OURS].processor
        told = "reached" if ratio >= 3 else "missed"
        aim = "at least 3 × faster than DuckDB SQL by hand"
        lines.append(f"| {aim} | {ratio:.2f} × | {used:.2f} × | {told} |")
    lines += [
        "",
        "| peak of memory beyond the table | MB | × booleans | × codes |",
        "|---|--:|--:|--:|",
    ]
    for name, peak in memory.items():
        ratios = [peak / memory[other] for other in (BOOLEANS, CODES)]
        lines.append(f"| {name} | {peak:,.0f} | {ratios[0]:.2f} | {ratios[1]:.2f} |")
    return lines


def growth_table(most: int, rounds: int) -> list[str]:
    """Write how the time grows with rows and with indicators."""
    lines = [
        "| rows × indicators | ntmrules, ms | µs a row | by hand, booleans | ratio |",
        "|---|--:|--:|--:|--:|",
    ]
    for times, rows in ((1, most // 100), (1, most // 10), (1, most), (10, most // 10)):
        work = common_work.work(times)
        ruleset, table = load(work), figures(work, rows)
        mine, hand = timed(
            {
                "ours": partial(
                    ntmrules.evaluate_frame, ruleset, table, as_of=AS_OF, as_codes=True
                ),
                "hand": polars_query(work, table).collect,
            },
            rounds,
        )
        lines.append(
            f"| {rows:,} × {57 * times} | {mine.least:,.1f} |"
            f" {mine.least / rows * 1e3:,.3f} | {hand.least:,.1f} |"
            f" {mine.least / hand.least:.2f} |"
        )
    return lines


# ── sub-units ──────────────────────────────────────────────────────────────────────


def family(work: Work, units: int, each: int) -> tuple[Loose, Loose]:
    """Draw units, and so many villages of each, in any order."""
    chance = np.random.default_rng(5)
    rows = units * each
    columns: dict[str, Loose] = {"parent": chance.permutation(rows) % units}
    for one in work.of_kind("score"):
        scores = chance.integers(one.score - 10, 101, rows)
        columns[one.name] = polars.Series(scores).set(
            polars.Series(chance.random(rows) < 0.01), None
        )
    return polars.DataFrame({"id": range(units)}), polars.DataFrame(columns)


def quantifiers(work: Work) -> ntmrules.Ruleset:
    """Load the quantifiers alone."""
    lines = common_work.ruleset(work).split("\n")
    head = lines[: next(at for at, line in enumerate(lines) if "criterion" in line)]
    for number, line in enumerate(line for line in lines if "villages have" in line):
        body = line.partition('": ')[2]
        head.append(f'criterion {number + 1} "Tiêu chí": {body}')
    files = {"vocabulary.ntm": common_work.vocabulary(work)}
    return ntmrules.loads("\n".join(head) + "\n", files=files)


def counted_by_hand(
    work: Work, units: polars.DataFrame, villages: polars.DataFrame
) -> polars.DataFrame:
    """Count with one grouping and one join."""
    col, scores = polars.col, work.of_kind("score")
    sums = [polars.len().alias("n")]
    tests = [col("parent")]
    for one in scores:
        test = col(one.name) >= one.score
        tests += [
            test.fill_null(value=False).alias(f"{one.name} met"),
            test.fill_null(value=True).alias(f"{one.name} most"),
        ]
        sums += [col(f"{one.name} met").sum(), col(f"{one.name} most").sum()]
    counts = villages.lazy().select(tests).group_by("parent").agg(sums)
    joined = units.lazy().join(
        counts, left_on="id", right_on="parent", how="left", maintain_order="left"
    )
    found = []
    for number, one in enumerate(scores):
        wanted = col("n").cast(polars.Int64) * one.least
        yes = col(f"{one.name} met").cast(polars.Int64) * 1_000 >= wanted
        maybe = col(f"{one.name} most").cast(polars.Int64) * 1_000 >= wanted
        code = yes.cast(polars.Int8) + maybe.cast(polars.Int8)
        found.append(code.alias(f"criterion {number + 1}"))
    return joined.select(found).collect()


def family_table(rounds: int, most: int) -> list[str]:
    """Write how the time grows with sub-units."""
    work = common_work.work()
    ruleset = quantifiers(work)
    lines = [
        "| units × villages of each | ntmrules, ms | µs a village | by hand | ratio |",
        "|---|--:|--:|--:|--:|",
    ]
    sizes = [(most // 1_000, each) for each in VILLAGES] + [(most // 8, 8)]
    for number, each in sizes:
        units, villages = family(work, number, each)

        def mine(one: Loose = units, two: Loose = villages) -> Loose:
            children = {"villages": two}
            return ntmrules.evaluate_frame(
                ruleset, one, as_of=AS_OF, children=children, as_codes=True
            )

        def hand(one: Loose = units, two: Loose = villages) -> Loose:
            return counted_by_hand(work, one, two)

        wanted = hand()
        if not mine().select(wanted.columns).equals(wanted):
            sys.exit(f"{each} villages: verdicts differ")
        first, second = timed({"ours": mine, "hand": hand}, rounds)
        lines.append(
            f"| {number:,} × {each:,} | {first.least:,.1f} |"
            f" {first.least / number / each * 1e3:,.3f} | {second.least:,.1f} |"
            f" {first.least / second.least:.2f} |"
        )
    return lines


# ── the page ───────────────────────────────────────────────────────────────────────


def _about(rounds: int, busy: float) -> str:
    python = f"{platform.python_implementation()} {platform.python_version()}"
    cores = polars.thread_pool_size()
    return (
        f"{python}, Polars {polars.__version__}, {platform.machine()}, {cores} threads,"
        f" {rounds} rounds; load of the machine before {busy:.1f}, after"
        f" {os.getloadavg()[0]:.1f}."
    )


def main() -> None:
    """Measure, check, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="units")
    parser.add_argument("--rounds", type=int, default=9, help="passes of each")
    parser.add_argument("--write", action="store_true", help="write the page")
    parser.add_argument("--peak", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    if options.peak:
        print(peak_of(*options.peak))
        return
    busy = os.getloadavg()[0]
    work = common_work.work()
    table = figures(work, options.rows)
    found, absent = others(work)
    every = [*found, *ours(work)]
    rows = contest(every, table, options.rounds)
    looked = timed({"check": partial(ntmrules.check_frame, load(work), table)}, 3)
    memory = peaks([BOOLEANS, CODES, OURS, WORDS, AGAIN], table)
    few = max(3, options.rounds // 2)
    lines = [
        *main_table(rows, options.rows),
        "",
        *(f"Not installed: {name} ({why})." for name, why in absent.items()),
        f"`check_frame` itself takes {looked[0].least:,.0f} ms, once for a table.",
        "",
        *targets(rows, memory),
        "",
        *growth_table(options.rows, few),
        "",
        *family_table(few, options.rows),
    ]
    lines = [_about(options.rounds, busy), "", *lines]
    print("\n".join(lines))
    if options.write:
        page.write("frames", "\n".join(lines))


if __name__ == "__main__":
    main()
