"""Loading and checking files, folders, texts and ids."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import ntmrules
from ntmrules import Catalogue, RulesetError


ROOT = Path(__file__).parents[3]
VOCABULARY = (ROOT / "tests/conformance/vocabulary.ntm").read_text("utf-8")
TEXT = """ruleset test.case
  name "Case"
  for district
  basis "0/TEST" dated 2020-01-01
  in force from 2020-01-01 to 2025-12-31
use test.facts
criterion 1 "A": crimes <= 3
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder that holds a vocabulary and a ruleset, in different folders."""
    (tmp_path / "below" / "deep").mkdir(parents=True)
    (tmp_path / "case.ntm").write_text(TEXT, "utf-8")
    (tmp_path / "below" / "deep" / "facts.ntm").write_text(VOCABULARY, "utf-8")
    return tmp_path


def codes(diagnostics: tuple[ntmrules.Diagnostic, ...]) -> list[str]:
    """Give the codes."""
    return [found.code.id for found in diagnostics]


def test_what_a_file_uses_lies_in_its_folder_tree(folder: Path) -> None:
    """Below it, at any depth; not above it."""
    assert "test.case" == ntmrules.load(folder / "case.ntm").id
    (folder / "below" / "case.ntm").write_text(TEXT, "utf-8")
    assert "test.case" == ntmrules.load(folder / "below" / "case.ntm").id
    (folder / "other").mkdir()
    (folder / "other" / "case.ntm").write_text(TEXT, "utf-8")
    assert ["NTM207"] == codes(ntmrules.check(folder / "other" / "case.ntm"))


def test_the_own_folder_comes_first(folder: Path) -> None:
    """A vocabulary of the same name that is shipped is not looked at."""
    text = TEXT.replace("test.facts", "vn.facts").replace("crimes", "own_fact")
    own = VOCABULARY.replace("test.facts", "vn.facts").replace("crimes", "own_fact")
    (folder / "case.ntm").write_text(text, "utf-8")
    (folder / "facts.ntm").write_text(own, "utf-8")

    assert [] == codes(ntmrules.check(folder / "case.ntm"))


def test_a_text_brings_its_files() -> None:
    """They come before the catalogue; without them the vocabulary is unknown."""
    assert "test.case" == ntmrules.loads(TEXT, files={"v.ntm": VOCABULARY}).id
    with pytest.raises(RulesetError, match="NTM207"):
        ntmrules.loads(TEXT)


def test_a_vocabulary_is_no_ruleset(folder: Path) -> None:
    """It can be checked, not loaded."""
    path = folder / "below" / "deep" / "facts.ntm"

    assert [] == codes(ntmrules.check(path))
    assert [] == codes(ntmrules.check_text(VOCABULARY))
    with pytest.raises(RulesetError, match="NTM007"):
        ntmrules.load(path)
    with pytest.raises(RulesetError, match="NTM007"):
        ntmrules.loads(VOCABULARY)


def test_every_problem_is_carried(folder: Path) -> None:
    """In the order of the text, and `check` gives the same."""
    text = TEXT.replace("crimes <= 3", "crimez <= 3 and insured >= 5")
    (folder / "case.ntm").write_text(text, "utf-8")
    with pytest.raises(RulesetError) as caught:
        ntmrules.load(folder / "case.ntm")

    assert ["NTM201", "NTM301"] == codes(caught.value.diagnostics)
    assert list(map(str, caught.value.diagnostics)) == list(
        map(str, ntmrules.check(folder / "case.ntm"))
    )


def test_warnings_do_not_stop_a_file() -> None:
    """Only errors do."""
    text = TEXT.replace("crimes <= 3", "crimes >= 0")

    assert ["NTM606"] == codes(ntmrules.check_text(text, files={"v": VOCABULARY}))
    assert "test.case" == ntmrules.loads(text, files={"v": VOCABULARY}).id


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"", "NTM005"),
        (b"# nothing\n", "NTM005"),
        (b"\xff\xfe", "NTM002"),
        (b"ruleset x\x00", "NTM003"),
        (b"#" * 2_000_001, "NTM004"),
        (b"#" * 5_000_000, "NTM004"),
    ],
    ids=["empty", "comment", "not-utf8", "nul", "large", "larger"],
)
def test_files_that_cannot_be_read(tmp_path: Path, content: bytes, wanted: str) -> None:
    """Each has its own code."""
    path = tmp_path / "x.ntm"
    path.write_bytes(content)

    assert [wanted] == codes(ntmrules.check(path))
    with pytest.raises(RulesetError, match=wanted):
        ntmrules.load(path)


def test_what_is_no_file(tmp_path: Path) -> None:
    """A folder, nothing, a name that none can have, a source without end."""
    for path in (tmp_path, tmp_path / "absent.ntm", tmp_path / "a\0b.ntm"):
        with pytest.raises(RulesetError, match="NTM001"):
            ntmrules.load(path)
    if Path("/dev/zero").exists():
        assert ["NTM004"] == codes(ntmrules.check(Path("/dev/zero")))


def test_a_folder_is_checked_whole(folder: Path) -> None:
    """All its files, and the versions of one id against each other."""
    assert [] == codes(ntmrules.check(folder))
    later = TEXT.replace("from 2020-01-01 to 2025-12-31", "from 2025-12-31")
    (folder / "later.ntm").write_text(later, "utf-8")
    (folder / "broken.ntm").write_text("rulset x", "utf-8")

    assert {"NTM401", "NTM101"} <= set(codes(ntmrules.check(folder)))


def test_folders_without_rulesets(tmp_path: Path) -> None:
    """Hidden folders and other files are not looked at."""
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "case.ntm").write_text(TEXT, "utf-8")
    (tmp_path / "case.txt").write_text(TEXT, "utf-8")
    (tmp_path / "folder.ntm").mkdir()

    assert ["NTM006"] == codes(ntmrules.check(tmp_path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_in_a_folder_is_left_alone(folder: Path) -> None:
    """Nobody writes to it."""
    os.mkfifo(folder / "pipe.ntm")

    assert [] == codes(ntmrules.check(folder))


def test_ids(folder: Path) -> None:
    """An id is checked with all its versions; an unknown one is named."""
    catalogue = Catalogue(folder)

    assert () == ntmrules.check("test.case", catalogue=catalogue)
    assert ["NTM207"] == codes(ntmrules.check("test.cse", catalogue=catalogue))
    with pytest.raises(RulesetError, match=r"write `test\.case`"):
        ntmrules.load("test.cse", catalogue=catalogue)


def test_long_comments_hide_no_ruleset(folder: Path) -> None:
    """A page of notes before the first word is still the same file."""
    notes = "# a long note on the decree\n" * 1_000
    (folder / "case.ntm").write_text(notes + TEXT, "utf-8")

    assert "test.case" == ntmrules.load("test.case", catalogue=Catalogue(folder)).id
