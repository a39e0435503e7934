"""What is written of rows: who, the verdicts, and what was wrong."""

from __future__ import annotations

from collections.abc import Mapping

import polars

from ntmrules.diagnostics import Diagnostic, Severity
from ntmrules.tables._batch import Decided
from ntmrules.text import Language


VERDICT, REFUSED, FINDINGS = "verdict", "refused", "findings"
COUNTS = "criteria "
WORDS = ("not met", "unknown", "met", "not applicable")
NO_VERDICT = -1
"""The code of the whole where a row was refused."""


def result(decided: Decided, language: Language, *, as_codes: bool) -> polars.DataFrame:
    """
    Give a row for each row.

    Returns:
        ``id``, ``name``, ``table``, ``line``, ``verdict``, ``refused`` and
        ``findings``, then counts of criteria and each provision.
    """
    codes = decided.codes
    rows = codes.height
    refused = _texts(REFUSED, decided.refused, Severity.ERROR, rows, language)
    gone = refused.is_not_null()
    verdict, *others = codes.columns
    if as_codes:
        lost = polars.lit(NO_VERDICT, polars.Int8)
        whole = codes.select(polars.when(~gone).then(verdict).otherwise(lost))
        found = codes.select(others)
    else:
        kind = polars.Enum([*WORDS, REFUSED])
        place = polars.col(verdict).fill_null(3)
        lost = polars.lit(len(WORDS))
        word = _words(polars.when(~gone).then(place).otherwise(lost), kind)
        whole = codes.select(word.alias(VERDICT))
        usual = polars.Enum(WORDS)
        found = codes.select(
            polars.col(name)
            if name.startswith(COUNTS)
            else polars.when(~gone)
            .then(_words(polars.col(name).fill_null(3), usual))
            .alias(name)
            for name in others
        )
    noticed = {**decided.refused, **decided.findings}
    findings = _texts(FINDINGS, noticed, Severity.WARNING, rows, language)
    return polars.DataFrame(
        [*decided.about, whole.to_series().alias(VERDICT), refused, findings, *found]
    )


def _words(place: polars.Expr, kind: polars.Enum) -> polars.Expr:
    table = polars.lit(polars.Series(list(kind.categories), dtype=kind))
    return table.gather(place.cast(polars.UInt32))


def _texts(
    name: str,
    told: Mapping[int, tuple[Diagnostic, ...]],
    severity: Severity,
    rows: int,
    language: Language,
) -> polars.Series:
    texts: list[str | None] = [None] * rows
    for at, found in told.items():
        said = [_sentence(one, language) for one in found if one.severity is severity]
        texts[at] = "; ".join(said) or None
    return polars.Series(name, texts, dtype=polars.String)


def _sentence(one: Diagnostic, language: Language) -> str:
    said = f"{one.code.id}: {one.message_in(language)}"
    return f"{said} ({one.help.message(language)})" if one.help else said
