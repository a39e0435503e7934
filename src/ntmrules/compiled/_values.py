"""
Values as code: one function for each kind of expression, as in `ntmrules.evaluate`.

The code of a value is a name; its value is `None` where it is unknown and `DASH`
where a table has ``-``.  Source: language.md sections 4 to 7.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ntmrules.compiled import _exact, _records
from ntmrules.compiled._codes import MET, NOT_APPLICABLE, NOT_MET, Loose
from ntmrules.compiled._frames import Code, Found, Scope
from ntmrules.compiled._records import Record
from ntmrules.compiled._space import Function
from ntmrules.exact import same
from ntmrules.model import expressions as e
from ntmrules.model.ruleset import threshold
from ntmrules.model.types import ShareType, compatible


UNKNOWN_VALUE = Found("None")


def value(node: e.Expression, scope: Scope) -> Found:
    """Write a value."""
    match node:
        case e.Constant():
            return Found(scope.frame.bind(node.value))
        case e.FactValue():
            return _fact(node, scope)
        case e.Lookup():
            return _lookup(node, scope)
        case e.Defined():
            return scope.frame.maker.value(node.expression, scope)
        case e.Delegated():
            return _delegated(node, scope)
        case e.CurrentYear():
            return Found(str(scope.frame.year))
        case e.GrantedYear():
            return _granted(node, scope)
        case e.Negative() | e.Arithmetic() | e.Function():
            return _operation(node, scope)
        case e.AtYear():
            return _at_year(node, scope)
        case e.CountOf():
            return _count_of(node, scope)
        case e.Aggregate():
            return _aggregate(node, scope)
        case e.ThresholdOf():
            return _threshold_of(node, scope)
        case e.If():
            return _if(node, scope)
        case _:
            msg = f"the checker lets no {type(node).__name__} stand as a value"
            raise TypeError(msg)


def hard(node: e.Expression, scope: Scope) -> str:
    """Write a value of which nothing is known where it is unknown."""
    found = scope.frame.maker.value(node, scope)
    if not found.soft:
        return found.text
    return scope.frame.let("v", f"KNOWN({found.text})")


def seen_through(node: e.Expression) -> e.Expression:
    """Look through definitions, and through what another ruleset has set."""
    while True:
        if isinstance(node, e.Delegated) and node.value is not None:
            node = node.value
        elif isinstance(node, e.Defined):
            node = node.expression
        else:
            return node


def _delegated(node: e.Delegated, scope: Scope) -> Found:
    """Take what it was set to; nobody knows while it is not set."""
    if node.value is None:
        return UNKNOWN_VALUE
    return scope.frame.maker.value(node.value, scope)


def _fact(node: e.FactValue, scope: Scope) -> Found:
    given = scope.frame.fact(node.fact)
    read = _exact.reader(node.fact.type)
    if read is None:
        return Found(given)
    return Found(scope.frame.let("v", f"{scope.frame.bind(read)}({given})"))


def _granted(node: e.GrantedYear, scope: Scope) -> Found:
    frame, vocabulary = scope.frame, scope.frame.maker.vocabulary
    granting = _records.granting(node.title, vocabulary, frame.maker.assessed)
    year = frame.let("v", f"{frame.bind(granting.year)}({frame.unit})")
    return Found(year, soft=True)


def _operation(node: e.Negative | e.Arithmetic | e.Function, scope: Scope) -> Found:
    frame = scope.frame
    operands = [hard(operand, scope) for operand in e.children(node)]
    shares = isinstance(node.type, ShareType)
    match node:
        case e.Negative():
            text = f"{frame.bind(_exact.negative)}({operands[0]}, {shares})"
        case e.Arithmetic():
            text = _calculation(node.operator, operands, scope, shares=shares)
        case e.Function() if node.name == "ratio":
            text = _calculation("/", operands, scope, shares=shares)
        case e.Function() if node.name == "abs":
            text = f"{frame.bind(_exact.absolute)}({operands[0]}, {shares})"
        case e.Function() if node.name == "rounded":
            rounding = frame.bind(_exact.rounding)
            text = f"{rounding}({operands[0]}, {int(node.digits)}, {shares})"
        case e.Function():
            of_list = frame.bind(_exact.of_list)
            text = f"{of_list}({frame.bind(node.name)}, {operands[0]}, {shares})"
    return Found(frame.let("v", text))


def _calculation(sign: str, operands: list[str], scope: Scope, *, shares: bool) -> str:
    left, right = operands
    return f"CALCULATE({scope.frame.bind(sign)}, {left}, {right}, {shares})"


# Tables.


def cells_now(node: e.Lookup, scope: Scope) -> dict[tuple[str, ...], Loose]:
    """
    Give the cells of a table in the year looked at, by the cases of its other axes.

    `None` stands for a figure that is not verified and `DASH` for ``-``; a year
    without a column has no cells.
    """
    found: dict[tuple[str, ...], Loose] = {}
    for key, cell in node.cells.items():
        cases = []
        for axis, part in zip(node.axes, key, strict=True):
            if isinstance(axis, e.EnumAxis):
                cases.append(str(part))
            elif part != (scope.frame.year if scope.frame.year in axis.keys else None):
                break
        else:
            found[tuple(cases)] = _cell(cell, scope)
    return found


def _cell(cell: e.Constant | None, scope: Scope) -> Loose:
    if cell is None:
        return _exact.DASH
    if not cell.verified and not scope.frame.maker.accept_unverified:
        return None
    return cell.value


def enum_axes(node: e.Lookup) -> list[e.EnumAxis]:
    """Give the axes that depend on the unit."""
    return [axis for axis in node.axes if isinstance(axis, e.EnumAxis)]


def _lookup(node: e.Lookup, scope: Scope) -> Found:
    frame, axes, cells = scope.frame, enum_axes(node), cells_now(node, scope)
    if not axes:
        return Found(frame.bind(cells.get(())))
    if len(axes) == 1:
        column = {case: cell for (case,), cell in cells.items()}
        axis = seen_through(axes[0].value)
        if isinstance(axis, e.FactValue):
            return Found(frame.table(axis.fact, column))
    keys = ", ".join(hard(axis.value, scope) for axis in axes)
    return Found(frame.let("v", f"{frame.bind(_looking(cells))}({keys})"))


def _looking(cells: Mapping[tuple[str, ...], Loose]) -> Callable[..., Loose]:
    def look(*keys: Loose) -> Loose:
        return _exact.DASH if _exact.DASH in keys else cells.get(keys)

    return look


# Other years, other rulesets.


def _at_year(node: e.AtYear, scope: Scope) -> Found:
    frame = scope.frame
    year = hard(node.year, scope)
    there = frame.maker.yearly(node.value, scope, "value")
    at = frame.bind(_at(there, frame.maker.assessed.year))
    text = f"{at}({year}, {frame.unit}, {frame.dated})"
    return Found(frame.let("v", text), soft=True)


def _at(there: Callable[[int], Function], last_year: int) -> Function:
    def at(year: Loose, unit: Record, dated: Loose) -> Loose:
        if year is _exact.DASH:
            return year
        if not isinstance(year, int) or not 1 <= year <= last_year:
            return None
        found = there(year)(unit, dated)
        return None if found is _exact.NEVER else found

    return at


def _threshold_of(node: e.ThresholdOf, scope: Scope) -> Found:
    version = scope.version(node.ruleset)
    indicator = None if version is None else version.indicators.get(node.label)
    if version is None or indicator is None:
        return UNKNOWN_VALUE
    wanted = threshold(indicator.requirement)
    if wanted is None or not compatible(wanted.type, node.type):
        return UNKNOWN_VALUE
    if indicator.unverified and not scope.frame.maker.accept_unverified:
        return UNKNOWN_VALUE
    found = scope.frame.maker.value(wanted, scope.under(version))
    if not isinstance(e.plain(wanted), e.GrantedYear):
        return found
    return Found(scope.frame.let("v", f"KNOWN({found.text})"))


def _if(node: e.If, scope: Scope) -> Found:
    frame = scope.frame
    test = frame.maker.condition(node.condition, scope)
    branches = [frame.maker.value(one, scope) for one in (node.then, node.otherwise)]
    then, otherwise = (found.text for found in branches)
    chosen = f"{frame.bind(_choose)}({test.text}, {then}, {otherwise})"
    return Found(frame.let("v", chosen), soft=any(found.soft for found in branches))


def _choose(test: int, then: Loose, otherwise: Loose) -> Loose:
    if test in (MET, NOT_MET):
        found = then if test == MET else otherwise
        return None if found is _exact.NEVER else found
    if then is _exact.DASH and otherwise is _exact.DASH:
        return _exact.DASH
    then, otherwise = _exact.known(then), _exact.known(otherwise)
    if then is not None and then is not _exact.DASH and same(then, otherwise):
        return then
    if test == NOT_APPLICABLE and then is not None and otherwise is not None:
        return _exact.DASH
    return None


# Sub-units.


def where_code(over: e.Collection, scope: Scope) -> tuple[Scope, Code | None]:
    """Enter the loop over a collection, and write its ``where`` there."""
    inside = Scope(scope.frame.loop(over.level).frame, scope.ruleset)
    if over.where is None:
        return inside, None
    return inside, inside.frame.maker.condition(over.where, inside)


def _count_of(node: e.CountOf, scope: Scope) -> Found:
    frame = scope.frame
    if frame.nested:
        return elsewhere(node, scope)
    loop = frame.loop(node.collection.level)
    _, where = where_code(node.collection, scope)
    if where is None:
        sure, maybe = loop.size, "0"
    else:
        count = loop.before("count", "[0, 0, 0, 0, 0, 0, 0, 0]")
        loop.frame.write(f"{count}[{where.text}] += 1")
        sure, maybe = f"{count}[3]", f"{count}[1]"
    all_of = f"{loop.groups}, {loop.complete}, {where is not None}"
    return Found(frame.let("v", f"COUNT_OF({sure}, {maybe}, {all_of})"), soft=True)


def _aggregate(node: e.Aggregate, scope: Scope) -> Found:
    frame = scope.frame
    if frame.nested:
        return elsewhere(node, scope)
    loop = frame.loop(node.collection.level)
    inside, where = where_code(node.collection, scope)
    collected = loop.before("collected", "COLLECTED()")
    taken = [hard(node.value, inside)]
    name = node.function
    if node.weight is not None:
        taken.append(hard(node.weight, inside))
        name = "weighted"
    belongs = "3" if where is None else where.text
    loop.frame.write(f"{collected}.add({belongs}, {', '.join(taken)})")
    shares = isinstance(node.type, ShareType)
    all_of = f"{loop.groups}, {loop.complete}"
    text = f"{collected}.total({frame.bind(name)}, {shares}, {all_of})"
    return Found(frame.let("v", text))


def elsewhere(node: e.Expression, scope: Scope) -> Found:
    """Write a value as a call of a function of its own."""
    frame = scope.frame
    function = frame.maker.expression(node, scope, "value")
    text = f"{function}({frame.unit}, {frame.dated})"
    return Found(frame.let("v", text), soft=True)
