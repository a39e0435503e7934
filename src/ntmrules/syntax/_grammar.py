"""Finds the tables of the grammar: those beside it, or new ones if it has changed."""

from __future__ import annotations

import functools

from ntmrules._resources import resource
from ntmrules.syntax._tables import Tables, fingerprint, from_json


GRAMMAR = "criteria.lark"
TABLES = "criteria.tables.json"


def grammar_text() -> str:
    """Read the grammar."""
    return resource("grammars").joinpath(GRAMMAR).read_text(encoding="utf-8")


@functools.cache
def tables() -> Tables:
    """
    Give the tables of the grammar.

    Those beside the grammar count if they were compiled from this very text.
    """
    grammar = grammar_text()
    try:
        text = resource("grammars").joinpath(TABLES).read_text(encoding="utf-8")
    except FileNotFoundError:
        shipped = None
    else:
        shipped = from_json(text)
    if shipped and shipped.grammar == fingerprint(grammar):
        return shipped
    from ntmrules.syntax._lalr import compile_grammar

    return compile_grammar(grammar)
