"""Writes units and cases as YAML."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from ntmrules.exact import Exact, Share, decimal_text
from ntmrules.model.ruleset import Ruleset
from ntmrules.model.types import AmountType, Listed, ListType, Type, Value
from ntmrules.model.unit import Attestation, Counts, Given, TitleRecord, Unit
from ntmrules.testing._cases import WHOLE
from ntmrules.testing._witness import Witness
from ntmrules.text import Language, Text


_PLAIN = re.compile(r"[\w./%-]+(?: [\w./%-]+)*", re.ASCII)
_RESERVED = re.compile(r"true|false|null|yes|no|on|off|~|[-+]?[0-9._]+", re.IGNORECASE)
_HEAD = Text(
    "# Written by `ntmrules test --boundaries`: what the rulesets say on and beside"
    " their figures.\n# Compare each case with the instrument before you keep it.\n",
    "# Do `ntmrules test --boundaries` viết: kết luận của bộ tiêu chí ở đúng mức và"
    " sát mức.\n# Đối chiếu từng ca với văn bản trước khi giữ lại.\n",
)
_NOTE = Text("`{before}`, not `{after}`", "`{before}`, không phải `{after}`")


def write_cases(found: Iterable[Witness], language: Language) -> str:
    """Write cases that notice the changes."""
    parts = [_HEAD.fill(language, {})]
    numbers: dict[str, int] = {}
    for one in found:
        ruleset, change = one.mutant.ruleset, one.mutant.change
        label = one.label.replace(".", "-").replace(" ", "-")
        numbers[label] = numbers.get(label, 0) + 1
        values = {"before": change.before, "after": change.after}
        note = _NOTE.fill(language, values)
        lines = {
            "id": f"near-{_short(ruleset)}-{label}-{numbers[label]}",
            "note": json.dumps(note, ensure_ascii=False),
            "ruleset": ruleset.id,
            **({} if ruleset.status == "in force" else {"status": ruleset.status}),
            "as_of": one.date.isoformat(),
            "unit": unit_text(one.unit),
            "want": f"{{{_key(one.label)}: {one.verdict}}}",
        }
        first, *others = (f"{key}: {value}" for key, value in lines.items())
        parts.append("\n  ".join([f"- {first}", *others]) + "\n")
    return "".join(parts)


def _short(ruleset: Ruleset) -> str:
    return ruleset.basis.number.partition("/")[0].strip().replace(" ", "-") or "x"


def _key(label: str) -> str:
    return label if label == WHOLE else json.dumps(label, ensure_ascii=False)


def unit_text(unit: Unit) -> str:
    """Write a unit on one line."""
    return _braces([("level", unit.level.name), *_parts(unit, inside=False)])


def _parts(unit: Unit, *, inside: bool) -> Iterator[tuple[str, str]]:
    if inside and unit.id:
        yield "id", _word(unit.id)
    if unit.as_of is not None:
        yield "as_of", unit.as_of.isoformat()
    if unit.facts or not inside:
        yield "facts", _facts(unit, unit.facts)
    if unit.titles is not None:
        titles = [(name, _record(record)) for name, record in unit.titles.items()]
        yield "titles", _braces(titles)
    for plural, known in unit.collections.items():
        if isinstance(known, Counts):
            hold = _braces([(title, str(n)) for title, n in known.hold.items()])
            yield plural, _braces([("total", str(known.total)), ("hold", hold)])
        else:
            yield plural, _units(known)
    if unit.history:
        yield (
            "history",
            _braces([(str(y), _facts(unit, f)) for y, f in unit.history.items()]),
        )
    if unit.attestations:
        yield (
            "attestations",
            _braces([(name, _judged(one)) for name, one in unit.attestations.items()]),
        )


def _units(units: Sequence[Unit]) -> str:
    """Write units; where many are alike, once with their number."""
    groups: list[tuple[str, int]] = []
    for unit in units:
        plain = _braces([p for p in _parts(unit, inside=True) if p[0] != "id"])
        if groups and groups[-1][0] == plain:
            groups[-1] = plain, groups[-1][1] + 1
        else:
            groups.append((plain, 1))
    if any(number > _MANY for _, number in groups):
        shown = (
            f"{{count: {number}{', ' if plain != '{}' else ''}{plain[1:]}"
            for plain, number in groups
        )
        return f"{{repeat: [{', '.join(shown)}]}}"
    listed = [_braces(_parts(unit, inside=True)) for unit in units]
    return f"[{', '.join(listed)}]"


_MANY = 3


def _facts(unit: Unit, facts: Mapping[str, Given]) -> str:
    kinds = unit.vocabulary.facts
    return _braces(
        [(name, value_text(one.value, kinds[name].type)) for name, one in facts.items()]
    )


def value_text(value: Value, kind: Type) -> str:
    """Write a value of a fact as unit files have it."""
    return _yaml_text(plain_value(value, kind))


def _yaml_text(plain: Plain) -> str:
    match plain:
        case bool():
            return "true" if plain else "false"
        case list():
            return f"[{', '.join(map(_yaml_text, plain))}]"
        case dict():
            return _braces([(_word(k), _yaml_text(v)) for k, v in plain.items()])
        case str() if _NUMBERS.fullmatch(plain):
            return plain
        case str():
            return _word(plain)


Plain = bool | str | list[Any] | dict[str, Any]
"""A value of a fact as a mapping for `ntmrules.evaluate` has it."""

_NUMBERS = re.compile(r"-?[0-9.]+(?:/[0-9.]+|%)?|[0-9]{4}-[0-9]{2}-[0-9]{2}")


def plain_value(value: Value, kind: Type) -> Plain:
    """Give a value of a fact as Python has it, numbers as text."""
    if isinstance(value, bool):
        return value
    match value, kind:
        case Listed(), ListType():
            items = [(label, plain_value(v, kind.item)) for label, v in value.items]
            if any(label for label, _ in items):
                return dict(items)
            return [item for _, item in items]
        case Share(), _:
            if value.counted:
                return f"{_number(value.part)}/{_number(value.whole)}"
            text = decimal_text((value.value or 0) * 100)
            share = Fraction(value.value or 0)
            whole = f"{share.numerator}/{share.denominator}"
            return whole if "/" in text else f"{text}%"
        case datetime.date(), _:
            return value.isoformat()
        case str(), _:
            return value
        case _, AmountType() if isinstance(value, int | Fraction):
            return _number(kind.measure.per_unscaled(value))
        case _:
            assert isinstance(value, int | Fraction), "all others are matched"
            return _number(value)


def _number(number: Exact) -> str:
    return decimal_text(number)


def _record(record: TitleRecord) -> str:
    if record.withdrawn is None:
        return str(record.granted)
    return f"{{granted: {record.granted}, withdrawn: {record.withdrawn}}}"


def _judged(judged: Mapping[str, Attestation]) -> str:
    found = []
    for label, one in judged.items():
        parts = [("verdict", str(one.verdict))]
        parts += [("by", _word(one.by))] if one.by else []
        parts += [("on", one.on.isoformat())] if one.on else []
        found.append((_key(label), _braces(parts)))
    return _braces(found)


def _word(text: str) -> str:
    if _PLAIN.fullmatch(text) and not _RESERVED.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def _braces(parts: Iterable[tuple[str, str]]) -> str:
    return f"{{{', '.join(f'{key}: {value}' for key, value in parts)}}}"
