"""Floors 0 to 6 depend on their arguments alone."""

from __future__ import annotations

import ast
from types import MappingProxyType

import pytest

from tests.architecture.floors import FLOOR_OF
from tests.architecture.source_tree import Module, dotted, modules, read


LAST_PURE_FLOOR = 6

CALLS = frozenset("breakpoint eval exec input open print".split())
METHODS = frozenset(
    "exists glob is_dir is_file iterdir now open read_bytes read_text rglob today"
    " utcnow write_bytes write_text".split()
)
LIBRARIES = frozenset(
    "glob locale logging os platform random secrets shutil socket subprocess"
    " tempfile time urllib uuid".split()
)
STREAMS = frozenset("sys.argv sys.exit sys.stderr sys.stdin sys.stdout".split())

# Who may do what, and why.
ALLOWED = MappingProxyType(
    {
        ("compiled", "exec"): "its straight-line Python is made from the model alone",
        ("_resources", "is_dir"): "it finds the data that the package ships",
    }
)
READING_DATA = frozenset({"iterdir", "read_bytes", "read_text"})


def _impure(module: Module) -> list[str]:
    reads_data = any(i.target == "ntmrules._resources" for i in module.imports())
    found = [
        (imported.line, f"import {imported.target}")
        for imported in module.imports()
        if imported.target.split(".")[0] in LIBRARIES
    ]
    for node in module.nodes():
        if isinstance(node, ast.Attribute) and dotted(node) in STREAMS:
            found.append((node.lineno, dotted(node)))
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in CALLS:
            found.append((node.lineno, node.func.id))
        if isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
            if reads_data and node.func.attr in READING_DATA:
                continue
            found.append((node.lineno, node.func.attr))
    return [
        f"{module.path}:{line}: {what}"
        for line, what in found
        if (module.part, what) not in ALLOWED
    ]


def test_the_core_is_pure() -> None:
    """No files, network, print, clock or environment; reading the grammar apart."""
    impure = [
        line
        for module in modules()
        if FLOOR_OF.get(module.part, 0) <= LAST_PURE_FLOOR
        for line in _impure(module)
    ]

    assert [] == impure


@pytest.mark.parametrize(
    "text",
    [
        "print('here')",
        "import os",
        "from time import time",
        "datetime.now()",
        "date.today()",
        "Path('a').read_text()",
        "sys.stdout.write('here')",
        "eval('1')",
    ],
)
def test_an_impure_line_is_seen(text: str) -> None:
    """Each kind of leak, in a module that has no allowance."""
    assert 1 == len(_impure(read("model/unit.py", text)))


def test_the_grammar_may_be_read() -> None:
    """Through `_resources`, and not otherwise."""
    text = "from ntmrules._resources import resource\nresource('a').read_text()"

    assert [] == _impure(read("syntax/_parse.py", text))
