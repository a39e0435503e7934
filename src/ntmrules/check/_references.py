"""
References to criteria, indicators and their thresholds.

Source: language.md section 4.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from ntmrules.check._quantifiers import check_size, quantity
from ntmrules.check._scope import Scope
from ntmrules.check._words import KINDS
from ntmrules.diagnostics import Help, Note, codes, nearest
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import threshold
from ntmrules.model.types import Type
from ntmrules.syntax import nodes
from ntmrules.text import Fill, Text


_WRITE_ONE_OF = Text("write {names}", "hãy viết {names}")
_LABELS_ARE = Text("its labels are {names}", "các số hiệu là {names}")
_MOST_LISTED = 30


def reference(scope: Scope, node: nodes.Reference) -> e.Expression | None:
    """Read ``criterion 14`` or ``indicator 14.1 of vn.commune.standard``."""
    if node.ruleset is None:
        if not _known(scope, node.kind, node.label, _own_labels(scope, node.kind)):
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


def _own_labels(scope: Scope, kind: str) -> list[str]:
    if kind == "indicator":
        return list(scope.own.indicators)
    return [*scope.own.criteria, *scope.own.preconditions]


def _known(scope: Scope, kind: str, label: nodes.Word, labels: Iterable[str]) -> bool:
    labels = list(labels)
    if label.text in labels:
        return True
    close = nearest(label.text, labels)
    advice = None
    if close or labels:
        shown = close or tuple(labels[:_MOST_LISTED])
        names = ", ".join(f"`{name}`" for name in shown)
        advice = Help(_WRITE_ONE_OF if close else _LABELS_ARE, {"names": names})
    values: dict[str, Fill] = {"kind": KINDS[kind], "label": label.text}
    scope.complain(codes.UNKNOWN_LABEL, label.span, values, advice=advice)
    return False


def criteria_choice(scope: Scope, node: nodes.CriteriaChoice) -> e.Expression | None:
    """Read ``at least 15 of criteria except K1``."""
    wanted = quantity(scope, node.quantifier)
    groups: list[list[str]] = [list(scope.own.criteria)]
    if node.ruleset is not None:
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
    size = min(len([x for x in labels if x not in excepted]) for labels in groups)
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
    kinds: list[Type] = []
    for version in found:
        if not _known(scope, "indicator", node.label, version.indicators):
            return None
        indicator = version.indicators[label]
        wanted = threshold(indicator.requirement)
        if wanted is None:
            note = Note(Text("it is defined here", "chỉ tiêu ở đây"), indicator.span)
            scope.complain(
                codes.NO_THRESHOLD, node.span, {"label": label}, notes=(note,)
            )
            return None
        kinds.append(wanted.type)
    return e.ThresholdOf(node.ruleset.text, label, kinds[-1], span=node.span)


def _own_threshold(scope: Scope, node: nodes.ThresholdOf) -> Type | None:
    """Read the comparison of an indicator of the ruleset at hand, for its type."""
    label = node.label.text
    if not _known(scope, "indicator", node.label, scope.own.indicators):
        return None
    if label in scope.opened:
        scope.complain(codes.CIRCULAR, node.span, {"name": label})
        return None
    provision = scope.own.indicators[label]
    required = [c for c in provision.clauses if isinstance(c, nodes.Require)]
    comparison = required[0].condition if required else None
    if not isinstance(comparison, nodes.Comparison):
        note = Note(Text("it is defined here", "chỉ tiêu ở đây"), provision.span)
        scope.complain(codes.NO_THRESHOLD, node.span, {"label": label}, notes=(note,))
        return None
    opened = scope.opened
    scope.opened = (*opened, label)
    read = scope.condition(comparison)
    scope.opened = opened
    return read.right.type if isinstance(read, e.Comparison) else None


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
