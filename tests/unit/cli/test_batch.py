"""`ntmrules batch`: what is read, what is refused, what is written."""

from __future__ import annotations

import codecs
import io
import json
import sys
from pathlib import Path

import polars
import pytest

from ntmrules.cli._batch_run import _progress
from ntmrules.text import Language
from tests.unit.cli.command import Outcome, run


RULES = """\
ruleset demo.commune
  name  "Xã"
  for   commune
  basis "1/QĐ" dated 2021-01-05
  in force from 2021-01-05
use demo.facts
criterion 1 "A": insured >= 95%
criterion 2 "B": income >= 48.1 million VND/person
"""
WITH_VILLAGES = RULES + 'criterion 3 "C": at least 1 villages have insured >= 50%\n'
FACTS = """\
vocabulary demo.facts
unit VND "đồng"
unit person, persons "người"
level commune, communes "Xã"
level village, villages within commune "Thôn"
title commune.standard "Xã đạt chuẩn"
fact insured: share of persons "Bảo hiểm"
fact income: amount of million VND/person "Thu nhập"
"""
GOOD = "id,insured,income\na,96%,48.1\nb,4/5,48.1\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with rules."""
    (tmp_path / "rules.ntm").write_text(RULES, "utf-8")
    (tmp_path / "villages.ntm").write_text(WITH_VILLAGES, "utf-8")
    (tmp_path / "facts.ntm").write_text(FACTS, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def batch(*arguments: str, rules: str = "rules.ntm") -> Outcome:
    """Run the command, in English."""
    return run("batch", rules, *arguments, "--as-of", "2024-12-31", "--lang", "en")


def verdicts(data: str | bytes, *arguments: str) -> list[str]:
    """Write a table, assess it, and give the verdicts of its rows."""
    written = data.encode() if isinstance(data, str) else data
    Path("table.csv").write_bytes(written)
    batch("table.csv", "-o", "out.parquet", "--force", *arguments)
    return polars.read_parquet("out.parquet")["verdict"].cast(polars.String).to_list()


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "data",
    [
        GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.replace(",", ";"),
        GOOD.replace(",", "\t"),
        "\ufeff" + GOOD,
        "sep=;\n" + GOOD.replace(",", ";"),
        GOOD.replace("\n", "\n\n"),
        GOOD.replace("\n", ",,\n"),
        GOOD.rstrip("\n"),
        GOOD.replace("96%", '" 96%\n"'),
        GOOD.replace("insured", '"insured"'),
        GOOD.replace(",income", ",note,income").replace(",48.1", ",95,48.1"),
        GOOD.replace("96%", "95.000%").replace("48.1\nb", "48.10\nb"),
    ],
    ids="plain crlf ; tab bom sep blank trailing cut lines quoted more zeros".split(),
)
def test_csv_comes_in_many_ways(data: str) -> None:
    """And holds the same."""
    assert ["met", "not met"] == verdicts(data)


@pytest.mark.usefixtures("folder")
def test_figures_are_exact() -> None:
    """A tenth is a tenth, and what is just below the threshold is below it."""
    rows = ("95%,48.1", "94.999999%,48.1", "95.5%,48.099999", "1/2,481/10", "19/20,48")

    found = verdicts("insured,income\n" + "\n".join(rows) + "\n95.25%,48.10\n")

    assert ["met", "not met", "not met", "refused", "not met", "met"] == found


ROWS = [
    ('a,96%\nb,96%,48.1,7\nc,"96%"x,1\nd,96%,48.1', "refused refused refused met"),
    ("a,96%,1.234.567\nb,=1+1,48.1\nc,NaN,48.1\nd,0.96,50", "refused " * 4),
    ("a,,\nb,null,~\nc, 96% ,48.1", "unknown unknown met"),
]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("rows", "wanted"), ROWS, ids=["ragged", "values", "empty"])
def test_a_bad_row_does_not_stop_the_others(rows: str, wanted: str) -> None:
    """It is marked, and stays in its place."""
    assert wanted.split() == verdicts(f"id,insured,income\n{rows}\n")


@pytest.mark.usefixtures("folder")
def test_lines_are_those_of_the_file() -> None:
    """Lines within quotes and blank ones count; the reason is in the row."""
    data = 'id,name,insured\na,"A\nB",96%\n\nb,B,"95,5%"\nc,\xff,1/2\n'
    Path("table.csv").write_bytes(data.encode("latin-1"))

    outcome = batch("table.csv", "-o", "out.csv")

    found = polars.read_csv("out.csv", infer_schema=False)
    assert ["2", "5", "6"] == found["line"].to_list()
    assert ["unknown", "refused", "refused"] == found["verdict"].to_list()
    assert "write `95.5%`" in found["refused"][1]
    assert "--> table.csv:5 (b: facts.insured)" in outcome.errors
    assert "byte 0xFF cannot be read\n --> table.csv:6" in outcome.errors
    assert (1, 2) == (outcome.status, outcome.errors.count("error["))


LIMITS = [
    ("a," + "x" * 100_001 + ",1", "`MAX_CELL`"),
    ("a," + "x" * 1_000_001 + ",1", "`MAX_LINE_BYTES`"),
    ("a,\x00,1", "the character U+0000"),
]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("row", "said"), LIMITS, ids=["cell", "line", "control"])
def test_limits_refuse_a_row(row: str, said: str) -> None:
    """And the next one is read."""
    Path("table.csv").write_text(f"id,insured,income\n{row}\nb,96%,48.1\n", "utf-8")

    outcome = batch("table.csv", "-o", "out.csv")

    assert ["refused", "met"] == polars.read_csv("out.csv")["verdict"].to_list()
    assert said in outcome.errors
    assert "table.csv:2" in outcome.errors


TABLES = [
    ("", "no line with names"),
    ("\n\n", "no line with names"),
    ("id,id\n1,2\n", "`id` is given twice"),
    ("id,insurd\n1,2\n", "did you mean `insured`?"),
    ("id,incme,insurd\n1,2,3\n", "did you mean `income`?"),
    ("id,insured.met\n1,2\n", "`insured.of` is missing"),
    ("id,insured\n1,95\n2,96.5\n", "--share-columns insured=percent"),
    ("id,insured,as_of\n1,95%,2024\n", "`--as-of` gives the date"),
    ("id;name,x\n1;2,3\n", "may be separated by `,` or by `;`"),
    ("id,name\n1,2\n", "the rules ask for `insured`, `income`"),
    ("id,titles.commune.x\n1,2\n", "`titles.commune.x` is not a fact"),
    ('id,"insured\n1,2\n', "a quote that is never closed"),
    ('id,insured\n1,"2\n3,4\n', "begins on line 2 has a quote that is never closed"),
]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("data", "said"), TABLES, ids=[str(n) for n in range(13)])
def test_what_is_wrong_with_a_table_stops_it(data: str, said: str) -> None:
    """Before anything is written."""
    Path("table.csv").write_text(data, "utf-8")

    outcome = batch("table.csv", "-o", "out.csv")

    assert said in " ".join(outcome.errors.split())
    assert (1, "") == (outcome.status, outcome.output)
    assert {"table.csv", "rules.ntm", "villages.ntm", "facts.ntm"} == {
        path.name for path in Path().iterdir()
    }


@pytest.mark.usefixtures("folder")
def test_all_tables_are_looked_at_first() -> None:
    """Whatever their formats, each problem with the name of its file."""
    Path("a.csv").write_text("id,insurd\n1,2\n", "utf-8")
    Path("b.csv").write_bytes(codecs.BOM_UTF16_LE + "id".encode("utf-16-le"))
    Path("c.parquet").write_text("no Parquet", "utf-8")
    polars.DataFrame({"insured": [95.5], "income": ["48.1"]}).write_ipc("d.arrow")

    outcome = batch("a.csv", "b.csv", "c.parquet", "d.arrow", "e.csv", "f.xlsx")

    codes = "NTM702 NTM740 NTM740 NTM723 NTM001 NTM740"
    found = [line[6:12] for line in outcome.errors.splitlines() if "error[" in line]
    assert sorted(codes.split()) == sorted(found)
    for name in "a.csv b.csv c.parquet d.arrow e.csv f.xlsx".split():
        assert name in outcome.errors


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("scale", "cells"),
    [("insured=percent", "95 94.9 4/5 96%"), ("fraction", "0.95 0.949 4/5 96%")],
)
def test_bare_shares_have_the_scale_that_is_said(scale: str, cells: str) -> None:
    """Other forms say themselves what they are."""
    rows = "".join(f"{cell},48.1\n" for cell in cells.split())

    found = verdicts(f"insured,income\n{rows}", "--share-columns", scale)

    assert ["met", "not met", "not met", "met"] == found


@pytest.mark.usefixtures("folder")
def test_types_of_files_are_used() -> None:
    """Numbers of Parquet and Arrow are what they are; NaN is no number."""
    frame = polars.DataFrame(
        {
            "id": [1, 2, 3, 4],
            "insured": [0.95, 0.1 + 0.2, None, float("nan")],
            "income": [48.1, 50.0, 48.0, 50.0],
        }
    )
    frame.write_parquet("a.parquet")
    frame.write_ipc("b.arrow")

    batch("a.parquet", "b.arrow", "-o", "o.arrow", "--share-columns", "fraction")

    found = polars.read_ipc("o.arrow")
    wanted = ["met", "not met", "not met", "refused"]
    assert wanted * 2 == found["verdict"].cast(polars.String).to_list()
    assert [1, 2, 3, 4] * 2 == found["line"].to_list()
    assert ["a.parquet", "b.arrow"] == found["table"].unique(
        maintain_order=True
    ).to_list()


@pytest.mark.usefixtures("folder")
def test_codes_are_numbers() -> None:
    """What was refused is neither not met nor not applicable."""
    Path("table.csv").write_text("insured,income\n96%,50\n,50\n1/2,\nx,50\n", "utf-8")

    batch("table.csv", "-o", "out.csv", "--codes")

    found = polars.read_csv("out.csv")
    assert [2, 1, 0, -1] == found["verdict"].to_list()
    assert [2, 2, 1, None] == found["criterion 2"].to_list()


@pytest.mark.usefixtures("folder")
def test_the_result_looks_as_the_first_table_does() -> None:
    """With its separator and mark; and no cell of it is a formula."""
    head = "\ufeffid;name;insured;income\n"
    Path("table.csv").write_text(f"{head}=1;@x;96%;50\n-2;a;96%;50\n", "utf-8")

    batch("table.csv", "-o", "out.csv")

    first, *rows = Path("out.csv").read_text("utf-8").splitlines()
    assert first.startswith("\ufeffid;name;table;line;verdict;refused;findings;")
    assert ["'=1;'@x", "'-2;a;t"] == [row[:7] for row in rows]


USAGE = [
    (("table.csv", "-o", "table.csv"), "is a TABLE"),
    (("table.csv", "-o", "there.csv"), "--force replaces it"),
    (("table.csv", "-o", "out.xlsx"), "has none of these ends"),
    (("table.csv", "--share-columns", "insured=promille"), "NAME=percent"),
    (("table.csv", "--share-columns", "a=percent,a=fraction"), "has two scales"),
    (("table.csv", "--children", "villages"), "PLURAL=TABLE"),
]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("arguments", "said"), USAGE, ids=[str(n) for n in range(6)])
def test_wrong_usage(arguments: tuple[str, ...], said: str) -> None:
    """Nothing is overwritten by mistake."""
    Path("table.csv").write_text(GOOD, "utf-8")
    Path("there.csv").write_text("mine", "utf-8")

    outcome = batch(*arguments)

    assert 2 == outcome.status
    assert said in " ".join(outcome.errors.split())
    assert GOOD == Path("table.csv").read_text("utf-8")
    assert "mine" == Path("there.csv").read_text("utf-8")


@pytest.mark.usefixtures("folder")
def test_the_date_is_asked_for() -> None:
    """A table has none."""
    assert 2 == run("batch", "rules.ntm", "table.csv").status


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("data", "arguments", "status"),
    [
        (GOOD, (), 0),
        (GOOD, ("--fail",), 1),
        (GOOD.replace("4/5", "1/1"), ("--fail",), 0),
        ("insured,income\n", ("--fail",), 1),
        (GOOD.replace("4/5", "5/4"), (), 1),
        (GOOD, ("--share-columns", "incom=percent"), 1),
        (GOOD, ("--children", "provinces=table.csv"), 1),
    ],
    ids="fine fail all none refused scale level".split(),
)
def test_the_status(data: str, arguments: tuple[str, ...], status: int) -> None:
    """0 fine, 1 where something was refused or, if asked, not met."""
    Path("table.csv").write_text(data, "utf-8")

    assert status == batch("table.csv", *arguments).status


@pytest.mark.usefixtures("folder")
def test_strict_writes_nothing() -> None:
    """And leaves what was there."""
    Path("table.csv").write_text(GOOD.replace("4/5", "5/4"), "utf-8")
    Path("out.csv").write_text("mine", "utf-8")

    outcome = batch("table.csv", "-o", "out.csv", "--force", "--strict")

    assert (1, "") == (outcome.status, outcome.output)
    assert "nothing is written" in outcome.errors
    assert "mine" == Path("out.csv").read_text("utf-8")
    assert [] == list(Path().glob(".out*"))


VILLAGES = """\
parent,id,insured
a,a1,1/4
a,a2,3/4
b,b1,x
d,d1,1/1
"""


@pytest.mark.usefixtures("folder")
def test_units_inside() -> None:
    """A unit with one that cannot be read is refused; one that is nobody's is told."""
    units = "id,insured,income\n" + "".join(f"{one},96%,50\n" for one in "abca")
    Path("table.csv").write_text(units, "utf-8")
    Path("v.csv").write_text(VILLAGES, "utf-8")

    outcome = batch(
        *("table.csv", "--children", "villages=v.csv", "-o", "out.csv"),
        rules="villages.ntm",
    )

    found = polars.read_csv("out.csv")
    assert ["met", "refused", "not met", "refused"] == found["verdict"].to_list()
    assert (
        "its `villages` cannot all be read: v.csv:4".replace("`", "")
        in found["refused"][1]
    )
    assert "NTM704" in found["refused"][3]
    assert "--> v.csv:4 (b1: facts.insured)" in outcome.errors
    assert "must be an `id` of the tables, not `d`\n --> v.csv:5" in outcome.errors
    assert "4 refused" not in outcome.output
    assert "2 refused, 1 rows of units below belong to none" in outcome.output
    assert 1 == outcome.status


@pytest.mark.usefixtures("folder")
def test_of_many_refused_rows_each_kind_is_told_once() -> None:
    """With where it is first; the result has them all."""
    rows = "".join(f"{cell}\n" for cell in ["x"] * 30 + ["1/2"] + ["y"] * 20)
    Path("table.csv").write_text(f"insured\n{rows}", "utf-8")

    outcome = batch("table.csv", "--format", "json")
    written = batch("table.csv", "-o", "out.csv")

    assert 2 == outcome.errors.count("error[")
    assert "table.csv:2 " in outcome.errors
    assert "table.csv:33 " in outcome.errors
    assert "… and 48 more rows like these; -o OUT" in outcome.errors
    assert (51, 50) == tuple(json.loads(outcome.output)[n] for n in ("rows", "refused"))
    assert "… and 48 more refused, each with its reason" in written.errors


def test_other_commands_do_without_dataframes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Help lists the command; calling it says what to install."""
    for name in [one for one in sys.modules if one.startswith("ntmrules.cli._batch")]:
        monkeypatch.delitem(sys.modules, name)
    for name in [one for one in sys.modules if one.startswith("ntmrules.tables")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "polars", None)

    assert "batch" in run("--help").output
    outcome = batch("table.csv")

    assert 2 == outcome.status
    assert "pip install 'ntmrules[frames]'" in outcome.errors


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the language that is asked for, and only there."""
    terminal = _Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with _progress(100, Language.VI) as moved:
        moved(50, 20_000)

    assert "đang đọc" in terminal.getvalue()
    assert "20,000 dòng" in terminal.getvalue()
