"""Short ways to a tree and to the problems of a text."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from ntmrules.diagnostics import Diagnostic, Sink
from ntmrules.source import SourceFile, Span
from ntmrules.syntax import nodes, parse
from tests.support.yaml_cases import read_cases


HEADER = """\
ruleset test.case
  name     "Case"
  for      district
  basis    "0/TEST" dated 2020-01-01
  in force from 2000-01-01 to 2100-12-31

use test.facts
"""
ROOT = Path(__file__).parents[3]
NOWHERE = Span(SourceFile("", ""), 0, 0)

N = TypeVar("N", bound=nodes.Node)


def read(text: str) -> tuple[nodes.File | None, tuple[Diagnostic, ...]]:
    """Parse a whole file; give the tree and the problems in order."""
    sink = Sink()
    tree = parse(SourceFile("test.ntm", text), sink)
    return tree, sink.sorted()


def ruleset(text: str) -> nodes.RulesetFile:
    """Parse a sound ruleset."""
    tree, problems = read(text)
    assert [] == [str(problem) for problem in problems]
    assert isinstance(tree, nodes.RulesetFile)
    return tree


def vocabulary(text: str) -> nodes.VocabularyFile:
    """Parse a sound vocabulary, given without its first line."""
    tree, problems = read("vocabulary test.facts\n" + text)
    assert [] == [str(problem) for problem in problems]
    assert isinstance(tree, nodes.VocabularyFile)
    return tree


def items(text: str) -> tuple[nodes.Node, ...]:
    """Parse sound declarations of a ruleset."""
    return ruleset(HEADER + text).items[1:]


def condition(text: str) -> nodes.Expression:
    """Parse the condition of a criterion."""
    (criterion,) = items(f'criterion 1 "A": {text}')
    assert isinstance(criterion, nodes.Provision)
    (require,) = criterion.clauses
    assert isinstance(require, nodes.Require)
    return require.condition


def problems(text: str) -> list[tuple[int, str]]:
    """Give line and code of each problem of declarations, lines counted from them."""
    _, found = read(HEADER + text)
    before = HEADER.count("\n")
    return [(d.span.line - before, d.code.id) for d in found if d.span]


def said(text: str) -> str:
    """Give everything that is said of declarations."""
    _, found = read(HEADER + text)
    return "\n".join(map(str, found))


def labels(text: str) -> list[str]:
    """Give the labels of the provisions that are kept of declarations."""
    tree, _ = read(HEADER + text)
    assert isinstance(tree, nodes.RulesetFile)
    kept = [item for item in tree.items if isinstance(item, nodes.Provision)]
    return [
        provision.label.text for item in kept for provision in (item, *item.indicators)
    ]


def valid_texts() -> dict[str, str]:
    """Collect the files and cases of the repository that should parse."""
    texts = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for folder in ("rulesets", "tests/conformance")
        for path in sorted((ROOT / folder).rglob("*.ntm"))
    }
    for path in sorted((ROOT / "tests" / "conformance").glob("*.yaml")):
        for case in read_cases(path):
            if case.get("error", {}).get("stage") == 1:
                continue
            text = case.get("file") or HEADER + case["criteria"]
            texts[case["id"]] = text
    return texts


# Nodes without a place.


def name(text: str) -> nodes.Name:
    """Build ``insured``."""
    return nodes.Name(text, span=NOWHERE)


def word(text: str) -> nodes.Word:
    """Build ``vn.facts``, ``14.1``."""
    return nodes.Word(text, span=NOWHERE)


def quoted(text: str) -> nodes.Quoted:
    """Build ``"A"``."""
    return nodes.Quoted(text, span=NOWHERE)


def number(text: str) -> nodes.Number:
    """Build ``1_200``."""
    return nodes.Number(text, span=NOWHERE)


def percent(text: str) -> nodes.Percent:
    """Build ``95%``."""
    return nodes.Percent(number(text), span=NOWHERE)


def date(text: str) -> nodes.Date:
    """Build ``2021-01-05``."""
    return nodes.Date(text, span=NOWHERE)


def units(plural: str, where: nodes.Expression | None = None) -> nodes.Collection:
    """Build ``communes where rural``."""
    return nodes.Collection(word(plural), where, span=NOWHERE)


def quantifier(
    text: str, bound: nodes.Number | nodes.Percent | None = None
) -> nodes.Quantifier:
    """Build ``at least 3``."""
    return nodes.Quantifier(text, bound, span=NOWHERE)


def compare(
    operator: str, left: nodes.Expression, right: nodes.Expression
) -> nodes.Comparison:
    """Build ``left >= right``."""
    return nodes.Comparison(operator, left, right, span=NOWHERE)
