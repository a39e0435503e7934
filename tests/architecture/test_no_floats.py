"""
No float between input and verdict.

`ntmrules.exact.quotient` divides; ``/`` on two integers would give a float.
"""

from __future__ import annotations

import ast
from types import MappingProxyType

import pytest

from tests.architecture.floors import FLOOR_OF
from tests.architecture.source_tree import Module, dotted, modules, read


LAST_EXACT_FLOOR = 5

# What the standard library offers in floats; `math` keeps its whole-number part.
INEXACT = frozenset({"cmath", "statistics"})
WHOLE_MATH = frozenset(
    "math.ceil math.comb math.floor math.gcd math.isfinite math.isqrt math.lcm"
    " math.prod math.trunc".split()
)

# What stands where, and why no float reaches a verdict by it.
ALLOWED = MappingProxyType(
    {
        ("_resources.py", "/"): "joins paths",
        ("diagnostics/_suggest.py", "0.7"): "how alike two words must be",
    }
)


def _floats(module: Module) -> list[tuple[int, str]]:
    found = [
        (imported.line, imported.target)
        for imported in module.imports()
        if imported.target.split(".")[0] in INEXACT
    ]
    found += [
        (node.lineno, what)
        for node in module.nodes()
        if isinstance(node, ast.expr | ast.stmt) and (what := _float(node))
    ]
    return found


def _float(node: ast.expr | ast.stmt) -> str:
    match node:
        case ast.Constant(value=float() | complex()):
            return str(node.value)
        case ast.Call(func=ast.Name(id="float" | "complex" as name)):
            return f"{name}()"
        case ast.Call(func=ast.Name(id="round")):
            return "round(), which rounds half to even"
        case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()):
            return "/"
        case ast.Attribute() if dotted(node) == "operator.truediv":
            return "operator.truediv"
        case ast.Attribute() if dotted(node).startswith("math."):
            return "" if dotted(node) in WHOLE_MATH else dotted(node)
        case _:
            return ""


def _exact_floors() -> list[tuple[str, int, str]]:
    return [
        (module.path, line, what)
        for module in modules()
        if FLOOR_OF.get(module.part, 0) <= LAST_EXACT_FLOOR
        for line, what in _floats(module)
    ]


def test_the_core_is_exact() -> None:
    """No float literal, no `float()`, no `/` that could divide two integers."""
    floats = [
        f"{path}:{line}: {what}"
        for path, line, what in _exact_floors()
        if (path, what) not in ALLOWED
    ]

    assert [] == floats


def test_the_allowances_are_needed() -> None:
    """An allowance goes with the line that needed it."""
    found = {(path, what) for path, _, what in _exact_floors()}

    assert set() == ALLOWED.keys() - found


@pytest.mark.parametrize(
    "text",
    [
        "RATE = 0.95",
        "float(text)",
        "share = met / of",
        "share /= of",
        "round(share)",
        "import operator\noperator.truediv(met, of)",
        "math.sqrt(2)",
        "from statistics import mean",
    ],
)
def test_a_float_is_seen(text: str) -> None:
    """Each door through which one could come in."""
    assert 1 == len(_floats(read("evaluate/_walk.py", text)))
