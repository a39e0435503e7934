"""
Files with mistakes: every mistake is found, nothing else is, and it reads well.

A guilty line ends with ``#! NTM201``, or ``#! NTM201 "words"`` to ask for words of the
message, its notes or its help.  A folder below a group is one case of several files.
The messages are under ``messages``: read them after ``--regen``.
"""

from __future__ import annotations

import datetime
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ntmrules
from ntmrules import api, entries, shelf, tables
from ntmrules.checker import MAX_REFERENCES, lint, slips
from ntmrules.cli._commands import tell_bug
from ntmrules.diagnostics import (
    Diagnostic,
    Help,
    Note,
    Severity,
    Sink,
    render,
    render_plain,
)
from ntmrules.diagnostics.codes import CODES, EMPTY_FILE
from ntmrules.errors import FactError
from ntmrules.source import SourceFile, Span
from ntmrules.syntax import format_source, parse, read_source
from ntmrules.syntax._limits import MAX_FILE_BYTES, MAX_TOKENS
from ntmrules.testing import find_cases, read_cases
from ntmrules.text import Language, Text
from ntmrules.units import bind, read_unit
from tests.unit.cli.command import run


HERE = Path(__file__).parent
BAD = HERE / "bad"
MESSAGES = HERE / "messages"
BESIDE: Mapping[str, str] = MappingProxyType(
    {
        path.name: path.read_text("utf-8")
        for path in (HERE.parent / "conformance" / "vocabulary.ntm", BAD / "more.ntm")
    }
)
LEVELS = ("province", "district", "commune", "village", "high_school")
RULESET = """\
ruleset test.{level}
  name     "Unit"
  for      {level}
  basis    "0/TEST" dated 2020-01-01
  in force from 2000-01-01 to 2100-12-31

use test.more

criterion 1 "Insured": insured >= 95%
criterion 2 "Judged":  attested by "Sở Y tế"

expect "Thu nhập không giảm": income >= income at (year - 1)
"""
DATE = datetime.date(2024, 12, 31)

_GUILTY = re.compile(r'(NTM\d{3})(?:\s+"([^"]*)")?')
_DIRECTIVE = re.compile(r"^#:\s*(\w+)", re.MULTILINE)

Place = tuple[str, int, str]
"""File, line and code."""


def _cases(*suffixes: str) -> list[Path]:
    return sorted(path for path in BAD.glob("*/*") if path.suffix in suffixes)


def _id(path: Path) -> str:
    return path.relative_to(BAD).with_suffix("").as_posix()


def _marks(files: Mapping[str, str]) -> list[tuple[Place, str]]:
    """Give what the guilty lines ask for, each with the words it wants."""
    return [
        ((name, number, code), words)
        for name, text in files.items()
        for number, line in enumerate(text.split("\n"), start=1)
        if "#!" in line
        for code, words in _GUILTY.findall(line.split("#!", 1)[1])
    ]


def _place(diagnostic: Diagnostic) -> Place:
    span = diagnostic.span
    if span is None:
        return ("", 0, diagnostic.code.id)
    return (span.file.name, span.line, diagnostic.code.id)


def compare(files: Mapping[str, str], found: Iterable[Diagnostic]) -> None:
    """Compare the marks of *files* with what was found, one by one."""
    found = list(found)
    marks = _marks(files)
    wanted, got = Counter(mark for mark, _ in marks), Counter(map(_place, found))
    shown = "\n\n".join(map(render, found))
    assert marks, "no line is marked"
    assert not got - wanted, f"unexpected: {dict(got - wanted)}\n{shown}"
    assert not wanted - got, f"missing: {dict(wanted - got)}\n{shown}"
    for mark, words in marks:
        texts = [str(one) for one in found if _place(one) == mark]
        assert any(words in text for text in texts), f"{mark}: {words}\n{shown}"


@pytest.fixture
def golden(regen: bool) -> Callable[[str, Iterable[Diagnostic]], None]:
    """Compare the messages with those on file, or with ``--regen`` write them."""

    def check(name: str, found: Iterable[Diagnostic]) -> None:
        path = MESSAGES / f"{name}.txt"
        text = _messages(tuple(found))
        if regen:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        assert path.exists(), "run with --regen, and read what it wrote"
        assert path.read_text("utf-8") == text

    return check


Golden = Callable[[str, Iterable[Diagnostic]], None]


def _messages(found: tuple[Diagnostic, ...]) -> str:
    parts = []
    for language in (Language.EN, Language.VI):
        shown = [render(one, language) for one in found]
        parts.append("\n\n".join([f"──── {language.value} ────", *shown]))
    return "\n\n".join(parts) + "\n"


# ── Files ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", _cases(".ntm"), ids=_id)
def test_bad_file(path: Path, golden: Golden) -> None:
    """A file with mistakes gets the diagnostics that it is marked with."""
    data = path.read_bytes()
    text = data.decode("utf-8", "replace")
    if path.parent.name == "syntax":
        found = _parsed(path.name, data)
    else:
        found = ntmrules.check_text(text, files=BESIDE, name=path.name)

    compare({path.name: text}, found)
    golden(_id(path), found)


def _parsed(name: str, data: bytes) -> tuple[Diagnostic, ...]:
    """Read a file that is about its form only: its names mean nothing."""
    sink = Sink()
    file = read_source(name, data, sink)
    if file is not None:
        parse(file, sink)
    return sink.sorted()


@pytest.mark.parametrize("path", _cases(""), ids=_id)
def test_bad_folder(
    path: Path, golden: Golden, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So does a folder of files that do not go together."""
    shutil.copytree(path, tmp_path, dirs_exist_ok=True)
    files = {file.name: file.read_text("utf-8") for file in sorted(path.iterdir())}
    for name, text in BESIDE.items():
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    found = api.check(Path())

    compare(files, found)
    golden(_id(path), found)


@pytest.mark.parametrize("path", _cases(".yaml"), ids=_id)
def test_bad_unit(path: Path, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    """A unit gets its errors, or what was noticed while it was assessed."""
    monkeypatch.chdir(path.parent)
    text = path.read_bytes().decode("utf-8", "replace")
    strict = "strict" in _DIRECTIVE.findall(text)
    found = _of_unit(Path(path.name), strict=strict)

    compare({path.name: text}, found)
    golden(_id(path), found)


def _of_unit(path: Path, *, strict: bool) -> tuple[Diagnostic, ...]:
    rulesets = {level: _ruleset(level) for level in LEVELS}
    vocabulary = rulesets["district"].vocabulary
    try:
        unit = bind(read_unit(path), vocabulary, strict=strict)
    except FactError as error:
        return error.diagnostics
    date = unit.as_of or DATE
    return ntmrules.evaluate(rulesets[unit.level.name], unit, as_of=date).findings


def _ruleset(level: str) -> ntmrules.Ruleset:
    return ntmrules.loads(RULESET.format(level=level), files=BESIDE)


# ── What no line of a file can show ─────────────────────────────────────────


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, so that names of files are short."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in {**BESIDE, **files}.items():
        (folder / name).write_text(text, "utf-8")


def _version(number: int, dates: str, more: str = "", body: str = "debt_free") -> str:
    return f"""\
ruleset test.district
  name     "District"
  for      district
  basis    "{number}/TEST" dated 2020-01-01
  in force {dates}
  {more}
use test.facts

criterion 1 "A": {body}
"""


def _refused(function: Callable[[], object]) -> tuple[Diagnostic, ...]:
    """Give the diagnostics of what is raised."""
    with pytest.raises(ntmrules.NtmRulesError) as raised:
        function()
    return raised.value.diagnostics


def _told(found: Iterable[Diagnostic]) -> list[str]:
    return [one.code.id for one in found]


def test_unreadable_file(folder: Path, golden: Golden) -> None:
    """A path that leads nowhere, and one that leads to a folder."""
    (folder / "rulesets").mkdir()
    missing = api.check(Path("commune.ntm"))
    is_folder = _refused(lambda: api.load(Path("rulesets")))

    assert ["NTM001", "NTM001"] == _told([*missing, *is_folder])
    assert "cannot read `commune.ntm`: no such file or directory" == missing[0].message
    assert "cannot read `rulesets`: it is a folder" == is_folder[0].message
    golden("files/NTM001-unreadable-file", [*missing, *is_folder])


def test_not_utf8(folder: Path, golden: Golden) -> None:
    """The place is that of the first byte that cannot be read."""
    text = _version(1, "from 2021-01-01").replace("District", "Xã")
    (folder / "old.ntm").write_bytes(text.encode("cp1252"))
    (found,) = api.check(Path("old.ntm"))

    assert ("old.ntm", 2, "NTM002") == _place(found)
    assert "byte 0x" in found.message
    golden("files/NTM002-not-utf8", [found])


def test_file_too_large(golden: Golden) -> None:
    """A file of more bytes than any ruleset has is not looked at."""
    text = "#" * (MAX_FILE_BYTES + 1)
    (found,) = ntmrules.check_text(text, name="huge.ntm")

    assert ("huge.ntm", 1, "NTM004") == _place(found)
    assert f"{MAX_FILE_BYTES} that `MAX_FILE_BYTES` allows" in found.message
    golden("files/NTM004-file-too-large", [found])


def test_no_rulesets(folder: Path, golden: Golden) -> None:
    """A folder without a file of ours is told, not passed over."""
    (folder / "empty").mkdir()
    (found,) = api.check(Path("empty"))

    assert ("", 0, "NTM006") == _place(found)
    assert "no `.ntm` file under `empty`" == found.message
    golden("files/NTM006-no-rulesets", [found])


def test_no_cases(folder: Path, golden: Golden) -> None:
    """Nothing tested is not the same as nothing wrong."""
    (folder / "empty").mkdir()
    (found,) = find_cases(Path("empty")).diagnostics

    assert ("", 0, "NTM009") == _place(found)
    golden("files/NTM009-no-cases", [found])


LINTED = """\
vocabulary test.lint
unit person, persons
level commune, communes
enum region { north, south }
fact region: region
fact insured: share of persons
fact poоr: share of persons
define half = 50%
"""
LINTED_RULES = """\
ruleset test.lint
  for   commune
  basis "0/TEST" dated 2020-01-01
  in force from 2020-01-01
use test.lint
define unused = 95%
define used = 90%
criterion 1 "A": insured >= used
criterion 2 "B": insured >= by region { | north | south | | 95% | 95% | }
criterion 3 "C" {
  basis "0/TEST, 3"
  require insured > 0%
}
criterion 4 "D": insured >= by region, year {
  | region | 2021 | otherwise |
  | north  | 60%  | 60%       |
  | south  | 70%  | 70%       |
}
"""


def test_lints(golden: Golden) -> None:
    """What is allowed and probably not meant, told to everybody or to who asks."""
    files = [
        parse(SourceFile(name, text), Sink())
        for name, text in (("facts.ntm", LINTED), ("rules.ntm", LINTED_RULES))
    ]

    read = [file for file in files if file is not None]
    found = [slip for file in read for slip in slips(file)]
    found += lint(read, whole=True)

    assert [
        ("facts.ntm", 7, "NTM233"),
        ("rules.ntm", 9, "NTM631"),
        ("rules.ntm", 14, "NTM632"),
        ("rules.ntm", 6, "NTM231"),
        ("rules.ntm", 9, "NTM502"),
        ("rules.ntm", 16, "NTM502"),
        ("facts.ntm", 7, "NTM232"),
        ("facts.ntm", 8, "NTM231"),
    ] == [_place(one) for one in found]
    golden("writing/NTM231-lints", found)


BAD_CASES = """\
- {id: a, unit: {level: commune}, want: {"1": passed}}
- {id: b, wants: {"1": met}}
- {id: c, unit: {level: commune}, want: {"1": met, gap: {"1": some}}}
- {id: c, unit: {level: commune}, want: {"1": met}}
- {id: c, unit: {level: commune}, want: {"1": met}}
- {note: d, unit: {level: commune}, as_of: 2024, want: {missing: x}}
- {id: e, error: {line: x}, file: "", criteria: ""}
- f
"""


def test_bad_case(golden: Golden) -> None:
    """Each mistake of a file of cases is told; the other cases can be run."""
    sink = Sink()

    cases = read_cases(SourceFile("cases/a.yaml", BAD_CASES), sink)

    assert ["c"] == [case.id for case in cases]
    assert {"NTM750"} == {found.code.id for found in sink}
    golden("files/NTM750-bad-case", list(sink.sorted()))


BAD_TABLE = """\
id,name,insured,debt
1,A,4800/5000
2,B,1/2
3,"A" B,1/2,0
4,C,"95,5%",1.234
5,D,1/2,0 VND
"""


def test_bad_tables(folder: Path, golden: Golden) -> None:
    """Rows that are none are told with their line; so is a file that ends in one."""
    asked = RULESET.replace("insured >= 95%", "insured >= 95% and rural")
    _write(folder, {"test.ntm": asked.format(level="commune")})
    table, cut = Path("table.csv"), Path("cut.csv")
    table.write_text(BAD_TABLE, "utf-8")
    cut.write_text(f'{BAD_TABLE}6,"D,1/2,0\n7,E,1/2,0\n', "utf-8")
    task = tables.Task(api.load(Path("test.ntm")), DATE, {}, accept_unverified=False)

    batch = tables.Batch(task, [tables.open_table(table, tables.Format.CSV)], {})
    refused = [one for part in batch.decided() for one in part.refused.items()]
    broken = tables.Batch(task, [tables.open_table(cut, tables.Format.CSV)], {})
    told = _refused(lambda: list(broken.decided()))

    assert [0, 1, 2, 3] == [at for at, _ in refused]
    assert ["NTM740"] == [one.code.id for one in told]
    rows = [one for _, found in refused for one in found]
    golden("facts/NTM740-NTM742-tables", [*batch.warnings(), *rows, *told])


def test_not_a_ruleset(folder: Path, golden: Golden) -> None:
    """A vocabulary cannot be loaded in place of a ruleset."""
    _write(folder, {})
    (found,) = _refused(lambda: api.load(Path("more.ntm")))

    assert ("NTM007", "more.ntm") == (found.code.id, found.place)
    assert "`test.more` is a vocabulary, not a ruleset" == found.message
    golden("files/NTM007-not-a-ruleset", [found])


def test_folder_too_large(
    folder: Path, golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder with too many files, of any kind, is not searched."""
    _write(folder, {"a.txt": "", "b.txt": ""})
    monkeypatch.setattr(entries, "MAX_FOLDER_FILES", 3)
    (found,) = api.check(Path())

    assert ("", 0, "NTM008") == _place(found)
    assert "`.` holds more than the 3 files that `MAX_FOLDER_FILES`" in found.message
    golden("files/NTM008-folder-too-large", [found])


def test_file_too_long(golden: Golden) -> None:
    """A file of more words and signs than any ruleset has is not read to its end."""
    text = _version(1, "from 2021-01-01", body="a\n" * MAX_TOKENS)
    (found,) = ntmrules.check_text(text, files=BESIDE, name="long.ntm")

    assert "NTM116" == found.code.id
    assert f"more than {MAX_TOKENS} words" in found.message
    golden("writing/NTM116-file-too-long", [found])


def test_name_in_the_way(golden: Golden) -> None:
    """A name that is a keyword in Vietnamese keeps a file from being converted."""
    text = _version(1, "from 2021-01-01", body="mức").replace(
        "use ", "define mức = debt_free\n\nuse "
    )
    sink = Sink()
    made = format_source(SourceFile("district.ntm", text), sink, Language.VI)
    (found,) = sink

    assert None is made
    assert ("district.ntm", text[: text.index("mức")].count("\n") + 1, "NTM120") == (
        _place(found)
    )
    assert "the name `mức` is read as a keyword in Vietnamese" == found.message
    golden("writing/NTM120-name-in-the-way", [found])


def test_too_many_references(folder: Path, golden: Golden) -> None:
    """Rulesets that refer to each other in a long row are refused at its end."""
    count = MAX_REFERENCES + 1
    for number in range(count):
        text = _version(number, "from 2021-01-01").replace(
            "district\n", f"d{number}\n", 1
        )
        if number + 1 < count:
            body = f"at least 1 of criteria of test.d{number + 1}"
            text = text.replace("debt_free", body)
        (folder / f"d{number:02}.ntm").write_text(text, "utf-8")
    _write(folder, {})
    found = api.check(Path())

    deep = [one for one in found if one.code.id == "NTM210"]
    assert [f"d{count - 2:02}.ntm"] == [one.span.file.name for one in deep if one.span]
    assert f"more than {MAX_REFERENCES} deep (`MAX_REFERENCES`)" in deep[0].message
    golden("names/NTM210-too-many-references", deep)


def test_offered_twice(folder: Path, golden: Golden) -> None:
    """An id that two packages offer belongs to neither."""
    _write(folder, {})
    text = _version(1, "from 2021-01-01").encode()
    offering = [
        entries.Entry(f"{package}/district.ntm", lambda: text, package)
        for package in ("one-province", "other-province")
    ]
    offered = shelf.Shelf(lambda: offering)
    (found,) = [
        one
        for one in offered.versions("test.district").diagnostics
        if one.code.id == "NTM211"
    ]

    assert ("", 0, "NTM211") == _place(found)
    assert "both `one-province` and `other-province`" in found.message
    golden("names/NTM211-offered-twice", [found])


def test_not_in_force(folder: Path, golden: Golden) -> None:
    """Between two versions there is none, and the older one does not stand in."""
    old, new = "from 2016-01-01 to 2020-06-30", "from 2021-01-01 to 2025-12-31"
    files = {"2016.ntm": _version(1, old), "2021.ntm": _version(2, new)}
    _write(folder, files)
    catalogue = ntmrules.Catalogue(folder)

    def load(year: int) -> tuple[Diagnostic, ...]:
        date = datetime.date(year, 12, 1)
        return _refused(
            lambda: api.load("test.district", as_of=date, catalogue=catalogue)
        )

    found = [*load(2015), *load(2020), *load(2026)]
    assert ["NTM402"] * 3 == _told(found)
    assert "begins on 2016-01-01" in found[0].message
    assert "`1/TEST` ended on 2020-06-30; the version of `2/TEST`" in found[1].message
    assert "ended on 2025-12-31" in found[2].message
    golden("dates/NTM402-not-in-force", found)


def test_version_not_chosen(folder: Path, golden: Golden) -> None:
    """An id with two versions is not loaded without a date."""
    old, new = "from 2016-01-01 to 2020-12-31", "from 2021-01-01"
    files = {"2016.ntm": _version(1, old), "2021.ntm": _version(2, new)}
    _write(folder, files)
    catalogue = ntmrules.Catalogue(folder)
    (found,) = _refused(lambda: api.load("test.district", catalogue=catalogue))

    assert ("", 0, "NTM407") == _place(found)
    assert "2016-01-01 to 2020-12-31, from 2021-01-01" in found.message
    golden("dates/NTM407-version-not-chosen", [found])


# ── Findings that need a ruleset, a unit and a date ─────────────────────────

UNIT: Mapping[str, object] = MappingProxyType(
    {"level": "district", "id": "vn.test", "facts": {"debt_free": True}}
)


def _findings(
    text: str, unit: Mapping[str, object], date: datetime.date
) -> tuple[Diagnostic, ...]:
    ruleset = ntmrules.loads(text, files=BESIDE, name="district.ntm")
    return ntmrules.evaluate(ruleset, unit, as_of=date).findings


def test_facts_of_other_date(golden: Golden) -> None:
    """Facts of an earlier date stand for the assessment, and that is said."""
    unit = {**UNIT, "as_of": "2021-12-31"}
    (found,) = _findings(_version(1, "from 2021-01-01"), unit, DATE)

    assert ("NTM712", "vn.test") == (found.code.id, found.place)
    assert (
        "the facts are of 2021-12-31, the assessment is of 2024-12-31" == found.message
    )
    golden("facts/NTM712-facts-of-other-date", [found])


def test_outside_dates(golden: Golden) -> None:
    """A ruleset that was asked for by name is assessed, and grants nothing."""
    text = _version(1, "from 2021-01-01 to 2023-12-31")
    (found,) = _findings(text, UNIT, DATE)

    assert ("district.ntm", 1, "NTM713") == _place(found)
    assert "from 2021-01-01 to 2023-12-31, not on 2024-12-31" in found.message
    golden("facts/NTM713-outside-dates", [found])


def test_wrong_level(golden: Golden) -> None:
    """A commune is not assessed by a ruleset for districts."""
    unit = {**UNIT, "level": "commune"}
    text = _version(1, "from 2021-01-01")
    (found,) = _refused(lambda: _findings(text, unit, DATE))

    assert ("", 0, "NTM719") == _place(found)
    assert "`test.district` assesses a district, and `vn.test` is a commune" in str(
        found
    )
    golden("facts/NTM719-wrong-level", [found])


def test_no_date(golden: Golden) -> None:
    """Nothing reads the clock."""
    ruleset = ntmrules.loads(_version(1, "from 2021-01-01"), files=BESIDE)
    (found,) = _refused(lambda: ntmrules.evaluate(ruleset, UNIT))

    assert ("", 0, "NTM721") == _place(found)
    assert "neither `as_of` nor the unit gives one" in found.message
    golden("facts/NTM721-no-assessment-date", [found])


def test_reference_out_of_force(golden: Golden) -> None:
    """A reference that is not in force on the date leaves its criterion unknown."""
    lower = _version(1, "from 2016-01-01 to 2022-12-31")
    lower = lower.replace("test.district", "test.lower")
    text = _version(2, "from 2021-01-01", body="at least 1 of criteria of test.lower")
    files = {**BESIDE, "lower.ntm": lower}
    ruleset = ntmrules.loads(text, files=files, name="district.ntm")
    (found,) = ntmrules.evaluate(ruleset, UNIT, as_of=DATE).findings

    assert ("NTM724", "test.district") == (found.code.id, found.place)
    assert "not in force on 2024-12-31: in force 2016-01-01" in found.message
    golden("facts/NTM724-reference-out-of-force", [found])


def test_facts_later(golden: Golden) -> None:
    """Nothing from the future certifies."""
    unit = {**UNIT, "as_of": "2025-06-30"}
    (found,) = _findings(_version(1, "from 2021-01-01"), unit, DATE)

    assert ("NTM725", "vn.test") == (found.code.id, found.place)
    assert "of 2025-06-30, after the assessment date 2024-12-31" in found.message
    golden("facts/NTM725-facts-later", [found])


def test_draft_used(golden: Golden) -> None:
    """A draft that was asked for by file is assessed, and grants nothing."""
    text = _version(1, "from 2021-01-01", "status draft")
    (found,) = _findings(text, UNIT, DATE)

    assert ("district.ntm", 1, "NTM726") == _place(found)
    assert "`test.district` has the status draft: nothing is granted" == found.message
    golden("facts/NTM726-draft-used", [found])


def test_receipt_differs(folder: Path) -> None:
    """A receipt is not repeated on a unit whose figures are no longer the same."""
    _write(folder, {"district.ntm": _version(1, "from 2021-01-01")})
    unit = Path("unit.yaml")
    unit.write_text("level: district\nid: a\nas_of: 2024-12-31\n", "utf-8")
    run("evaluate", "./district.ntm", unit, "--receipt", "receipt.json")
    unit.write_text("level: district\nid: b\nas_of: 2024-12-31\n", "utf-8")
    told = run("replay", "receipt.json", "--lang", "en")

    assert 1 == told.status
    assert "error[NTM727]: the assessment cannot be repeated: " in told.output


def test_bug(capsys: pytest.CaptureFixture[str]) -> None:
    """What ntmrules itself got wrong comes with its traceback."""
    tell_bug(ZeroDivisionError("a verdict was divided"), Language.EN)

    told = capsys.readouterr().err
    assert "error[NTM901]: ntmrules failed: ZeroDivisionError" in told


# ── Rendering ───────────────────────────────────────────────────────────────

# Tabs and wide characters, combining marks, what turns the direction, no text at all.
ODD = st.text(
    st.sampled_from("a #{}|\t\n\r\x00\x1b漢字ắ\u0301\u200d\u202e\ud800😀`\\")
    | st.characters(),
    max_size=40,
)
LONG = st.integers(1, 5_000).map("ă {".__mul__)


@st.composite
def _spans(draw: st.DrawFn) -> Span:
    file = SourceFile(draw(ODD), draw(ODD | LONG))
    start = draw(st.integers(0, len(file.text)))
    return Span(file, start, draw(st.integers(start, len(file.text))))


@st.composite
def _diagnostics(draw: st.DrawFn) -> Diagnostic:
    code = draw(st.sampled_from(list(CODES.values())))
    fill = ODD | LONG | st.integers() | st.builds(Text, ODD, ODD)
    holes = re.findall(r"\{(\w+)\}", code.text.en)
    spans = st.none() | _spans()
    notes = st.builds(Note, st.builds(Text, *[ODD.map(_plain)] * 2), spans)
    return Diagnostic(
        code,
        draw(spans),
        {hole: draw(fill) for hole in holes},
        place=draw(ODD),
        notes=tuple(draw(st.lists(notes, max_size=2))),
        help=draw(st.none() | st.builds(Help, st.builds(Text, *[ODD.map(_plain)] * 2))),
    )


def _plain(text: str) -> str:
    return re.sub("[{}]", "", text)


@given(_diagnostics())
def test_every_diagnostic_can_be_rendered(diagnostic: Diagnostic) -> None:
    """Whatever the text, the names and the place are: in every form and language."""
    for language in Language:
        assert diagnostic.code.id in render(diagnostic, language)
        assert diagnostic.code.id in render_plain(diagnostic, language)
    assert diagnostic.code.id in str(diagnostic)


@given(_spans())
def test_marks_stand_under_the_line(span: Span) -> None:
    """The line is shown whole, or a window of it, and never without its marks."""
    shown = render(Diagnostic(EMPTY_FILE, span)).split("\n")
    marked = [line for line in shown if re.search(r"\| +\^+$", line)]

    assert len(marked) <= 1
    for line in marked:
        text = shown[shown.index(line) - 1]
        assert len(line) <= len(text) + 1
        assert len(text) < 200


# ── The examples of the pages ───────────────────────────────────────────────

PAGES = HERE.parents[1] / "docs" / "diagnostics"
HEADER = """\
ruleset test.case
  name     "Case"
  for      district
  basis    "0/TEST" dated 2020-01-01
  in force from 2021-01-01 to 2025-12-31

"""
_WHOLE = re.compile(r"ruleset test\.case\n|vocabulary |level: |# ")
_PART = re.compile(r"criterion |precondition |define |use |set ")


def _examples(path: Path) -> list[str]:
    """Give the mistake of a page, and its repair; nothing if they are only told."""
    blocks: list[str] = re.findall(
        r"```text\n(.*?)```", path.read_text("utf-8"), re.DOTALL
    )
    return [text for text in blocks[:2] if _WHOLE.match(text) or _PART.match(text)]


def _of_example(text: str) -> tuple[Diagnostic, ...]:
    text = text.replace(r"\u0001", "\x01")
    if text.startswith("level: "):
        Path("unit.yaml").write_text(text, "utf-8")
        return _of_unit(Path("unit.yaml"), strict=False)
    if not _WHOLE.match(text):
        use = "" if text.startswith("use ") else "use test.facts\n"
        text = HEADER + use + text
    tree = parse(SourceFile("<text>", text), Sink())
    lints = () if tree is None else lint([tree])
    return (*ntmrules.check_text(text, files=BESIDE), *lints)


SHOWN = [path for path in sorted(PAGES.glob("NTM*.md")) if len(_examples(path)) == 2]


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.stem)
def test_page_shows_mistake_and_repair(path: Path, folder: Path) -> None:
    """The first example of a page has its code; the second has no error at all."""
    mistake, repair = (_of_example(text) for text in _examples(path))

    assert path.stem in _told(mistake)
    assert [] == [str(one) for one in repair if one.severity is Severity.ERROR]
    assert path.stem not in _told(repair)


def test_most_pages_are_shown() -> None:
    """The others need two files, a date, or a file that is too large to print."""
    assert len(SHOWN) > 65


# ── All of them together ────────────────────────────────────────────────────

FAMILIES: Mapping[int, tuple[str, ...]] = MappingProxyType(
    {
        # Unknown fact, level, title, case, ruleset: the nearest name.
        1: ("NTM201", "NTM207"),
        # Slips of writing, and what was not closed.
        2: ("NTM103", "NTM104", "NTM105", "NTM106", "NTM107", "NTM108"),
        # A share beside a number, other units, other nouns, condition or value.
        3: ("NTM301", "NTM302", "NTM303", "NTM304", "NTM305"),
        # A quantifier over a level that is not below.
        4: ("NTM306",),
        # Too many of too few, out of reach, always the same, repeated.
        5: ("NTM604", "NTM605", "NTM606", "NTM607"),
        # A table that misses a case, names one twice, or has a ragged row.
        6: ("NTM601", "NTM602", "NTM603"),
        # Versions that overlap or leave a gap; a reference out of force.
        7: ("NTM401", "NTM406", "NTM402", "NTM404", "NTM724"),
        # Building on another ruleset: beyond a bound, less than was promised.
        8: ("NTM621", "NTM622"),
        # No basis; labels out of order or used twice.
        9: ("NTM114", "NTM501", "NTM203", "NTM204"),
        # Facts: unknown, out of domain, twice, misplaced, contradicting themselves.
        10: ("NTM701", "NTM703", "NTM704", "NTM705", "NTM706", "NTM707"),
        # Limits.
        11: (
            "NTM004",
            "NTM008",
            "NTM109",
            "NTM110",
            "NTM116",
            "NTM210",
            "NTM610",
            "NTM715",
        ),
    }
)


def _heads() -> list[str]:
    """Give the first line of each English message on file."""
    texts = [path.read_text("utf-8") for path in MESSAGES.rglob("*.txt")]
    return re.findall(r"^(?:error|warning|info)\[.*", "\n".join(texts), re.MULTILINE)


def test_families() -> None:
    """Each kind of mistake that people make is found."""
    assert list(range(1, 12)) == list(FAMILIES)
    shown = {head.partition("[")[2][:6] for head in _heads()}
    wanted = {code for codes in FAMILIES.values() for code in codes}
    assert set() == wanted - shown


def test_limits_are_named() -> None:
    """A limit is told with its name, its value, and what was met."""
    limits = [head for head in _heads() if "MAX_" in head]

    assert len(limits) > 5
    for head in limits:
        assert re.search(r"`MAX_[A-Z_]+`", head), head
        assert re.search(r"\d", head.partition(":")[2]), head


def test_messages_belong_to_something() -> None:
    """The messages of a file or test that went are not kept."""
    source = Path(__file__).read_text("utf-8")
    wanted = {_id(path) for path in _cases(".ntm", "", ".yaml")}
    wanted |= set(re.findall(r'golden\("([^"]+)"', source))
    found = {
        path.relative_to(MESSAGES).with_suffix("").as_posix()
        for path in MESSAGES.rglob("*.txt")
    }

    assert set() == wanted ^ found
