"""
Conditions as code: one function for each kind of expression, as in `ntmrules.evaluate`.

Source: language.md sections 4, 6 and 8.
"""

from __future__ import annotations

from collections.abc import Sequence

from ntmrules.compiled import _counting, _exact, _records
from ntmrules.compiled._codes import (
    MET,
    NEGATED,
    NOT_APPLICABLE,
    NOT_MET,
    UNKNOWN,
    Loose,
)
from ntmrules.compiled._comparing import between, comparison, count_comparison
from ntmrules.compiled._frames import Code, Loop, Scope
from ntmrules.compiled._values import hard, seen_through, where_code
from ntmrules.model import expressions as e
from ntmrules.verdict import Bound


UNKNOWN_CODE = Code(str(UNKNOWN), dash=False)


def condition(node: e.Expression, scope: Scope) -> Code:
    """Write a condition."""
    match node:
        case e.Comparison():
            return comparison(node, scope)
        case e.Between():
            return between(node, scope)
        case e.IsTrue():
            return _is_true(node, scope)
        case e.Not():
            return _not(node, scope)
        case e.AllOf():
            return all_of(_operands(node.operands, scope), scope)
        case e.AnyOf():
            return any_of(_operands(node.operands, scope), scope)
        case e.If():
            return _if(node, scope)
        case e.Defined():
            return scope.frame.maker.condition(node.expression, scope)
        case e.Holds():
            return _holds(node, scope)
        case e.Meets():
            return _meets(node, scope)
        case e.ProvisionVerdict():
            return provision(node.kind, node.label, node.ruleset, scope)
        case e.Quantified():
            return _quantified(node, scope)
        case e.Choice():
            return _choice(node.quantity, _operands(node.operands, scope), scope)
        case e.CriteriaChoice():
            return _criteria(node, scope)
        case _:
            msg = f"the checker lets no {type(node).__name__} stand as a condition"
            raise TypeError(msg)


def _operands(nodes: Sequence[e.Expression], scope: Scope) -> list[Code]:
    return [scope.frame.maker.condition(node, scope) for node in nodes]


def all_of(codes: Sequence[Code], scope: Scope) -> Code:
    """Join with *and*."""
    if not codes:
        return Code(str(NOT_APPLICABLE))
    dash = all(code.dash for code in codes)
    return Code(_chain("&", [code.text for code in codes], scope), dash)


def any_of(codes: Sequence[Code], scope: Scope) -> Code:
    """Join with *or*."""
    if not codes:
        return Code(str(NOT_APPLICABLE))
    dash = all(code.dash for code in codes)
    if not any(code.dash for code in codes):
        return Code(_chain("|", [code.text for code in codes], scope), dash)
    negated = scope.frame.bind(NEGATED)
    joined = _chain("&", [f"{negated}[{code.text}]" for code in codes], scope)
    return Code(scope.frame.let("x", f"{negated}[{joined}]"), dash)


_LONGEST_CHAIN = 50


def _chain(sign: str, texts: Sequence[str], scope: Scope) -> str:
    """Join codes by a sign, in pieces: Python nests a chain as deep as it is long."""
    found = scope.frame.let("x", f" {sign} ".join(texts[:_LONGEST_CHAIN]))
    for start in range(_LONGEST_CHAIN, len(texts), _LONGEST_CHAIN):
        rest = texts[start : start + _LONGEST_CHAIN]
        scope.frame.write(f"{found} = {found} {sign} {f' {sign} '.join(rest)}")
    return found


def _is_true(node: e.IsTrue, scope: Scope) -> Code:
    frame = scope.frame
    if isinstance(seen_through(node.value), e.FactValue):
        given, found = hard(node.value, scope), frame.new("x")
        yes = f"{MET} if {given} else {UNKNOWN} if {given} is None else {NOT_MET}"
        frame.write(f"{found} = {yes}")
        return Code(found, dash=False)
    truth = frame.bind(_truth)
    return Code(frame.let("x", f"{truth}({hard(node.value, scope)})"))


def _truth(value: Loose) -> int:
    if value is _exact.DASH:
        return NOT_APPLICABLE
    if value is None:
        return UNKNOWN
    return MET if value is True else NOT_MET


def _not(node: e.Not, scope: Scope) -> Code:
    frame = scope.frame
    operand = frame.maker.condition(node.operand, scope)
    text = f"{frame.bind(NEGATED)}[{operand.text}]"
    return Code(frame.let("x", text), operand.dash)


def _if(node: e.If, scope: Scope) -> Code:
    test, then, otherwise = _operands(
        (node.condition, node.then, node.otherwise), scope
    )
    texts = ", ".join(code.text for code in (test, then, otherwise))
    text = f"{scope.frame.bind(_choose)}({texts})"
    return Code(scope.frame.let("x", text), test.dash or then.dash or otherwise.dash)


def _choose(test: int, then: int, otherwise: int) -> int:
    if test == MET or then == otherwise:
        return then
    if test == NOT_MET:
        return otherwise
    if test == NOT_APPLICABLE and UNKNOWN not in (then, otherwise):
        return NOT_APPLICABLE
    return UNKNOWN


# Titles, other rulesets, provisions.


def _holds(node: e.Holds, scope: Scope) -> Code:
    frame = scope.frame
    holding = _records.holding(node.title, frame.maker.vocabulary, frame.date)
    text = f"{frame.bind(holding.verdict)}({frame.unit})"
    return Code(frame.let("x", text), dash=False)


def _meets(node: e.Meets, scope: Scope) -> Code:
    frame, version = scope.frame, scope.version(node.ruleset)
    if version is None:
        return UNKNOWN_CODE
    whole = frame.maker.whole(version, frame.level, frame.year)
    return Code(frame.let("x", f"{whole}({frame.unit}, {frame.dated})[0]"))


def provision(kind: str, label: str, ruleset: str | None, scope: Scope) -> Code:
    """Write the verdict of a criterion or an indicator."""
    frame, version = scope.frame, scope.version(ruleset)
    if version is None:
        return UNKNOWN_CODE
    groups = (version.criteria, version.preconditions)
    if kind == "indicator":
        groups = (version.indicators,)  # type: ignore[assignment] # labels alone count
    if not any(label in group for group in groups):
        return UNKNOWN_CODE
    if version is frame.home:
        return frame.maker.here(kind, label, scope.under(version))
    function = frame.maker.provision(kind, label, scope.under(version))
    return Code(frame.let("x", f"{function}({frame.unit}, {frame.dated})"))


def _criteria(node: e.CriteriaChoice, scope: Scope) -> Code:
    version = scope.version(node.ruleset)
    if version is None:
        return UNKNOWN_CODE
    codes = [
        provision("criterion", label, node.ruleset, scope)
        for label in version.criteria
        if label not in node.excepted
    ]
    if node.quantity.word == "all":
        return all_of(codes, scope)
    if node.quantity.word == "any":
        return any_of(codes, scope)
    return _choice(node.quantity, codes, scope)


def _choice(quantity: e.Quantity, codes: Sequence[Code], scope: Scope) -> Code:
    choose = scope.frame.bind(_counting.rule(quantity).choose)
    texts = ", ".join(code.text for code in codes)
    return Code(scope.frame.let("x", f"{choose}({texts})"))


# Quantifiers.


def _quantified(node: e.Quantified, scope: Scope) -> Code:
    over, frame = node.collection, scope.frame
    if isinstance(over, e.Years):
        return _over_years(node, over, scope)
    if frame.nested:
        function = frame.maker.expression(node, scope, "condition")
        return Code(frame.let("x", f"{function}({frame.unit}, {frame.dated})"))
    loop = frame.loop(over.level)
    rule = _counting.rule(node.quantity, node.if_none)
    narrowed = over.where is not None
    decider = _counting.Over(rule, narrowed, _holders(node, over, scope))
    groups = f"{loop.groups}, {loop.complete}, {frame.unit}, {frame.dated}"
    decide = f"{frame.bind(decider.decide)}({{}}, {groups})".format
    inside, where = where_code(over, scope)
    if where is not None:
        predicate = frame.maker.condition(node.predicate, inside)
        count = loop.before("count", f"{frame.bind(_NO_COUNT)}.copy()")
        inside.frame.write(f"{count}[8 * {where.text} + {predicate.text}] += 1")
        return Code(frame.let("x", decide(count)))
    yes, maybe = loop.before("yes", "0"), loop.before("maybe", "0")
    outside = _count(node.predicate, inside, yes, maybe, loop)
    size = loop.size if outside is None else f"({loop.size} - {outside})"
    no = f"{size} - {yes} - {maybe}"
    count = f"({no}, {maybe}, 0, {yes}, 0, 0, 0, {outside or 0})"
    found = frame.new("x")
    quick = _quick(node.quantity, (yes, maybe, size), loop)
    if quick is None:
        frame.write(f"{found} = {decide(count)}")
    else:
        test, text = quick
        frame.write(f"if {test}: {found} = {text}", f"else: {found} = {decide(count)}")
    return Code(found)


def _count(
    node: e.Expression, inside: Scope, yes: str, maybe: str, loop: Loop
) -> str | None:
    """Count how members come out; name the count of those who are out of it."""
    if count_comparison(node, inside, yes, maybe):
        return None
    predicate = inside.frame.maker.condition(node, inside)
    inside.frame.write(
        f"if {predicate.text} == {MET}: {yes} += 1",
        f"elif {predicate.text} == {UNKNOWN}: {maybe} += 1",
    )
    if not predicate.dash:
        return None
    outside = loop.before("outside", "0")
    inside.frame.write(f"elif {predicate.text} == {NOT_APPLICABLE}: {outside} += 1")
    return outside


_NO_COUNT = [0] * 64


def _holders(
    node: e.Quantified, over: e.Collection, scope: Scope
) -> _counting.Holders | None:
    if not isinstance(node.predicate, e.Holds):
        return None
    maker = scope.frame.maker
    plurals = tuple(level.plural for level in maker.vocabulary.levels.values())
    date = _records.CountsDate(
        over.level.plural, plurals, scope.frame.year, maker.assessed
    )
    return _counting.holders(node.predicate.title, maker.vocabulary, date)


def _quick(
    quantity: e.Quantity, counts: tuple[str, str, str], loop: Loop
) -> tuple[str, str] | None:
    """Decide a list of all members in place: when that can be done, and how."""
    yes, maybe, size = counts
    most = f"{yes} + {maybe}"
    part, whole, number = int(quantity.part), int(quantity.whole), quantity.number
    if number is not None:
        number = int(number)
        match quantity.bound:
            case Bound.AT_LEAST:
                text = f"3 if {yes} >= {number} else 0 if {most} < {number} else 1"
            case Bound.AT_MOST:
                text = f"0 if {yes} > {number} else 3 if {most} <= {number} else 1"
            case _:
                return None
        return f"{loop.listed} and {loop.size}", text
    sure, possible = yes, f"({most})"
    if quantity.bound is Bound.AT_MOST:
        # "at most p% are met" is "at least (100 - p)% are not met".
        sure, possible = f"({size} - {yes} - {maybe})", f"({size} - {yes})"
        part = whole - part
    text = (
        f"3 if {sure} * {whole} >= {part} * {size}"
        f" else 0 if {possible} * {whole} < {part} * {size} else 1"
    )
    return f"{loop.listed} and {size} > {maybe}", text


def _over_years(node: e.Quantified, over: e.Years, scope: Scope) -> Code:
    frame = scope.frame
    ends = f"({hard(over.first, scope)}, {hard(over.last, scope)})"
    rule = _counting.rule(node.quantity, node.if_none)
    there = frame.maker.yearly(node.predicate, scope, "condition")
    text = (
        f"{frame.bind(_counting.over_years)}({frame.bind(rule)}, {ends},"
        f" {frame.maker.assessed.year}, {frame.bind(there)}, {frame.unit},"
        f" {frame.dated})"
    )
    return Code(frame.let("x", text))
