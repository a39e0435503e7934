"""The pages of the docs are whole: links, names, options, words and limits."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import ntmrules
from ntmrules.cli._commands import ntmrules as command
from ntmrules.verdict import Verdict, all_of, any_of
from tests.architecture.floors import FLOOR_OF


ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
_GIVEN = re.compile(
    r"(?:<!-- file: \S+ -->\n)?```(?:ntm|text|yaml|python)\n.*?```", re.DOTALL
)


def _text(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def _anchor(heading: str) -> str:
    """Give the anchor of a heading, as GitHub makes it."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """To files of the repository, and to headings that are there."""
    wrong = []
    for link in _LINK.findall(_FENCED.sub("", page.read_text(encoding="utf-8"))):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists():
            wrong.append(link)
        elif anchor:
            text = target.read_text(encoding="utf-8")
            if anchor not in map(_anchor, _HEADING.findall(text)):
                wrong.append(link)

    assert [] == wrong


def test_the_reference_names_everything_public() -> None:
    """Every name of ``ntmrules`` has its place in api.md."""
    text = _text("reference/api.md")

    assert [] == [name for name in ntmrules.__all__ if f"`{name}" not in text]


def test_the_reference_names_every_attribute_of_an_assessment() -> None:
    """What an assessment offers is in assessment.md."""
    text = _text("reference/assessment.md")
    offered = [name for name in dir(ntmrules.Assessment) if not name.startswith("_")]

    assert [] == [name for name in offered if f"`{name}" not in text]


def _commands() -> Iterator[tuple[str, click.Command]]:
    def inside(name: str, found: click.Command) -> Iterator[tuple[str, click.Command]]:
        if name:
            yield name, found
        if isinstance(found, click.Group):
            context = click.Context(found)
            for inner in found.list_commands(context):
                one = found.get_command(context, inner)
                assert one is not None
                yield from inside(f"{name} {inner}".strip(), one)

    yield from inside("", command)


@pytest.mark.parametrize(
    ("name", "found"), [pytest.param(*one, id=one[0]) for one in _commands()]
)
def test_the_reference_names_every_command_and_option(
    name: str, found: click.Command
) -> None:
    """command-line.md has a section for each command, with its options."""
    sections = re.split(r"^## ", _text("reference/command-line.md"), flags=re.MULTILINE)
    common, section = (
        next((s for s in sections if s.startswith(title)), "")
        for title in ("Options of several commands", f"`ntmrules {name}`")
    )
    options = [p for p in found.params if isinstance(p, click.Option)]
    named = [option.opts[-1] for option in options]

    assert section
    assert [] == [opt for opt in named if f"`{opt}" not in section + common]


def test_no_command_has_lost_its_help() -> None:
    """Whatever the page says, ``--help`` answers."""
    assert 0 == CliRunner().invoke(command, ["--help"]).exit_code


def test_every_reserved_word_is_listed() -> None:
    """The list of the page is that of the grammar."""
    grammar = (ROOT / "grammars" / "criteria.lark").read_text(encoding="utf-8")
    code = "\n".join(line.split("//")[0] for line in grammar.splitlines())
    words = set(re.findall(r'"([a-z]+)"', code))
    section = _text("language/limits.md").split("## Reserved words")[1]
    listed = re.findall(r"`([a-z]+)`", section.split("```")[0])

    assert sorted(words) == listed


def test_every_limit_has_its_value() -> None:
    """The table of limits is what the modules say."""
    homes = {
        "_yaml._limits": "MAX_UNIT_BYTES MAX_YAML_DEPTH MAX_YAML_NODES MAX_SCALAR"
        " MAX_PROBLEMS",
        "syntax._limits": "MAX_FILE_BYTES MAX_TOKENS MAX_DEPTH MAX_REPORTS",
        "checker._library": "MAX_REFERENCES",
        "checker._tables": "MAX_CELLS",
        "evaluate._collections": "MAX_YEARS",
        "exact": "MAX_DIGITS",
        "entries": "MAX_FOLDER_FILES",
    }
    real = {
        name: getattr(importlib.import_module(f"ntmrules.{home}"), name)
        for home, names in homes.items()
        for name in names.split()
    }
    rows = re.findall(
        r"^\| `(MAX_\w+)` \| ([\d ]+) \|", _text("language/limits.md"), re.MULTILINE
    )

    assert real == {name: int(value.replace(" ", "")) for name, value in rows}


def _is_python(path: Path) -> bool:
    """Tell a module or a package from what lies about."""
    return path.suffix == ".py" or any(path.glob("*.py"))


def test_the_floors_are_those_of_the_architecture_test() -> None:
    """Each part that exists stands on its floor in the table of architecture.md."""
    text = _text("explanation/architecture.md")
    rows = re.findall(r"^\| (\d) \| (.+?) \|", text, re.MULTILINE)
    told = {part: int(n) for n, parts in rows for part in re.findall(r"`(\w+)`", parts)}
    there = {p.stem for p in (ROOT / "src" / "ntmrules").iterdir() if _is_python(p)}
    parts = {part for part in there if not part.startswith("__")}

    assert told == {part: FLOOR_OF[part] for part in parts}


def test_both_tutorials_hold_the_same_files() -> None:
    """The Vietnamese page and the English one differ in their words alone."""
    first = _GIVEN.findall(_text("tutorial/01-first-ruleset.vi.md"))

    assert first == _GIVEN.findall(_text("tutorial/01-first-ruleset.en.md"))


@pytest.mark.parametrize(
    ("word", "join", "expected"), [("and", all_of, 4), ("or", any_of, 4)]
)
def test_the_tables_of_logic_are_those_of_the_engine(
    word: str, join: Callable[[Iterable[Verdict]], Verdict], expected: int
) -> None:
    """Every cell of the tables of meaning.md."""
    text = _text("language/meaning.md")
    table = text.split(f"| `{word}` |")[1].split("\n\n")[0]
    head, _, *rows = table.splitlines()
    columns = [Verdict(cell.strip()) for cell in head.split("|") if cell.strip()]
    found = 0
    for row in rows:
        first, *cells = [cell.strip(" *") for cell in row.strip("|").split("|")]
        for column, cell in zip(columns, cells, strict=True):
            assert Verdict(cell) is join([Verdict(first), column])
        found += 1

    assert expected == found
