# ruff: noqa: INP001  # a script among data, not a package
"""
Compiles criteria.lark anew; run it after every change of the grammar.

A test fails if the tables do not belong to the grammar.
"""

from __future__ import annotations

from pathlib import Path

from ntmrules.syntax._grammar import GRAMMAR, TABLES
from ntmrules.syntax._lalr import compile_grammar
from ntmrules.syntax._tables import to_json


FOLDER = Path(__file__).parent

if __name__ == "__main__":
    tables = compile_grammar((FOLDER / GRAMMAR).read_text(encoding="utf-8"))
    (FOLDER / TABLES).write_text(to_json(tables), encoding="utf-8", newline="\n")
