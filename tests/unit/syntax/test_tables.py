"""The tables beside the grammar, and how they are found."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections import Counter

import lark
import pytest

from ntmrules._resources import resource
from ntmrules.syntax import _grammar
from ntmrules.syntax._build import Builder
from ntmrules.syntax._expressions import DEEPENING
from ntmrules.syntax._lalr import compile_grammar
from ntmrules.syntax._tables import from_json, to_json
from tests.unit.syntax.texts import condition


def test_tables_belong_to_the_grammar() -> None:
    """After a change of the grammar, run ``python grammars/compile.py``."""
    shipped = resource("grammars").joinpath(_grammar.TABLES).read_text(encoding="utf-8")

    assert to_json(compile_grammar(_grammar.grammar_text())) == shipped


def test_tables_survive_json() -> None:
    """Reading gives what was written."""
    tables = _grammar.tables()

    assert tables == from_json(to_json(tables))


def test_the_grammar_has_only_the_conflicts_it_tells_of(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Each is settled by going on with the inner form; see the top of the grammar."""
    lark.logger.setLevel(logging.DEBUG)
    try:
        with caplog.at_level(logging.DEBUG, logger=lark.logger.name):
            compile_grammar(_grammar.grammar_text())
    finally:
        lark.logger.setLevel(logging.CRITICAL)

    rules = Counter(
        record.getMessage().split("<")[1].split(" ")[0]
        for record in caplog.records
        if record.getMessage().startswith(" * <")
    )
    assert {"unit_of_measure", "quantified", "excepted", "aggregate"} == set(rules)


def test_a_changed_grammar_is_compiled_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables of another text do not count."""
    text = _grammar.grammar_text().replace('"attested"', '"vouched"')
    monkeypatch.setattr(_grammar, "grammar_text", lambda: text)

    tables = _grammar.tables.__wrapped__()

    assert "vouched" in tables.words
    assert "attested" not in tables.words


def test_missing_tables_are_compiled_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """The grammar alone is enough."""
    monkeypatch.setattr(_grammar, "TABLES", "nowhere.json")

    assert _grammar.tables() == _grammar.tables.__wrapped__()


def test_every_rule_has_its_method() -> None:
    """And every method that counts as nesting its rule."""
    actions = {r.action for r in _grammar.tables().reductions if r.action}

    assert [] == [action for action in actions if not hasattr(Builder, action)]
    assert set() == DEEPENING - actions


def test_reading_does_not_need_lark() -> None:
    """Importing it takes longer than reading a ruleset."""
    program = (
        "import sys; from ntmrules.diagnostics import Sink;"
        "from ntmrules.source import SourceFile; from ntmrules.syntax import parse;"
        "parse(SourceFile('a', 'ruleset a'), Sink()); print('lark' in sys.modules)"
    )

    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert "False" == ran.stdout.strip()


@pytest.mark.parametrize(
    "word", sorted(filter(str.isalpha, _grammar.tables().words)), ids=str
)
def test_words_are_whole(word: str) -> None:
    """A name that begins with a reserved word is a name."""
    tree = condition(f"{word}x or {word}_1")

    assert f"{word}x or {word}_1" == tree.span.text
