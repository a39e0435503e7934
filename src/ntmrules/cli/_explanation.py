"""An assessment on a terminal: the lines of its explanation, coloured and wrapped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

import attrs

from ntmrules import Assessment, Verdict
from ntmrules import assessment as told
from ntmrules.assessment import LineKind
from ntmrules.cli._layout import Line, Part, Style, painted, wrapped
from ntmrules.cli._terminal import width
from ntmrules.text import Language


_STYLES: Mapping[told.Style, Style] = MappingProxyType(
    {
        told.Style.PLAIN: Style.PLAIN,
        told.Style.STRONG: Style.STRONG,
        told.Style.MUTED: Style.QUIET,
        told.Style.LABEL: Style.STRONG,
        told.Style.MET: Style.GOOD,
        told.Style.NOT_MET: Style.BAD,
        told.Style.UNKNOWN: Style.DOUBT,
        told.Style.NOT_APPLICABLE: Style.QUIET,
        told.Style.GAP: Style.LINK,
        told.Style.WARNING: Style.DOUBT,
    }
)
_QUIET = frozenset({LineKind.REASON, LineKind.MISSING})
_PROVISIONS = frozenset({LineKind.PRECONDITION, LineKind.CRITERION})
_BELOW = frozenset({LineKind.INDICATOR, LineKind.CONDITION})
_LEFT_OUT = frozenset(
    {LineKind.REASON, LineKind.UNVERIFIED, LineKind.RECORDED, LineKind.MISSING}
)


def explanation(assessment: Assessment, language: Language, *, brief: bool) -> str:
    """
    Say what a unit came to, and why.

    Args:
        assessment: What is told.
        language: In which language.
        brief: Leave out indicators, unless it is they that are not met, and the
            reasons; and what is missing but cannot change the verdict.
    """
    lines: Iterable[told.Line] = assessment.lines(language)
    if brief:
        lines = _shortened(lines, undecided=bool(assessment.missing))
    return "\n".join(painted(parts) for one in lines for parts in _laid_out(one))


def _laid_out(one: told.Line) -> list[Line]:
    indent = 2 * one.depth
    quiet = one.kind in _QUIET and one.depth > 0
    parts = [Part(" " * indent)]
    if one.kind is LineKind.GAP:
        parts.append(Part("→ ", Style.LINK))
    for style, text in one.parts:
        look = Style.TITLE if one.kind is LineKind.SECTION else _STYLES[style]
        parts.append(Part(text, Style.QUIET if quiet else look))
    return wrapped(parts, width(), indent + (6 if one.verdict is not None else 2))


def _shortened(lines: Iterable[told.Line], *, undecided: bool) -> Iterator[told.Line]:
    """Keep the verdicts of criteria, what is not met, and who recorded what."""
    for block in _blocks(lines):
        kinds = {one.kind for one in block}
        if kinds & _PROVISIONS:
            yield from _unmet(block)
        elif LineKind.MISSING not in kinds:
            yield from block
        elif undecided:
            # Of two lists the first one has what could still change the verdict.
            yield from block
            undecided = False


def _blocks(lines: Iterable[told.Line]) -> list[list[told.Line]]:
    """Split at the blank lines, each of which begins a block."""
    blocks: list[list[told.Line]] = [[]]
    for one in lines:
        if one.kind is LineKind.BLANK:
            blocks.append([])
        blocks[-1].append(one)
    return blocks


def _unmet(block: list[told.Line]) -> Iterator[told.Line]:
    """Give every criterion, but of what lies below it only what is not met."""
    recorded = _recorded(block)
    judged = {label for labels in recorded.values() for label in labels}
    unmet, shown = False, True
    for one in block:
        if one.kind in _PROVISIONS:
            unmet, shown = one.verdict is Verdict.NOT_MET, True
            if _label(one) in judged:
                # Its sign, its label and its name: the facts had no say.
                yield attrs.evolve(one, parts=one.parts[:3])
                continue
        elif one.kind in _BELOW:
            shown = unmet and one.verdict is Verdict.NOT_MET
        if shown and one.kind not in _LEFT_OUT:
            yield one
    order = [_label(one) for one in block if one.kind in _PROVISIONS]
    for text, labels in recorded.items():
        said = f"{_ranges(labels, order)}: {text}"
        yield told.Line(LineKind.RECORDED, 0, ((told.Style.MUTED, said),))


def _recorded(block: Iterable[told.Line]) -> dict[str, list[str]]:
    """Gather the records, and the labels of what each of them decided."""
    found: dict[str, list[str]] = {}
    label = ""
    for one in block:
        if one.kind in _PROVISIONS or one.kind is LineKind.INDICATOR:
            label = _label(one)
        elif one.kind is LineKind.RECORDED:
            found.setdefault(one.text.strip(), []).append(label)
    return found


def _ranges(labels: Iterable[str], order: list[str]) -> str:
    """Write labels that follow each other as ``1–19``."""
    runs: list[list[str]] = []
    for label in labels:
        at = order.index(label) if label in order else 0
        if runs and at and order[at - 1] == runs[-1][-1]:
            runs[-1].append(label)
        else:
            runs.append([label])
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(run) for run in runs
    )


def _label(provision: told.Line) -> str:
    return next(text for style, text in provision.parts if style is told.Style.LABEL)
