"""YAML with line numbers and no surprises."""

from __future__ import annotations

import subprocess
import sys

import pytest
import yaml

from ntmrules._yaml import (
    Node,
    Scalar,
    Sequence,
    Table,
    _read,
    decode,
    parse_yaml,
)
from ntmrules.diagnostics import Diagnostic, Sink
from ntmrules.source import SourceFile
from ntmrules.text import Language


@pytest.fixture(params=["libyaml", "pure"])
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read with either engine of PyYAML."""
    kind: str = request.param
    if kind == "libyaml" and not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(yaml, "__with_libyaml__", kind == "libyaml")
    return kind


def parsed(text: str) -> Node:
    """Read a text that is all right."""
    sink = Sink()
    node = parse_yaml(SourceFile("a.yaml", text), sink)
    assert [] == [str(one) for one in sink]
    assert node is not None
    return node


def refused(text: str) -> list[Diagnostic]:
    """Read a text that is not."""
    sink = Sink()
    parse_yaml(SourceFile("a.yaml", text), sink)
    assert sink.failed
    return list(sink)


def value(text: str) -> Scalar:
    """Read the value of one key."""
    node = parsed(f"a: {text}\n")
    assert isinstance(node, Table)
    scalar = node.entries["a"]
    assert isinstance(scalar, Scalar)
    return scalar


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize(
    "text",
    "no yes on off True NULL 00123 0x1F 0o17 1_000 1:30 12:30:45 1e5 .5 5. .nan .inf"
    " 2021-12-31 2021-12-31T10:00:00Z 64.99999999999999999 = 1/2 93.02% 3,5 +1 -0 ~x"
    " 100/200=50% null. x:y a#b".split(),
)
def test_a_plain_scalar_stays_text(text: str) -> None:
    """Whoever reads it knows what it should be."""
    assert Scalar(text) == value(text)


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'no'", "no"),
        ('"null"', "null"),
        ('""', ""),
        ("'it''s'", "it's"),
        ('"t\\t\\u1ec3"', "t\tể"),
        ('"Xa\\u0303"', "Xã"),
        ("|\n  one\n  two", "one\ntwo\n"),
        (">-\n  one\n  two", "one two"),
    ],
)
def test_a_quoted_scalar_is_marked(text: str, expected: str) -> None:
    """It was meant as text, whatever it looks like."""
    assert Scalar(expected, quoted=True) == value(text)


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("text", ["", "~", "null"])
def test_what_is_absent(text: str) -> None:
    """Nothing, a tilde, or `null`; in quotes they are text."""
    assert value(text).absent
    assert not value(f"'{text}'").absent
    assert not value("NULL").absent
    assert not value("0").absent


@pytest.mark.usefixtures("reader")
def test_nodes_have_their_shape() -> None:
    """Lists and mappings, in the order of the file."""
    node = parsed("b: [1, {c: 2}]\na:\n- x\n- - y\nd: {}\n")

    assert node == Table(
        {
            "b": Sequence((Scalar("1"), Table({"c": Scalar("2")}))),
            "a": Sequence((Scalar("x"), Sequence((Scalar("y"),)))),
            "d": Table({}),
        }
    )
    assert isinstance(node, Table)
    assert ["b", "a", "d"] == list(node.entries)


@pytest.mark.usefixtures("reader")
def test_places_count_code_points() -> None:
    """Beyond the basic plane, after composed letters and line breaks of any kind."""
    node = parsed("😀a: '😀'\r\nXa\u0303: [😀b, {c😀: d}]\ne:\n  f: |\n    😀\ng: h\n")
    assert isinstance(node, Table)

    texts = {key: span.text for key, span in node.keys.items()}
    inner = node.entries["Xã"]
    last = node.entries["g"]

    assert {"😀a": "😀a", "Xã": "Xã", "e": "e", "g": "g"} == texts
    assert isinstance(inner, Sequence)
    assert inner.span is not None
    assert ("[😀b, {c😀: d}]", 2, 5) == (
        inner.span.text,
        inner.span.line,
        inner.span.column,
    )
    assert inner.items[1].span is not None
    assert "{c😀: d}" == inner.items[1].span.text
    assert node.entries["e"].span is not None
    assert 4 == node.entries["e"].span.line
    assert last.span is not None
    assert ("h", 6) == (last.span.text, last.span.line)


@pytest.mark.usefixtures("reader")
def test_a_collection_ends_with_its_last_item() -> None:
    """Not where the next one begins."""
    node = parsed("a:\n  b: 1\n  c: [2]\n\n# comment\nd: 3\n")
    assert isinstance(node, Table)
    span = node.entries["a"].span

    assert span is not None
    assert "b: 1\n  c: [2]" == span.text


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: *a", 2, "aliases"),
        ("a: &b 1", 1, "anchors"),
        ("a: &b [1]", 1, "anchors"),
        ("&a b: 1", 1, "anchors"),
        ("a: !!int 1", 1, "tags"),
        ("a: ! 1", 1, "tags"),
        ("a: !x {}", 1, "tags"),
        ("a:\n  <<: {b: 1}", 2, "merge keys"),
        ("? [a]\n: b", 1, "a key must be"),
        ("{a: 1}: b", 1, "a key must be"),
        ("a: 1\n---\nb: 2", 2, "second document"),
        ("a: 1\n...\n---\n", 3, "second document"),
        ("", 1, "empty"),
        ("# nothing", 1, "empty"),
        ("a: b: c", 1, "`:` is not expected"),
        ("a: [1", 1, "`]` is missing"),
        ("a: {b: 1", 1, "`}` is missing"),
        ("a: %x", 1, "cannot begin with this sign"),
        ("a: @x", 1, "cannot begin with this sign"),
        ("a:\n\t- b", 2, "cannot begin with this sign"),
        ("a: 'x", 1, "quotes are never closed"),
        ('a: "\\q"', 1, "escape"),
        ("a: 1\n- b", 2, "indented"),
        ("- a\nb: 1", 2, "indented"),
        ("a: 1\n...\nb: 2", 3, "after the end"),
        ("a: !x!y 1", 1, "tags"),
        ("%YAML 3.0\n---\na: 1", 1, "incompatible"),
    ],
)
def test_what_is_refused(text: str, line: int, words: str) -> None:
    """With the place, in both languages."""
    found = refused(text)[-1]

    assert "NTM714" == found.code.id
    assert words in found.message
    assert found.span is not None
    assert line == found.span.line
    assert found.message != found.message_in(Language.VI)


@pytest.mark.usefixtures("reader")
def test_the_opening_bracket_is_shown() -> None:
    """Where a list began that never ends."""
    (found,) = refused("a: 1\nb: [1,\n 2\n")

    assert found.notes[0].span is not None
    assert ("[", 2) == (found.notes[0].span.text, found.notes[0].span.line)


@pytest.mark.usefixtures("reader")
def test_a_key_is_given_once() -> None:
    """Every further time is told, with the first place."""
    found = refused("a: 1\nb: {c: 1, 'c': 2}\na: 2\n\"a\": 3\n")

    assert ["NTM707"] * 3 == [one.code.id for one in found]
    assert [2, 3, 4] == [one.span.line for one in found if one.span]
    first = found[1].notes[0].span
    assert first is not None
    assert 1 == first.line


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "[\n" * 100_000, "{a: " * 50_000, "- " * 100_000, "a: " + "[" * 33],
    ids=["flow", "lines", "mappings", "block", "just"],
)
def test_depth_is_bounded(text: str) -> None:
    """However it is written, nothing overflows."""
    (found,) = refused(text)

    assert "NTM715" == found.code.id
    assert "more than the 32 that `MAX_YAML_DEPTH`" in found.message


def test_the_last_level_is_allowed() -> None:
    """The limit itself may be reached."""
    parsed("[" * 32 + "]" * 32)


@pytest.mark.usefixtures("reader")
def test_length_is_bounded() -> None:
    """A number of a million digits is not even looked at."""
    (found,) = refused("a: " + "9" * 10**6)

    assert "1000000, more than the 100000 that `MAX_SCALAR`" in found.message


def test_the_number_of_values_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Within the bounded size; a million take seconds, so here it is less."""
    monkeypatch.setattr(_read, "MAX_YAML_NODES", 1_000)

    (found,) = refused("[" + "a," * 1_000 + "]")

    assert "the number of values is 1001" in found.message
    assert "`MAX_YAML_NODES`" in found.message


def test_the_number_of_problems_is_bounded() -> None:
    """Reading stops when there are too many."""
    found = refused("a: 1\n" * 5_000)

    assert 1_002 == len(found)
    assert "`MAX_PROBLEMS`" in found[-1].message


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize(
    ("text", "character"),
    [
        ("a: \0", "U+0000"),
        ("a: \x07", "U+0007"),
        ("a: \ufeff", "U+FEFF"),
        ("a: \ud800", "U+D800"),
        ("a: \ufffe", "U+FFFE"),
        ('a: "\\0"', "U+0000"),
        ('a: "\\uFEFF"', "U+FEFF"),
    ],
)
def test_some_characters_may_not_stand_there(text: str, character: str) -> None:
    """Neither as they are nor escaped."""
    (found,) = refused(text)

    assert "NTM003" == found.code.id
    assert character in found.message


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("text", ['a: "\\ud800"', 'a: "\\U00110000"'])
def test_an_absurd_escape_is_refused(text: str) -> None:
    """Each engine has its own idea of it."""
    (found,) = refused(text)

    assert found.code.id in {"NTM003", "NTM714"}


def test_bytes_are_utf_8() -> None:
    """A leading mark is dropped; a wrong byte is shown where it stands."""
    sink = Sink()

    source = decode("\ufeffa: 1".encode(), "a.yaml", sink)
    nothing = decode("Xa\u0303: ".encode() + b"\xe1\xbb", "b.yaml", sink)

    assert source is not None
    assert "a: 1" == source.text
    assert nothing is None
    (found,) = sink
    assert "b.yaml:1:5: NTM002" in str(found)


def test_importing_it_does_not_import_yaml() -> None:
    """Only reading does."""
    program = "import sys, ntmrules._yaml; print('yaml' in sys.modules)"

    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout

    assert "False" == said.strip()
