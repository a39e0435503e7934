"""Every part of the language has a case that says what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from types import MappingProxyType
from typing import Any

import attrs
import pytest

import ntmrules
from ntmrules.diagnostics import Sink
from ntmrules.model import expressions as e
from ntmrules.model import types
from ntmrules.source import SourceFile
from ntmrules.syntax import nodes, parse
from ntmrules.tree import Tree
from tests.architecture.source_tree import ROOT
from tests.support.yaml_cases import Case, read_cases


CONFORMANCE = ROOT / "tests" / "conformance"
VOCABULARY = (CONFORMANCE / "vocabulary.ntm").read_text("utf-8")
HEADER = """\
ruleset test.case
  name     "Case"
  for      {level}
  basis    "0/TEST" dated 2020-01-01
  in force from 2000-01-01 to 2100-12-31

use test.facts
"""

# Classes of nodes that no case can hold, and why.
BASES = MappingProxyType(
    {
        "Node": "the base of the others",
        "ConditionNode": "the base of conditions",
    }
)


@cache
def all_cases() -> tuple[Case, ...]:
    """Give every case, but for those whose text is made up."""
    found = [case for path in CONFORMANCE.glob("*.yaml") for case in read_cases(path)]
    return tuple(case for case in found if "nested" not in case)


def cases() -> tuple[Case, ...]:
    """Give the cases that want a verdict; an error shows no meaning."""
    return tuple(case for case in all_cases() if "want" in case)


def texts(case: Case) -> list[str]:
    """Give the texts of a case, the ruleset first."""
    level = case.get("unit", {}).get("level", "district")
    first = case.get("file") or HEADER.format(level=level) + case["criteria"]
    return [first, *case.get("more", {}).values()]


def parts(value: Any) -> Iterator[Any]:
    """Give a value and everything inside it."""
    waiting = [value]
    seen: set[int] = set()
    while waiting:
        current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        if isinstance(current, tuple | list):
            waiting += current
        elif isinstance(current, dict):
            waiting += current.values()
        elif attrs.has(type(current)):
            fields = attrs.fields(type(current))
            waiting += [
                getattr(current, field.name)
                for field in fields
                if field.name not in {"span", "_starts", "vocabulary"}
            ]


@cache
def written() -> tuple[Any, ...]:
    """Give every node of the syntax trees of all cases."""
    found: list[Any] = []
    for case in cases():
        for text in texts(case):
            found += parts(parse(SourceFile("case", text), Sink()))
    found += parts(parse(SourceFile("vocabulary", VOCABULARY), Sink()))
    return tuple(found)


@cache
def meant() -> tuple[Any, ...]:
    """Give every node of the models of all cases."""
    found: list[Any] = []
    for case in cases():
        files = {"vocabulary.ntm": VOCABULARY, **case.get("more", {})}
        found += parts(ntmrules.loads(texts(case)[0], files=files))
    return tuple(found)


def kinds(module: Any, base: type) -> set[str]:
    """Give the names of the classes of a module under a base."""
    return {
        name
        for name, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, base)
        and value.__module__ == module.__name__
        and name not in BASES
    }


def test_every_node_that_can_be_written_has_a_case() -> None:
    """Clauses, declarations and expressions as the author puts them."""
    seen = {type(node).__name__ for node in written()}

    assert set() == kinds(nodes, nodes.Node) - seen


def test_every_node_that_is_evaluated_has_a_case() -> None:
    """Expressions as they were meant."""
    seen = {type(node).__name__ for node in meant()}

    assert set() == kinds(e, Tree) - seen


def words_of_the_grammar() -> set[str]:
    """Give every word and sign that the grammar quotes."""
    grammar = (ROOT / "grammars" / "criteria.lark").read_text("utf-8")
    lines = [line for line in grammar.splitlines() if not line.startswith("//")]
    return set(re.findall(r'"([^"\s]+)"', "\n".join(lines)))


def test_every_word_of_the_grammar_has_a_case() -> None:
    """Operators, functions, quantifiers, types, clauses: all that is reserved."""
    found = [VOCABULARY, *(text for case in all_cases() for text in texts(case))]
    bare = re.sub(r'"[^"\n]*"|#[^\n]*', " ", "\n".join(found))
    seen = {*re.findall(r"[^\W\d]\w*", bare), *bare}

    assert set() == words_of_the_grammar() - seen


def test_every_operator_has_a_case() -> None:
    """Of comparisons and of arithmetic."""
    compared = {node.operator for node in meant() if isinstance(node, e.Comparison)}
    joined = {node.operator for node in meant() if isinstance(node, e.Arithmetic)}

    assert {">=", ">", "<=", "<", "=", "!="} == compared
    assert {"+", "-", "*", "/"} == joined


def test_every_function_has_a_case() -> None:
    """Of lists, of values, over collections."""
    called = {node.name for node in meant() if isinstance(node, e.Function)}
    over = {node.function for node in meant() if isinstance(node, e.Aggregate)}
    weighted = {
        node.function
        for node in meant()
        if isinstance(node, e.Aggregate) and node.weight is not None
    }

    assert {
        "min",
        "max",
        "sum",
        "average",
        "count",
        "abs",
        "rounded",
        "ratio",
    } == called
    assert {"sum", "average", "min", "max"} == over
    assert {"average"} == weighted


def _said(quantity: e.Quantity) -> str:
    """Give the word of a quantity, its figure left out."""
    if quantity.word in {"all", "no", "any"}:
        return quantity.word
    return f"{quantity.bound.value} {'n' if quantity.number is not None else 'p%'}"


NUMBERS = {"at least n", "at most n", "exactly n", "at least p%", "at most p%"}


@pytest.mark.parametrize(
    ("over", "wanted"),
    [
        (e.Collection, {"all", "no", *NUMBERS}),
        (e.Years, {"all", "no", *NUMBERS} - {"at most p%"}),
    ],
    ids=["units", "years"],
)
def test_every_quantifier_has_a_case(over: type, wanted: set[str]) -> None:
    """Over sub-units and over years."""
    seen = {
        _said(node.quantity)
        for node in meant()
        if isinstance(node, e.Quantified) and isinstance(node.collection, over)
    }

    assert set() == wanted - seen


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [(e.Choice, NUMBERS), (e.CriteriaChoice, {"all", "any", *NUMBERS})],
    ids=["conditions", "criteria"],
)
def test_every_choice_has_a_case(kind: type[Any], wanted: set[str]) -> None:
    """Among conditions, and among criteria."""
    seen = {_said(node.quantity) for node in meant() if isinstance(node, kind)}

    assert set() == wanted - seen


def test_every_end_of_an_empty_collection_has_a_case() -> None:
    """None, and each ``if none``."""
    seen = {node.if_none for node in meant() if isinstance(node, e.Quantified)}

    assert {None, "met", "not met", "not applicable"} == seen


def test_every_type_has_a_case() -> None:
    """Each as the type of an expression that is evaluated."""
    seen = {
        type(node.type).__name__ for node in meant() if isinstance(node, e.FactValue)
    }
    kinds_of_types = {kind.__name__ for kind in types.Type.__args__}

    assert kinds_of_types == seen


def test_every_verdict_has_a_case() -> None:
    """And every kind of thing that a case can want."""
    wanted = [(key, value) for case in cases() for key, value in case["want"].items()]
    verdicts = {value for _, value in wanted if isinstance(value, str)}

    assert {verdict.value for verdict in ntmrules.Verdict} == verdicts
    assert {"missing", "gap", "findings", "verdict"} <= {key for key, _ in wanted}


def test_every_case_is_told_apart() -> None:
    """By its id; its note is a sentence without end, its section one that exists."""
    ids = [case["id"] for case in all_cases()]
    odd = [
        case["id"]
        for case in all_cases()
        if case["note"].endswith(".") or not re.fullmatch("1?[0-9]", str(case["spec"]))
    ]

    assert [] == sorted({one for one in ids if ids.count(one) > 1})
    assert [] == odd
