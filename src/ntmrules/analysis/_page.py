"""A comparison as one small page of HTML, which needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from ntmrules.analysis import _words as words
from ntmrules.analysis._changes import Change, Relation, UnitChange
from ntmrules.analysis._comparison import Comparison
from ntmrules.analysis._document import Row, rows
from ntmrules.text import Language, Text


_STYLE = """\
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem;
  padding: 0 1rem; color: #1b1b1b; background: #fff; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem;
  border-bottom: 1px solid #ddd; }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
small { color: #555; }
.laxer, .incomparable, .removed, .loses { color: #a1190b; }
.stricter, .added, .gains { color: #135e1f; }
.undecided, .becomes-unknown { color: #7a5200; }
"""
_TITLE = Text("Comparison", "So sánh bộ tiêu chí")
_COLUMNS = (
    Text("provision", "quy định"),
    Text("case", "trường hợp"),
    Text("old", "cũ"),
    Text("new", "mới"),
)
_UNIT_COLUMNS = (
    Text("unit", "đơn vị"),
    Text("verdict", "kết luận"),
    Text("by", "do"),
)


def page(comparison: Comparison, language: Language) -> str:
    """Write the page."""
    return "\n".join(_lines(comparison, language)) + "\n"


def _lines(comparison: Comparison, language: Language) -> Iterator[str]:
    def say(text: Text) -> str:
        return escape(text.fill(language, {}))

    yield "<!doctype html>"
    yield f'<html lang="{language.value}">'
    yield '<head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{say(_TITLE)}</title>"
    yield f"<style>\n{_STYLE}</style></head>"
    yield f"<body><h1>{say(_TITLE)}</h1>"
    for template, ruleset in (
        (words.OLD, comparison.old),
        (words.NEW, comparison.new),
    ):
        named = words.ruleset_text(ruleset, language)
        yield f"<p>{escape(template.fill(language, {'ruleset': named}))}</p>"
    counts = escape(words.counts_text(comparison, language))
    yield f"<p><strong>{counts}</strong> · {say(words.TIGHTENS[comparison.tightens])}"
    yield "</p>"
    for relation, word in words.RELATIONS.items():
        found = comparison.of(relation)
        if found and relation is not Relation.EQUAL:
            yield f'<h2 class="{relation.value}">{say(word)}</h2>'
            yield from _table(found, language)
    searched = words.search_text(comparison, language)
    if searched:
        yield f"<p><small>{escape(searched)}</small></p>"
    if comparison.units:
        yield from _units(comparison.units, language)
    yield "</body></html>"


def _head(columns: Iterable[Text], language: Language) -> str:
    cells = "".join(
        f'<th scope="col">{escape(text.fill(language, {}))}</th>' for text in columns
    )
    return f"<table><thead><tr>{cells}</tr></thead><tbody>"


def _table(changes: Iterable[Change], language: Language) -> Iterator[str]:
    yield _head(_COLUMNS, language)
    for change in changes:
        title = escape(words.title_text(change, language))
        differing = rows(change)
        if not differing:
            old = escape(words.requirement_text(change.old, language))
            new = escape(words.requirement_text(change.new, language))
            yield (
                f"<tr><td>{title}</td><td></td>"
                f"<td><code>{old}</code></td><td><code>{new}</code></td></tr>"
            )
        for row in differing:
            yield _row(title, row, language)
            title = ""
    yield "</tbody></table>"


def _row(title: str, row: Row, language: Language) -> str:
    cases = escape(words.cases_text(row.names, language))
    relation = row.relation.value
    old, new = (escape(x.text.fill(language, {})) for x in (row.old, row.new))
    shown = "".join(
        f"<br><small>{escape(words.shown_text(one, language))}</small>"
        for one in row.shown
    )
    return (
        f'<tr class="{relation}"><td>{title}</td><td>{cases}{shown}</td>'
        f"<td><code>{old}</code></td><td><code>{new}</code></td></tr>"
    )


def _units(changes: Iterable[UnitChange], language: Language) -> Iterator[str]:
    yield f"<h2>{escape(words.UNITS.fill(language, {}))}</h2>"
    yield f"<p><small>{escape(words.CARRIED.fill(language, {}))}</small></p>"
    yield _head(_UNIT_COLUMNS, language)
    for change in changes:
        old = words.verdict_text(change.old, language)
        new = words.verdict_text(change.new, language)
        by = "; ".join(
            f"{label}: {words.verdict_text(before, language)} → "
            f"{words.verdict_text(after, language)}"
            for label, (before, after) in change.by.items()
        )
        kind = change.effect.value.replace(" ", "-")
        yield (
            f'<tr class="{kind}"><td>{escape(change.unit.called)}</td>'
            f"<td>{escape(old)} → {escape(new)}</td><td>{escape(by)}</td></tr>"
        )
    yield "</tbody></table>"
