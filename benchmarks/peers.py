"""
Other engines on the work W, each in the form that is fastest for one unit.

Input is made before the clock starts, in the form that the engine takes; the result
is whatever it gives.  An engine that is not installed is told so, and left out.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, TypeAlias

import attrs
from benchmarks.common_work import REGIONS, Flat, Requirement, Truth, Work


Loose: TypeAlias = Any


@attrs.frozen
class Contender:
    """
    A way to decide the work.

    Attributes:
        decide: Decides one input.
        inputs: The units, as it takes them.
        verdicts: Turns a result into verdicts by key.
        remark: What is to be known of it.
        inner_only: Whether it decides the 57 requirements alone.
    """

    name: str
    decide: Callable[[Loose], Loose]
    inputs: Sequence[Loose]
    verdicts: Callable[[Loose], Mapping[str, Truth]]
    remark: str = ""
    inner_only: bool = False


Maker = Callable[[Work, Sequence[Flat]], Iterator[Contender]]


def _same(result: Loose) -> Mapping[str, Truth]:
    found: Mapping[str, Truth] = result
    return found


def _joined(names: Sequence[str], *, enough: bool, words: str, test: str) -> str:
    """Write *and* or *or* of three values; *words* are those for or."""
    first, last = ("true", "false") if enough else ("false", "true")
    decided = f" {words} ".join(f"{name} == {first}" for name in names)
    unknown = f" {words} ".join(f"{name} == null" for name in names)
    return test.format(decided, first, test.format(unknown, "null", last))


def _key(label: str, kind: str = "i") -> str:
    return kind + label.replace(".", "_")


def _named(work: Work) -> dict[str, str]:
    """Give the key of each verdict by a name that every language takes."""
    return {key.replace(".", "_"): key for key in work.keys}


# ── GoRules ZEN ────────────────────────────────────────────────────────────────────

_ZEN_IF = "({}) ? {} : ({})"


def _zen_test(one: Requirement, wanted: str) -> str:
    match one.kind:
        case "share":
            n, d = f"n_{one.name}", f"d_{one.name}"
            unknown = f"({n} == null or {d} == null or {d} == 0)"
            return f"{unknown} ? null : {n} * 1000 >= {wanted} * {d}"
        case "amount":
            return f"{one.name} == null ? null : {one.name} >= {one.least}"
        case "flag":
            return one.name
        case _:
            met = f"count({one.name}, # != null and # >= {one.score})"
            most = f"count({one.name}, # == null or # >= {one.score})"
            least = f"{one.least} * len({one.name})"
            return (
                f"{met} * 1000 >= {least} ? true"
                f" : ({most} * 1000 >= {least} ? null : false)"
            )


def _zen(work: Work, flats: Sequence[Flat]) -> Iterator[Contender]:
    zen = import_module("zen")
    names = _named(work)
    criteria = {
        _key(label, "c"): _joined(
            [_key(one.label) for one in three],
            enough=enough,
            words="or",
            test=_ZEN_IF,
        )
        for label, enough, three in work.criteria
    }
    whole = _joined(list(criteria), enough=False, words="or", test=_ZEN_IF)

    def verdicts(found: Mapping[str, Truth]) -> Mapping[str, Truth]:
        return {names[key]: verdict for key, verdict in found.items()}

    def mapping(entries: Mapping[str, str]) -> Loose:
        pairs = ", ".join(f"{key}: {value}" for key, value in entries.items())
        return zen.compile_expression(f"{{{pairs}}}")

    inner = {
        region: mapping(
            {
                _key(one.label): _zen_test(one, str(one.wanted(region)))
                for one in work.requirements
            }
        )
        for region in REGIONS
    }
    outer, last = mapping(criteria), zen.compile_expression(whole)

    def expressions(unit: Loose) -> Loose:
        found = inner[unit["region"]].evaluate(unit)
        found.update(outer.evaluate(found))
        found["whole"] = last.evaluate(found)
        return found

    remark = "three expressions, those of requirements for each region"
    yield Contender("GoRules ZEN, expressions", expressions, flats, verdicts, remark)
    decision = zen.ZenEngine().create_decision(json.dumps(_jdm(work, criteria)))
    inputs = [dict(flat) for flat in flats]
    yield Contender(
        "GoRules ZEN, decision",
        lambda unit: decision.evaluate(unit)["result"],
        inputs,
        verdicts,
        "a table and expressions, as its editor writes them",
    )
    yield Contender(
        "GoRules ZEN, decision with trace",
        lambda unit: decision.evaluate(unit, {"trace": True})["result"],
        inputs,
        verdicts,
        "the same",
    )


def _jdm(work: Work, criteria: Mapping[str, str]) -> dict[str, Any]:
    """Write the decision: a table of thresholds by region, then expressions."""
    regional = [one for one in work.requirements if one.by_region]
    expressions = {
        _key(one.label): _zen_test(
            one, f"t.{one.name}" if one.by_region else str(one.least)
        )
        for one in work.requirements
    }
    expressions |= {
        key: _joined(
            [f"$.{_key(one.label)}" for one in three],
            enough=enough,
            words="or",
            test=_ZEN_IF,
        )
        for key, (_, enough, three) in zip(criteria, work.criteria, strict=True)
    }
    expressions["whole"] = _joined(
        [f"$.{key}" for key in criteria], enough=False, words="or", test=_ZEN_IF
    )
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": "in_region", "name": "region", "field": "region"}],
        "outputs": [
            {"id": f"out_{one.name}", "name": one.name, "field": f"t.{one.name}"}
            for one in regional
        ],
        "rules": [
            {
                "_id": region,
                "in_region": f'"{region}"',
                **{f"out_{one.name}": str(one.by_region[region]) for one in regional},
            }
            for region in REGIONS
        ],
    }
    common = {"inputField": None, "outputPath": None, "executionMode": "single"}
    steps = [
        {"id": f"step_{key}", "key": key, "value": value}
        for key, value in expressions.items()
    ]
    contents: dict[str, tuple[str, dict[str, Any]]] = {
        "in": ("inputNode", {}),
        "table": ("decisionTableNode", {**table, "passThrough": True, **common}),
        "tests": (
            "expressionNode",
            {"expressions": steps, "passThrough": False, **common},
        ),
        "out": ("outputNode", {}),
    }
    ids = list(contents)
    return {
        "nodes": [
            {"id": key, "name": key, "type": kind, "content": content}
            for key, (kind, content) in contents.items()
        ],
        "edges": [
            {"id": f"{a}_{b}", "sourceId": a, "targetId": b, "type": "edge"}
            for a, b in itertools.pairwise(ids)
        ],
    }


# ── CEL, in Rust and in Python ─────────────────────────────────────────────────────

_CEL_IF = "(({}) ? {} : {})"


def _cel_rust(work: Work, flats: Sequence[Flat]) -> Iterator[Contender]:
    cel = import_module("cel")
    names = _named(work)

    def test(one: Requirement, region: str) -> str:
        match one.kind:
            case "share":
                n, d = f"n_{one.name}", f"d_{one.name}"
                unknown = f"({n} == null || {d} == null || {d} == 0)"
                return (
                    f"({unknown} ? null : ({n} * 1000 >= {one.wanted(region)} * {d}))"
                )
            case "amount":
                return f"({one.name} == null ? null : ({one.name} >= {one.least}))"
            case "flag":
                return one.name
            case _:
                met = f"{one.name}.filter(x, x != null && x >= {one.score}).size()"
                most = f"{one.name}.filter(x, x == null || x >= {one.score}).size()"
                least = f"{one.least} * {one.name}.size()"
                return (
                    f"({met} * 1000 >= {least} ? true"
                    f" : ({most} * 1000 >= {least} ? null : false))"
                )

    def mapping(entries: Mapping[str, str]) -> Loose:
        pairs = ", ".join(f'"{key}": {value}' for key, value in entries.items())
        return cel.compile(f"{{{pairs}}}")

    inner = {
        region: mapping({_key(o.label): test(o, region) for o in work.requirements})
        for region in REGIONS
    }
    criteria = {
        _key(label, "c"): _joined(
            [_key(one.label) for one in three],
            enough=enough,
            words="||",
            test=_CEL_IF,
        )
        for label, enough, three in work.criteria
    }
    outer = mapping(criteria)
    last = cel.compile(_joined(list(criteria), enough=False, words="||", test=_CEL_IF))

    def decide(unit: Loose) -> Loose:
        found = inner[unit["region"]].execute(unit)
        more = outer.execute(found)
        found.update(more)
        found["whole"] = last.execute(more)
        return found

    def verdicts(found: Mapping[str, Truth]) -> Mapping[str, Truth]:
        return {names[key]: verdict for key, verdict in found.items()}

    remark = "three programs, those of requirements for each region"
    yield Contender("CEL (Rust)", decide, flats, verdicts, remark)


def _cel_python(work: Work, flats: Sequence[Flat]) -> Iterator[Contender]:
    celpy = import_module("celpy")
    environment = celpy.Environment()

    def test(one: Requirement, region: str) -> str:
        match one.kind:
            case "share":
                n, d = f"u.n_{one.name}", f"u.d_{one.name}"
                known = f"(has({n}) && has({d}) && {d} != 0)"
                return f"({known} ? ({n} * 1000 >= {one.wanted(region)} * {d}) : null)"
            case "amount":
                fact = f"u.{one.name}"
                return f"(has({fact}) ? ({fact} >= {one.least}) : null)"
            case "flag":
                return f"(has(u.{one.name}) ? u.{one.name} : null)"
            case _:
                # It cannot compare a number with null: -1 stands for a missing score.
                scores, least = f"u.{one.name}", f"{one.least} * u.{one.name}.size()"
                met = f"{scores}.filter(x, x >= {one.score}).size()"
                most = f"{scores}.filter(x, x < 0 || x >= {one.score}).size()"
                return (
                    f"({met} * 1000 >= {least} ? true"
                    f" : ({most} * 1000 >= {least} ? null : false))"
                )

    programs = {}
    for region in REGIONS:
        pairs = ", ".join(
            f'"i{one.label}": {test(one, region)}' for one in work.requirements
        )
        programs[region] = environment.program(environment.compile(f"{{{pairs}}}"))

    def known(flat: Flat) -> dict[str, Any]:
        return {
            key: [-1 if one is None else one for one in value]
            if isinstance(value, list)
            else value
            for key, value in flat.items()
            if value is not None
        }

    inputs = [(flat["region"], {"u": celpy.json_to_cel(known(flat))}) for flat in flats]
    yield Contender(
        "cel-python",
        lambda unit: programs[unit[0]].evaluate(unit[1]),
        inputs,
        lambda found: {
            str(key): None if verdict is None else bool(verdict)
            for key, verdict in found.items()
        },
        "one program for each region; the 57 requirements alone",
        inner_only=True,
    )


# ── rule-engine ────────────────────────────────────────────────────────────────────


def _rule_engine(work: Work, flats: Sequence[Flat]) -> Iterator[Contender]:
    rule = import_module("rule_engine").Rule

    def test(one: Requirement, region: str) -> str:
        if one.kind != "score":
            return _zen_test(one, str(one.wanted(region)))
        scores, least = one.name, f"{one.least} * {one.name}.length"
        met = f"[x for x in {scores} if x != null and x >= {one.score}].length"
        most = f"[x for x in {scores} if x == null or x >= {one.score}].length"
        return (
            f"({met} * 1000 >= {least}) ? true"
            f" : (({most} * 1000 >= {least}) ? null : false)"
        )

    inner = {
        region: [
            (f"i{one.label}", _key(one.label), rule(test(one, region)))
            for one in work.requirements
        ]
        for region in REGIONS
    }
    outer = [
        (
            f"c{label}",
            rule(
                _joined(
                    [_key(one.label) for one in three],
                    enough=enough,
                    words="or",
                    test=_ZEN_IF,
                )
            ),
        )
        for label, enough, three in work.criteria
    ]
    keys = [f"c{label}" for label, _, _ in work.criteria]
    last = rule(_joined(keys, enough=False, words="or", test=_ZEN_IF))

    def decide(unit: Loose) -> Loose:
        found, named = {}, {}
        for key, name, one in inner[unit["region"]]:
            found[key] = named[name] = one.evaluate(unit)
        for key, one in outer:
            found[key] = one.evaluate(named)
        found["whole"] = last.evaluate(found)
        return found

    yield Contender("rule-engine", decide, flats, _same, "77 rules")


PEERS: Mapping[str, Maker] = {
    "zen-engine": _zen,
    "common-expression-language": _cel_rust,
    "cel-python": _cel_python,
    "rule-engine": _rule_engine,
}
"""By the name under which each is installed."""


def contenders(
    work: Work, flats: Sequence[Flat]
) -> tuple[list[Contender], dict[str, str]]:
    """Give the peers that are installed, and why the others are not there."""
    from benchmarks.openfisca_peer import openfisca

    found: list[Contender] = []
    absent: dict[str, str] = {}
    for package, make in {**PEERS, "openfisca-core": openfisca}.items():
        try:
            found += make(work, flats)
        except ImportError as error:
            absent[package] = str(error)
    return found, absent
