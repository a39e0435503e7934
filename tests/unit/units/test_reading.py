"""Reading unit files: what can go wrong before the first fact."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from ntmrules._yaml import MAX_UNIT_BYTES, Sequence, parse_yaml
from ntmrules.diagnostics import Diagnostic, Sink
from ntmrules.errors import FactError
from ntmrules.source import SourceFile
from ntmrules.text import Language
from ntmrules.units import parse_unit, read_unit, unit_from_node


def refused(path: Path) -> Diagnostic:
    """Give the one complaint about a file."""
    with pytest.raises(FactError) as caught:
        read_unit(path)
    (found,) = caught.value.diagnostics
    return found


def test_a_file_is_read(tmp_path: Path) -> None:
    """With its name, for the sake of complaints."""
    path = tmp_path / "unit.yaml"
    path.write_bytes("\ufefflevel: commune\r\nas_of: 2021-12-31\r\n".encode())

    data = read_unit(path)

    assert (str(path), datetime.date(2021, 12, 31)) == (data.name, data.as_of)
    assert ["level", "as_of"] == list(data.tree.entries)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """Its path is told, in either language."""
    path = tmp_path / "unit.yaml"

    found = refused(path)

    assert "NTM001" == found.code.id
    assert f"cannot read `{path}`: there is no such file" in str(found)
    assert "không có tệp này" in found.message_in(Language.VI)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """Nor is anything else that cannot be read."""
    assert "it is a folder" in str(refused(tmp_path))


def test_a_path_that_no_file_can_have() -> None:
    """Python complains of it in its own way."""
    assert "NTM001" == refused(Path("a\0b")).code.id
    assert "NTM001" == refused(Path("x" * 5_000)).code.id


@pytest.mark.parametrize(
    ("data", "code", "line", "words"),
    [
        (b"", "NTM714", 1, "empty"),
        (b"# nothing\n", "NTM714", 2, "empty"),
        (b"---\n", "NTM723", 2, "a unit must be a mapping"),
        (b"commune", "NTM723", 1, "`commune`"),
        (b"- level: commune", "NTM723", 1, "a list"),
        (b"a: 1\nb: \xff", "NTM002", 2, "byte 8"),
        ("level: commune".encode("utf-16"), "NTM002", 1, "byte 0"),
        (b"a: 1\nb: \x00", "NTM003", 2, "U+0000"),
        (b"a: 1\nb: \x1b[0m", "NTM003", 2, "U+001B"),
        (b"a: 1\na: 2", "NTM707", 2, "the key `a`"),
        (b"a: 1\nb: [1, 2", "NTM714", 2, "`]`"),
    ],
)
def test_bytes_that_are_no_unit(
    tmp_path: Path, data: bytes, code: str, line: int, words: str
) -> None:
    """Each at its line."""
    path = tmp_path / "unit.yaml"
    path.write_bytes(data)

    found = refused(path)

    assert found.span is not None
    assert (code, line) == (found.code.id, found.span.line)
    assert words in str(found)


def test_size_is_bounded(tmp_path: Path) -> None:
    """Of files and of texts."""
    path = tmp_path / "unit.yaml"
    path.write_bytes(b" " * (MAX_UNIT_BYTES + 1))

    assert "`MAX_UNIT_BYTES`" in str(refused(path))
    with pytest.raises(FactError, match="MAX_UNIT_BYTES"):
        parse_unit("ể" * (MAX_UNIT_BYTES // 3 + 1))


def test_a_part_of_a_file_may_be_a_unit() -> None:
    """As in files of cases: the places stay those of the whole file."""
    source = SourceFile("cases.yaml", "- {level: commune}\n- no\n")
    node = parse_yaml(source, Sink())
    assert isinstance(node, Sequence)

    data = unit_from_node(node.items[0])

    assert "cases.yaml" == data.name
    with pytest.raises(FactError, match=r"cases\.yaml:2:3: NTM723"):
        unit_from_node(node.items[1])
