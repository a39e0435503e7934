"""Writes docs/reference/rulesets.md from the catalogue."""

from __future__ import annotations

import collections
from collections.abc import Iterable, Iterator

from ntmrules.model import expressions as e
from ntmrules.model.ruleset import Attested, Indicator, Instrument, Ruleset


LEVELS = ("commune", "district", "city", "province")
"""The second word of the id of a national set."""

KINDS = ("verified", "in part", "unverified", "judged")
COLUMNS = ("ruleset", "instrument", "in force", "criteria", "indicators", *KINDS)

COPIED = frozenset(
    {
        "advanced_income_level",
        "advanced_records_level",
        "advanced_water_level",
        "health_records_level",
        "income_level",
        "poverty_level",
        "province_income_level",
        "trained_level",
    }
)
"""Facts that hold a level of the instrument, copied from it into the unit's file."""

HEAD = """\
# The rulesets · Các bộ tiêu chí

<!-- Written by tests/rulesets/test_catalogue.py --regen: do not edit. -->

What the catalogue holds, one row for each version. *Criteria* and *indicators* are
counted as in the file; conditions of recognition outside the set are not. An indicator
is one of four kinds:

- *verified*: decided by facts and by figures that were seen in a text of the
  instrument, or of guidance on it;
- *in part*: so for some regions, or when the file of the unit states the level of the
  instrument, with its source;
- *unverified*: a figure or wording that was not seen; *unknown* unless unverified
  figures are accepted;
- *judged*: by a person, with name, date and document, because it needs judgement, is
  left to the province, or was not seen.

Mỗi dòng là một phiên bản. Chỉ tiêu *verified* được kết luận từ số liệu và mức đã thấy
trong văn bản; *in part* là chỉ với một số vùng, hoặc khi hồ sơ chép mức từ văn bản;
*unverified* là mức chưa đối chiếu, chưa kết luận; *judged* do người thẩm định kết luận.
"""


def page(rulesets: Iterable[Ruleset]) -> str:
    """Give the whole page."""
    national: list[Ruleset] = []
    local: list[Ruleset] = []
    for ruleset in rulesets:
        (national if ruleset.id.split(".")[1] in LEVELS else local).append(ruleset)
    parts = [
        HEAD,
        "## National · Toàn quốc\n",
        _table(national),
        "## Provinces and districts · Địa phương\n",
        _table(local),
    ]
    return "\n".join(parts)


def _table(rulesets: Iterable[Ruleset]) -> str:
    lines = [
        f"| {' | '.join(COLUMNS)} |",
        "|---|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    lines += [_row(ruleset) for ruleset in rulesets]
    return "\n".join(lines) + "\n"


def _row(ruleset: Ruleset) -> str:
    indicators = [i for c in ruleset.criteria.values() for i in c.indicators]
    kinds = collections.Counter(kind_of(ruleset, i) for i in indicators)
    end = "" if ruleset.end is None else ruleset.end.isoformat()
    status = "" if ruleset.status == "in force" else f" ({ruleset.status})"
    cells = [
        f"`{ruleset.id}`{status}",
        _instrument(ruleset.basis),
        f"{ruleset.start.isoformat()} – {end}",
        str(len(ruleset.criteria)),
        str(len(indicators)),
        *(str(kinds[kind]) for kind in KINDS),
    ]
    return f"| {' | '.join(cells)} |"


def _instrument(basis: Instrument) -> str:
    dated = "" if basis.dated is None else f", {basis.dated.isoformat()}"
    return f"{basis.number}{dated}".replace("|", "\\|")


def kind_of(ruleset: Ruleset, indicator: Indicator) -> str:
    """Tell how an indicator is decided; see `HEAD`."""
    if isinstance(indicator.requirement, Attested):
        return "judged"
    if indicator.unverified:
        return "unverified"
    nodes = list(_inside(indicator.requirement))
    cells = [
        cell.verified
        for node in nodes
        if isinstance(node, e.Lookup)
        for cell in node.cells.values()
        if cell is not None
    ]
    if cells and not any(cells):
        return "unverified"
    partly = any(
        (isinstance(node, e.FactValue) and node.fact.name in COPIED)
        or (isinstance(node, e.ThresholdOf) and not _verified(ruleset, node))
        for node in nodes
    )
    return "in part" if partly or not all(cells) else "verified"


def _verified(ruleset: Ruleset, node: e.ThresholdOf) -> bool:
    """Tell whether a threshold elsewhere is verified, in every version."""
    versions = ruleset.references[node.ruleset] if node.ruleset else (ruleset,)
    return all(
        kind_of(version, indicator) == "verified"
        for version in versions
        for criterion in version.criteria.values()
        for indicator in criterion.indicators
        if indicator.label == node.label
    )


def _inside(node: e.Expression) -> Iterator[e.Expression]:
    yield node
    for child in e.children(node):
        yield from _inside(child)
