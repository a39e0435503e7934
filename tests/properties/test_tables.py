"""Every row of a table comes to what `evaluate` says of a file with the same texts."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest import mock

import polars
from hypothesis import given
from hypothesis import strategies as st

import ntmrules
from ntmrules import FactError, Ruleset
from ntmrules.batch._needs import needs_of
from ntmrules.tables import Batch, Table, Task, format_of, open_table, result
from ntmrules.text import Language
from ntmrules.units import parse_unit
from tests.properties.test_batch import families, many
from tests.support.frames import _units, texts
from tests.support.strategies import AS_OF, FILES, GRADES, REGIONS, Draw


Rows = list[dict[str, str]]

# First what is plain, then what is not, or cannot be.
SHARES = (
    ("4750/5000", "19/20", "0/8", "0/0", "1/2", "57.5%", "95%", "100%", "5%", "8.75%"),
    (
        *("8/7", "101%", "19/20 = 95%", "1/3 = 33%", "12.3456789%", "1.000/2.000"),
        *("95", "0.95", "5 %", "1/-2", "9" * 19 + "/1" + "0" * 19, "94,9%"),
    ),
)
AMOUNTS = (
    ("0", "1", "1.5", "2", "3", "0.500", "0.1", "0.000001", "9000000000.25", "007"),
    ("1.500", "1500 thousand VND/person", "2 million VND/person", "1.0000001", "1_000"),
)
COUNTS = (
    ("0", "1", "2", "3", "10", "9" * 18),
    ("1_000", "1.000", "2.5", "9" * 25),
)
TRUTHS = (("true", "false"), ("yes", "1", "có"))
CELLS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "insured": SHARES,
    "sorting": SHARES,
    "poor": SHARES,
    "population": COUNTS,
    "crimes": COUNTS,
    "rural": TRUTHS,
    "debt_free": TRUTHS,
    "has_market": TRUTHS,
    "income": AMOUNTS,
    "factor": (("0.5", "0.1", "1", "2"), ("-2", "1.200")),
    "region": (REGIONS, ("nort",)),
    "rating": (GRADES, ("Good",)),
    "titles.village.model": (("2021", "2023", "2030"), ("2021-05-01", "21", "1800")),
}
WRONG = ("null", "x", "1e5", "=1+1", "1,5", "NaN", "-1", "0x1", "١")


@st.composite
def tables(draw: Draw) -> Rows:
    """Draw rows of texts, all with the same columns."""
    names = [name for name in CELLS if draw(st.integers(0, 9))]
    pairs = draw(st.sets(st.sampled_from(("insured", "sorting"))))
    rows = []
    for number in range(draw(st.integers(1, 12))):
        row = {"id": str(number), "name": draw(st.sampled_from(("A", 'B;,"\n c', "")))}
        for name in names:
            plain, other = CELLS[name]
            kind = draw(st.integers(0, 39))
            menu = WRONG if kind == 39 else other if kind > 35 else (*plain, "")
            text = draw(st.sampled_from(menu))
            if name in pairs:
                part, slash, whole = text.partition("=")[0].strip().partition("/")
                row[f"{name}.met"] = part if slash else ""
                row[f"{name}.of"] = whole if slash else ""
            else:
                row[name] = text
        rows.append(row)
    return rows


def as_csv(rows: Rows, draw: Draw) -> bytes:
    """Write rows in one of the ways there are."""
    separator = draw(st.sampled_from((",", ";", "\t")))
    end = draw(st.sampled_from(("\n", "\r\n")))
    text = io.StringIO()
    writer = csv.writer(
        text,
        delimiter=separator,
        lineterminator=end,
        quoting=csv.QUOTE_ALL if draw(st.booleans()) else csv.QUOTE_MINIMAL,
    )
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow(row.values())
        if draw(st.integers(0, 5)) == 0:
            text.write(end)
    mark = "\ufeff" if draw(st.booleans()) else ""
    return (mark + text.getvalue()).encode()


def told(ruleset: Ruleset, row: Mapping[str, str]) -> dict[str, object]:
    """Give the verdicts of a unit file with the texts of a row."""
    facts = {}
    for name in needs_of(ruleset).facts:
        part, whole = row.get(f"{name}.met", ""), row.get(f"{name}.of", "")
        text = f"{part}/{whole}" if part or whole else row.get(name, "")
        if text and (bool(part) is bool(whole)):
            facts[name] = text
        elif text:
            return {"verdict": "refused"}
    lines = [f"  {name}: {text}" for name, text in facts.items()]
    file = "\n".join(["level: village", "facts:" if lines else "facts: {}", *lines])
    if "titles.village.model" in row:
        year = row["titles.village.model"]
        held = f"village.model: {year}" if year not in {"", "null"} else ""
        file += f"\ntitles: {{{held}}}"
    try:
        found = ntmrules.evaluate(ruleset, parse_unit(file), as_of=AS_OF)
    except FactError:
        return {"verdict": "refused"}
    counts = found.counts
    wanted = {
        "verdict": str(found.verdict),
        "criteria met": counts.met,
        "criteria not met": counts.not_met,
        "criteria unknown": counts.unknown,
    }
    for label, criterion in found.criteria.items():
        wanted[f"criterion {label}"] = str(criterion.verdict)
        for inner, indicator in criterion.indicators.items():
            wanted[f"indicator {inner}"] = str(indicator.verdict)
    return wanted


def decided(
    ruleset: Ruleset,
    path: Path,
    scales: Mapping[str, str],
    children: Mapping[str, Path],
) -> list[Any]:
    """Decide a file; give its rows as dictionaries."""
    task = Task(ruleset, AS_OF, scales, accept_unverified=False)
    inside = {plural: [_opened(file)] for plural, file in children.items()}
    batch = Batch(task, [_opened(path)], inside)
    pieces = [result(one, Language.EN, as_codes=False) for one in batch.decided()]
    return [row for piece in pieces for row in piece.to_dicts()]


def _opened(path: Path) -> Table:
    kind = format_of(path)
    assert kind is not None
    return open_table(path, kind)


@st.composite
def files(draw: Draw) -> tuple[Rows, bytes]:
    """Draw rows, and a CSV file of them."""
    rows = draw(tables())
    return rows, as_csv(rows, draw)


@many
@given(texts("village", columnar=True), files(), st.sampled_from((1, 2, 20_000)))
def test_csv(text: str, file: tuple[Rows, bytes], size: int) -> None:
    """Whatever the separator, the quotes and the size of the pieces."""
    ruleset = ntmrules.loads(text, files=FILES)
    rows, data = file
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(data)
        with mock.patch("ntmrules.tables._csv.PIECE_ROWS", size):
            found = decided(ruleset, path, {}, {})

    assert [row["id"] for row in rows] == [row["id"] for row in found]
    for row, verdicts in zip(rows, found, strict=True):
        wanted = told(ruleset, row)
        assert wanted == {name: verdicts[name] for name in wanted}, row
        assert (wanted["verdict"] == "refused") is (verdicts["refused"] is not None)


Family = tuple[polars.DataFrame, dict[str, polars.DataFrame]]


@many
@given(
    texts("commune", columnar=True),
    families("commune", ("village",)),
    st.sampled_from((".parquet", ".arrow")),
    st.booleans(),
)
def test_stored(text: str, family: Family, end: str, alone: bool) -> None:
    """Columns with types, as they come from files; with units inside, or without."""
    ruleset = ntmrules.loads(text, files=FILES)
    frame, below = family
    inside = {} if alone else below
    with tempfile.TemporaryDirectory() as folder:
        path = _stored(frame, Path(folder) / f"units{end}")
        files = {
            plural: _stored(rows, Path(folder) / f"{plural}{end}")
            for plural, rows in inside.items()
        }
        with mock.patch("ntmrules.tables._stored.PIECE_ROWS", 2):
            found = decided(ruleset, path, {"poor": "percent"}, files)

    for unit, verdicts in zip(_units(frame, inside), found, strict=True):
        one = ntmrules.evaluate(ruleset, {**unit, "level": "commune"}, as_of=AS_OF)
        wanted = {"verdict": str(one.verdict)}
        for label, criterion in one.criteria.items():
            wanted[f"criterion {label}"] = str(criterion.verdict)
        assert wanted == {name: verdicts[name] for name in wanted}


def _stored(frame: polars.DataFrame, path: Path) -> Path:
    write = frame.write_parquet if path.suffix == ".parquet" else frame.write_ipc
    write(path)
    return path
