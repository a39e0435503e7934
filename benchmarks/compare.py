"""
The work W, decided by ntmrules, by hand-written Python and by other engines.

    python -m benchmarks.compare [--rounds 100] [--write]

Every contender runs in this one process, in turn, and every verdict is compared with
arithmetic in `Fraction`.  Times are of the processor, so that other programs on the
machine disturb them less; a figure is the median of all rounds, and its noise half
the distance between their quartiles.  ``--write`` puts the tables into
docs/explanation/performance.md.
"""

from __future__ import annotations

import argparse
import datetime
import gc
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

import attrs
from benchmarks import common_work, page
from benchmarks.common_work import Flat, Truth, Work
from benchmarks.hand_written import closures, straight_line
from benchmarks.peers import Contender, contenders

import ntmrules


Loose: TypeAlias = Any

AS_OF = datetime.date(2024, 12, 31)
PASS_SECONDS = 0.004
UNITS = 300
LIMIT = "straight-line Python, tuple out"
ZEN, ZEN_TRACED = "GoRules ZEN, expressions", "GoRules ZEN, decision with trace"
UNCHECKED = "**ntmrules, compiled, unchecked**"
CHECKED = "**ntmrules, compiled**"
TRACED = "**ntmrules, evaluate, full trace**"
READ = "**ntmrules, evaluate, unit read before**"
FULL = "**ntmrules, evaluate, gaps and missing**"

_TRUTHS = {
    ntmrules.Verdict.MET: True,
    ntmrules.Verdict.NOT_MET: False,
    ntmrules.Verdict.UNKNOWN: None,
}


@attrs.frozen
class Timed:
    """How long one unit takes, in µs."""

    contender: Contender
    median: float
    noise: float


def load(work: Work) -> ntmrules.Ruleset:
    """Load the work from its text."""
    files = {"vocabulary.ntm": common_work.vocabulary(work)}
    return ntmrules.loads(common_work.ruleset(work), files=files)


# ── who takes part ─────────────────────────────────────────────────────────────────


def ours(work: Work, flats: Sequence[Flat]) -> Iterator[Contender]:
    """Give the ways in which ntmrules decides the work."""
    ruleset = load(work)
    program = ntmrules.compile(ruleset, as_of=AS_OF)
    units = [common_work.unit_mapping(work, flat) for flat in flats]

    def of_program(found: ntmrules.Verdicts) -> dict[str, Truth]:
        inner = {f"i{k}": _TRUTHS[v] for k, v in found.indicators.items()}
        outer = {f"c{k}": _TRUTHS[v] for k, v in found.criteria.items()}
        return {**inner, **outer, "whole": _TRUTHS[found.verdict]}

    def of_assessment(found: ntmrules.Assessment) -> dict[str, Truth]:
        verdicts: dict[str, Truth] = {"whole": _TRUTHS[found.verdict]}
        for label, criterion in found.criteria.items():
            verdicts[f"c{label}"] = _TRUTHS[criterion.verdict]
            for inner, indicator in criterion.indicators.items():
                verdicts[f"i{inner}"] = _TRUTHS[indicator.verdict]
        return verdicts

    def evaluate(unit: Loose) -> ntmrules.Assessment:
        return ntmrules.evaluate(ruleset, unit, as_of=AS_OF)

    def in_full(unit: Loose) -> ntmrules.Assessment:
        found = evaluate(unit)
        for criterion in found.criteria.values():
            _ = criterion.gap, criterion.missing
            for indicator in criterion.indicators.values():
                _ = indicator.gap, indicator.missing
        _ = found.missing
        return found

    yield Contender(
        UNCHECKED,
        partial(program, checked=False),
        units,
        of_program,
        "a mapping with pairs, and villages as mappings",
    )
    yield Contender(CHECKED, program, units, of_program, "the same")
    read = [evaluate(unit).unit for unit in units]
    yield Contender(
        READ, evaluate, read, of_assessment, "the unit checked and read before"
    )
    yield Contender(
        TRACED, evaluate, units, of_assessment, "from a mapping, checked and read"
    )
    yield Contender(
        FULL,
        in_full,
        units,
        of_assessment,
        "from a mapping; of the whole and of every provision",
    )


def by_hand(work: Work, flats: Sequence[Flat]) -> Iterator[Contender]:
    """Give what somebody would write by hand."""
    units = [common_work.unit_mapping(work, flat) for flat in flats]

    def of_tuple(found: Sequence[Truth]) -> dict[str, Truth]:
        return dict(zip(work.keys, found, strict=True))

    def same(found: Mapping[str, Truth]) -> Mapping[str, Truth]:
        return found

    flat = "one number for each name, scores in a list"
    yield Contender(LIMIT, straight_line(work), flats, of_tuple, flat)
    yield Contender(
        "straight-line Python, dict out",
        straight_line(work, result="dict"),
        flats,
        same,
        flat,
    )
    yield Contender(
        "straight-line Python, our input, tuple out",
        straight_line(work, shape="mapping"),
        units,
        of_tuple,
        "a mapping with pairs, and villages as mappings",
    )
    for numbers in ("decimal", "fraction"):
        yield Contender(
            f"straight-line Python with `{numbers.title()}`, dict out",
            straight_line(work, numbers=numbers, result="dict"),
            flats,
            same,
            flat,
        )
    yield Contender("a list of closures", closures(work), flats, same, flat)


# ── measuring ──────────────────────────────────────────────────────────────────────


def wrong(contender: Contender, work: Work, flats: Sequence[Flat]) -> int:
    """Count the verdicts that are not the truth; a missing one is unknown."""
    count = 0
    for flat, unit in zip(flats[:60], contender.inputs, strict=False):
        found = contender.verdicts(contender.decide(unit))
        for key, verdict in common_work.truth(work, flat).items():
            if contender.inner_only and not key.startswith("i"):
                continue
            count += found.get(key) is not verdict
    return count


def measure(every: Sequence[Contender], rounds: int) -> list[Timed]:
    """Time the contenders in turn, so that a busy moment strikes them all."""
    passes = {one.name: _pass_length(one) for one in every}
    times: dict[str, list[float]] = {one.name: [] for one in every}
    gc.collect()
    gc.disable()
    for _ in range(rounds):
        for one in every:
            times[one.name].append(_time(one, passes[one.name]))
        gc.collect()
    gc.enable()
    found = []
    for one in every:
        low, median, high = statistics.quantiles(times[one.name], n=4)
        found.append(Timed(one, median, (high - low) / 2))
    return found


def _pass_length(one: Contender) -> tuple[int, int]:
    """Give how many units a pass has, and how often it goes over them."""
    for unit in one.inputs[:2]:
        one.decide(unit)
    each = max(_time(one, (2, 1)) / 1e6, 1e-9)
    length = max(2, min(len(one.inputs), int(PASS_SECONDS / each)))
    return length, max(1, int(PASS_SECONDS / each / length))


def _time(one: Contender, passes: tuple[int, int]) -> float:
    """Give the µs for one unit."""
    length, times = passes
    decide, units = one.decide, one.inputs[:length]
    start = time.process_time()
    for _ in range(times):
        for unit in units:
            decide(unit)
    return (time.process_time() - start) / (len(units) * times) * 1e6


def once(job: Callable[[], object], rounds: int) -> float:
    """Give the median of how long a job takes, in ms."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        job()
        times.append((time.process_time() - start) * 1e3)
    return statistics.median(times)


# ── tables ─────────────────────────────────────────────────────────────────────────


def main_table(rows: Sequence[Timed]) -> list[str]:
    """Write a row for each contender, the fastest first."""
    limit = next(row.median for row in rows if row.contender.name == LIMIT)
    lines = [
        "| one unit, 77 verdicts | µs | noise | × the limit | remark |",
        "|---|--:|--:|--:|---|",
    ]
    for row in sorted(rows, key=lambda row: row.median):
        digits = 1 if row.median < 100 else 0
        lines.append(
            f"| {row.contender.name} | {row.median:,.{digits}f} |"
            f" ±{row.noise / row.median:.0%} | {row.median / limit:,.2f} |"
            f" {row.contender.remark} |"
        )
    return lines


def targets(rows: Sequence[Timed]) -> list[str]:
    """Compare with what was aimed at."""
    time_of = {row.contender.name: row.median for row in rows}
    lines = ["| aim | found | |", "|---|--:|---|"]

    def add(aim: str, ratio: float, *, reached: bool) -> None:
        lines.append(
            f"| {aim} | {ratio:.2f} × | {'reached' if reached else 'missed'} |"
        )

    ratio = time_of[UNCHECKED] / time_of[LIMIT]
    add("compiled at most 1.3 × the limit", ratio, reached=ratio <= 1.3)
    if ZEN in time_of:
        ratio = time_of[ZEN] / time_of[UNCHECKED]
        aim = "compiled at least 4 × faster than ZEN's expressions"
        add(aim, ratio, reached=ratio >= 4)
        ratio = time_of[ZEN] / time_of[CHECKED]
        add("the same, input checked", ratio, reached=ratio >= 4)
        ratio = time_of[ZEN_TRACED] / time_of[TRACED]
        aim = "full trace faster than ZEN's traced decision"
        add(aim, ratio, reached=ratio > 1)
        ratio = time_of[ZEN_TRACED] / time_of[FULL]
        add("the same, with gaps and what is missing", ratio, reached=ratio > 1)
    return lines


def once_table(work: Work, rounds: int) -> list[str]:
    """Write what is done once for each ruleset."""
    ruleset = load(work)
    loading = once(lambda: load(work), rounds)
    compiling = once(lambda: ntmrules.compile(ruleset, as_of=AS_OF), rounds)
    unit = common_work.unit_mapping(work, common_work.flat_units(work, 1)[0])
    checking = once(lambda: ntmrules.compile(ruleset, as_of=AS_OF)(unit), rounds)
    return [
        "| once for a ruleset | ms |",
        "|---|--:|",
        f"| loading W from its text | {loading:.1f} |",
        f"| compiling it | {compiling:.1f} |",
        f"| compiling it, and making the check for a first unit | {checking:.1f} |",
    ]


def growth_table(rounds: int) -> list[str]:
    """Write how the time grows with criteria and with villages."""
    lines = [
        "| work | compiled, unchecked | compiled | by hand, our input | full trace |",
        "|---|--:|--:|--:|--:|",
    ]
    sizes = [("W", 1, common_work.VILLAGES), ("10 × the criteria", 10, 8)]
    sizes += [(f"W, {n:,} villages", 1, n) for n in (1, 10, 100, 1_000)]
    for name, times, villages in sizes:
        work = common_work.work(times)
        flats = common_work.flat_units(work, 20, villages)
        names = (
            UNCHECKED,
            CHECKED,
            "straight-line Python, our input, tuple out",
            TRACED,
        )
        every = [*ours(work, flats), *by_hand(work, flats)]
        chosen = {one.name: one for one in every if one.name in names}
        rows = {
            row.contender.name: row for row in measure(list(chosen.values()), rounds)
        }
        cells = " | ".join(f"{rows[key].median:,.1f}" for key in names)
        lines.append(f"| {name} | {cells} |")
    return lines


def _about(rounds: int) -> str:
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{python}, {platform.machine()}, {rounds} rounds; µs of the processor."


def main() -> None:
    """Measure, check, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100, help="passes of each")
    parser.add_argument("--write", action="store_true", help="write the page")
    options = parser.parse_args()
    work = common_work.work()
    flats = common_work.flat_units(work, UNITS)
    found, absent = contenders(work, flats)
    every = [*by_hand(work, flats), *ours(work, flats), *found]
    bad = {one.name: wrong(one, work, flats) for one in every}
    if any(bad.values()):
        sys.exit(f"wrong verdicts: { {name: n for name, n in bad.items() if n} }")
    rows = measure(every, options.rounds)
    lines = [
        _about(options.rounds),
        "",
        *main_table(rows),
        "",
        *(f"Not installed: {name} ({why})." for name, why in absent.items()),
        *targets(rows),
        "",
        *once_table(work, max(3, options.rounds // 4)),
        "",
        *growth_table(max(3, options.rounds // 4)),
    ]
    print("\n".join(lines))
    if options.write:
        page.write("compare", "\n".join(lines))


if __name__ == "__main__":
    main()
