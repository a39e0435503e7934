"""
References to criteria, indicators and their thresholds.

Source: language.md section 4.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping

import attrs

from ntmrules.checker._quantifiers import check_size, quantity
from ntmrules.checker._scope import Scope
from ntmrules.checker._words import KINDS, describe, either, listed, quoted
from ntmrules.diagnostics import Edit, Help, Note, codes, nearest
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Attested, threshold
from ntmrules.model.types import Type, compatible
from ntmrules.source import Span
from ntmrules.syntax import nodes
from ntmrules.text import Fill, Text


_WRITE_ONE_OF = Text("write {names}", "hãy viết {names}")
_LABELS_ARE = Text("the labels are {names}", "các số hiệu là {names}")
_DEFINED_HERE = Text("it is defined here", "chỉ tiêu ở đây")
_WRITE_FIGURE = Text(
    "write the figure itself, or let that indicator be one comparison",
    "ghi thẳng mức cần đạt, hoặc để chỉ tiêu đó là một phép so sánh",
)
_MOST_LISTED = 30
_ON_THE_RIGHT = Text(
    "write what is required on the right side of the comparison",
    "hãy viết mức yêu cầu ở vế phải của phép so sánh",
)


def reference(scope: Scope, node: nodes.Reference) -> e.Expression | None:
    """Read ``criterion 14`` or ``indicator 14.1 of vn.commune.standard``."""
    if node.ruleset is None:
        groups = _own_labels(scope, node.kind)
        if not any(node.label.text in group for group in groups):
            _known(scope, node.kind, node.label, itertools.chain(*groups))
            return None
        if not scope.assesses(scope.own.name, scope.own.level, node.span):
            return None
        return e.ProvisionVerdict(node.kind, node.label.text, None, span=node.span)
    found = scope.versions(node.ruleset)
    if found is None:
        return None
    for version in found:
        labels: Iterable[str] = version.indicators
        if node.kind == "criterion":
            labels = [*version.criteria, *version.preconditions]
        if not _known(scope, node.kind, node.label, labels):
            return None
    name = node.ruleset.text
    return e.ProvisionVerdict(node.kind, node.label.text, name, span=node.span)


def _own_labels(scope: Scope, kind: str) -> tuple[Mapping[str, nodes.Provision], ...]:
    own = scope.own
    return (
        (own.indicators,) if kind == "indicator" else (own.criteria, own.preconditions)
    )


def _known(scope: Scope, kind: str, label: nodes.Word, labels: Iterable[str]) -> bool:
    labels = list(labels)
    if label.text in labels:
        return True
    if scope.own.incomplete and set(labels) <= _all_labels(scope):
        return False  # the parser may have left it out, and said why
    close = nearest(label.text, labels)
    advice = None
    if labels:
        advice = Help(_LABELS_ARE, {"names": listed(labels[:_MOST_LISTED])})
    if close:
        edit = Edit(label.span, close[0])
        advice = Help(_WRITE_ONE_OF, {"names": either(close)}, edit)
    values: dict[str, Fill] = {"kind": KINDS[kind], "label": label.text}
    scope.complain(codes.UNKNOWN_LABEL, label.span, values, advice=advice)
    return False


def _all_labels(scope: Scope) -> set[str]:
    own = scope.own
    return {*own.criteria, *own.preconditions, *own.indicators}


def criteria_choice(scope: Scope, node: nodes.CriteriaChoice) -> e.Expression | None:
    """Read ``at least 15 of criteria except K1``."""
    wanted = quantity(scope, node.quantifier)
    groups: list[list[str]] = [list(scope.own.criteria)]
    if node.ruleset is None:
        if not scope.assesses(scope.own.name, scope.own.level, node.span):
            return None
    else:
        found = scope.versions(node.ruleset)
        if found is None:
            return None
        groups = [list(version.criteria) for version in found]
    fine = wanted is not None
    for labels in groups:
        for label in node.excepted:
            fine = _known(scope, "criterion", label, labels) and fine
    if wanted is None or not fine:
        return None
    excepted = tuple(label.text for label in node.excepted)
    for labels in groups:
        size = len([label for label in labels if label not in excepted])
        if not check_size(scope, node.quantifier, wanted, size):
            return None
    name = None if node.ruleset is None else node.ruleset.text
    return e.CriteriaChoice(wanted, name, excepted, span=node.span)


def threshold_of(scope: Scope, node: nodes.ThresholdOf) -> e.Expression | None:
    """Read ``threshold of indicator 10.1 of vn.commune.advanced``."""
    label = node.label.text
    if node.ruleset is None:
        kind = _own_threshold(scope, node)
        return (
            None if kind is None else e.ThresholdOf(None, label, kind, span=node.span)
        )
    found = scope.versions(node.ruleset)
    if found is None:
        return None
    asked: list[e.Expression] = []
    for version in found:
        if not _known(scope, "indicator", node.label, version.indicators):
            return None
        indicator = version.indicators[label]
        wanted = _asked(scope, node, indicator.requirement, indicator.span)
        if wanted is None:
            return None
        asked.append(wanted)
    if not asked:
        # Drafts alone are never in force: there is no such indicator on any date.
        _known(scope, "indicator", node.label, ())
        return None
    for other in asked[1:]:
        if not compatible(asked[0].type, other.type):
            _versions_clash(scope, node, asked[0], other)
            return None
    return e.ThresholdOf(node.ruleset.text, label, asked[-1].type, span=node.span)


def _own_threshold(scope: Scope, node: nodes.ThresholdOf) -> Type | None:
    """Read the comparison of an indicator of the ruleset at hand, for its type."""
    label = node.label.text
    if not _known(scope, "indicator", node.label, scope.own.indicators):
        return None
    if not scope.assesses(scope.own.name, scope.own.level, node.span):
        return None
    if label in scope.opened:
        circle = scope.opened[scope.opened.index(label) :]
        own = scope.own.indicators
        places = {step: own[step].label.span for step in circle if step in own}
        scope.circle(circle, places)
        return None
    provision = scope.own.indicators[label]
    required = [c for c in provision.clauses if isinstance(c, nodes.Require)]
    comparison = required[0].condition if required else None
    if not isinstance(comparison, nodes.Comparison):
        _asked(scope, node, None, provision.span)
        return None
    opened = scope.opened
    scope.opened = (*opened, label)
    read = scope.condition(comparison)
    scope.opened = opened
    if read is None:
        return None
    wanted = _asked(scope, node, read, provision.span)
    return None if wanted is None else wanted.type


def _asked(
    scope: Scope,
    node: nodes.ThresholdOf,
    requirement: e.Expression | Attested | None,
    at: Span,
) -> e.Expression | None:
    """Give what a requirement asks for; complain if it is not one comparison."""
    wanted = None if requirement is None else threshold(requirement)
    # The right side of `95% <= insured` is no threshold.
    if wanted is not None and not _turned_around(requirement):
        return wanted
    notes = (Note(_DEFINED_HERE, at),)
    values: dict[str, Fill] = {"label": node.label.text}
    advice = Help(_WRITE_FIGURE if wanted is None else _ON_THE_RIGHT)
    scope.complain(codes.NO_THRESHOLD, node.span, values, notes=notes, advice=advice)
    return None


def _turned_around(requirement: e.Expression | Attested | None) -> bool:
    if requirement is None or isinstance(requirement, Attested):
        return False
    comparison = e.plain(requirement)
    return isinstance(comparison, e.Comparison) and isinstance(
        e.plain(comparison.left), e.Constant | e.Lookup
    )


def _versions_clash(
    scope: Scope, node: nodes.ThresholdOf, first: e.Expression, second: e.Expression
) -> None:
    values: dict[str, Fill] = {
        "left": quoted(first.span),
        "left_type": describe(first.type),
        "right": quoted(second.span),
        "right_type": describe(second.type),
    }
    scope.complain(codes.TYPE_CLASH, node.span, values)


def _parts(node: e.Expression) -> Iterable[e.Expression]:
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting += e.children(current)


@attrs.frozen
class Edge:
    """A criterion or indicator of the ruleset at hand that something depends on."""

    kind: str
    label: str


def depends_on(node: e.Expression, criteria: Iterable[str]) -> list[Edge]:
    """Give the provisions of the ruleset at hand that *node* refers to."""
    found: list[Edge] = []
    for part in _parts(node):
        match part:
            case e.ProvisionVerdict() if part.ruleset is None:
                found.append(Edge(part.kind, part.label))
            case e.ThresholdOf() if part.ruleset is None:
                found.append(Edge("indicator", part.label))
            case e.CriteriaChoice() if part.ruleset is None:
                kept = [label for label in criteria if label not in part.excepted]
                found += [Edge("criterion", label) for label in kept]
            case _:
                pass
    return found
