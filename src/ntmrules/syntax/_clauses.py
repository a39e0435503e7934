"""Which clauses belong where: none twice, none missing, none out of place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from ntmrules.diagnostics import Diagnostic, Help, Note, codes
from ntmrules.source import Span
from ntmrules.syntax import nodes
from ntmrules.syntax._report import Report
from ntmrules.text import Fill, Text


LANGUAGES = frozenset({"vi", "en"})
STATUSES = frozenset({"draft", "pending"})

_RULESET = frozenset(
    {
        "name",
        "for",
        "extends",
        "tightens",
        "grants",
        "revokes",
        "basis",
        "in force",
        "status",
        "note",
    }
)
_VOCABULARY = _CASE = frozenset({"name", "basis", "note"})
_FACT = _CASE | {"on", "sums up", "may exceed"}
_INDICATOR = _CASE | {"applies when", "unverified", "require", "attested"}
_CRITERION = _INDICATOR | {"passes when"}

_WORDS = MappingProxyType(
    {
        nodes.NameClause: "name",
        nodes.ForClause: "for",
        nodes.BasisClause: "basis",
        nodes.InForce: "in force",
        nodes.StatusClause: "status",
        nodes.NoteClause: "note",
        nodes.PassesWhen: "passes when",
        nodes.AppliesWhen: "applies when",
        nodes.Unverified: "unverified",
        nodes.Require: "require",
        nodes.Attested: "attested",
        nodes.OnLevels: "on",
        nodes.SumsUp: "sums up",
        nodes.MayExceed: "may exceed",
    }
)
_CHANGES: Mapping[type[nodes.Node], str] = MappingProxyType(
    {nodes.SetValue: "set", nodes.Replace: "replace", nodes.Remove: "remove"}
)
_ADD_BUILDS_ON = Text(
    "name the other ruleset in the header: `extends …` or `tightens …`",
    "nêu bộ tiêu chí kia ở phần đầu: `extends …` hoặc `tightens …`",
)
# Of these only one may be given.
_RIVALS = MappingProxyType(
    {
        "tightens": "extends",
        "revokes": "grants",
        "attested": "require",
    }
)
_KINDS = MappingProxyType(
    {
        "ruleset": "bộ tiêu chí",
        "vocabulary": "từ vựng",
        "precondition": "điều kiện",
        "criterion": "tiêu chí",
        "indicator": "chỉ tiêu",
        "unit": "đơn vị đo",
        "level": "cấp",
        "title": "danh hiệu",
        "enum": "danh mục",
        "case": "trường hợp",
        "fact": "số liệu",
    }
)
_ADD = MappingProxyType(
    {
        "for": "for commune",
        "basis": 'basis "…" dated 2021-01-05',
        "in force": "in force from 2021-01-05",
        "require": "require …",
    }
)


def check_ruleset(
    report: Report, name: nodes.Word, header: Iterable[nodes.Clause], head: Span
) -> None:
    """Check the header of a ruleset, which stands in *head*."""
    owner = _owner("ruleset", name)
    words = _check(report, owner, header, _RULESET)
    if report.troubled(head):
        return
    if words & {"extends", "tightens"}:
        words.add("for")  # it assesses what the other ruleset does
    missing = [word for word in ("for", "basis", "in force") if word not in words]
    if missing:
        report.add(_missing(owner, name, missing))


def check_changes(
    report: Report,
    header: Iterable[nodes.Clause],
    items: Iterable[nodes.Item],
    head: Span,
) -> None:
    """Refuse what changes another ruleset where the header in *head* names none."""
    builds_on = any(isinstance(clause, nodes.BuildsOn) for clause in header)
    if builds_on or report.troubled(head):
        return
    for item in items:
        word = _CHANGES.get(type(item))
        if word is not None:
            values: dict[str, Fill] = {"construct": word}
            help_ = Help(_ADD_BUILDS_ON)
            problem = Diagnostic(codes.NOTHING_BELOW, item.span, values, help=help_)
            report.add_of(item.span, problem)


def check_vocabulary(
    report: Report, name: nodes.Word, header: Iterable[nodes.Clause]
) -> None:
    """Check the header of a vocabulary."""
    _check(report, _owner("vocabulary", name), header, _VOCABULARY)


def check_provision(report: Report, provision: nodes.Provision | nodes.Replace) -> None:
    """Check a precondition, criterion or indicator, or what replaces one."""
    label = provision.label
    plain = owner = _owner(provision.kind, label)
    is_criterion = provision.kind == "criterion"
    allowed = _CRITERION if is_criterion else _INDICATOR
    if provision.indicators and not is_criterion:
        first = provision.indicators[0]
        report.add_of(first.span, _misplaced(first.span, "indicator", plain))
    if provision.indicators:
        allowed = allowed - {"require", "attested"}
        owner = Text(f"{owner.en} with indicators", f"{owner.vi} có chỉ tiêu")
    elif is_criterion:
        allowed = allowed - {"passes when"}
        owner = Text(f"{owner.en} without indicators", f"{owner.vi} không có chỉ tiêu")
    words = _check(report, owner, provision.clauses, allowed, plain)
    if words & {"require", "attested"} or provision.indicators:
        return
    if not report.troubled(provision.span):
        report.add(_missing(plain, label, ["require"]))


def check_options(
    report: Report, kind: str, name: nodes.Word, options: Iterable[nodes.Option]
) -> None:
    """Check what is said of a declaration of a vocabulary."""
    _check(report, _owner(kind, name), options, _FACT if kind == "fact" else _CASE)


def stray(span: Span, clause: nodes.Clause) -> Diagnostic:
    """Report a clause after the first declaration or indicator."""
    return Diagnostic(
        codes.CLAUSE_MISPLACED,
        span,
        {
            "clause": _word(clause),
            "owner": Text("the place after a declaration", "chỗ sau một khai báo"),
        },
        help=Help(
            Text(
                "move it before the first declaration, or into the `{ … }` of its own",
                "chuyển lên trước khai báo đầu tiên, hoặc vào trong `{ … }` của nó",
            )
        ),
    )


def unknown_language(language: nodes.Word) -> Diagnostic:
    """Report a language other than those of `LANGUAGES`."""
    return _misplaced(
        language.span, language.text, Text("`name`", "`name`"), _either(LANGUAGES)
    )


def unknown_status(status: nodes.Word) -> Diagnostic:
    """Report a status other than those of `STATUSES`."""
    return _misplaced(
        status.span, status.text, Text("`status`", "`status`"), _either(STATUSES)
    )


def _either(words: Iterable[str]) -> Help:
    first, second = sorted(words)
    return Help(
        Text("write `{first}` or `{second}`", "viết `{first}` hoặc `{second}`"),
        {"first": first, "second": second},
    )


def _check(
    report: Report,
    owner: Text,
    found: Iterable[nodes.Clause | nodes.Option],
    allowed: frozenset[str],
    plain: Text | None = None,
) -> set[str]:
    """
    Report what is out of place or there twice; give the words that were found.

    Where *owner* says more than a name, *plain* is the name alone.
    """
    name = plain or owner
    seen: dict[object, tuple[str, Span]] = {}
    for clause in found:
        word = _word(clause)
        if word not in allowed:
            report.add(_misplaced(clause.span, word, owner))
            continue
        key = _RIVALS.get(word, word)
        slot = (key, _language(clause)) if isinstance(clause, nodes.NameClause) else key
        if slot not in seen:
            seen[slot] = word, clause.span
            continue
        before, place = seen[slot]
        if before == word:
            report.add(_twice(clause.span, word, place))
        else:
            beside = Text(f"{name.en} beside `{before}`", f"{name.vi} đã có `{before}`")
            report.add(_misplaced(clause.span, word, beside))
    return {word for word, _ in seen.values()}


def _word(clause: nodes.Clause | nodes.Option) -> str:
    if isinstance(clause, nodes.BuildsOn | nodes.Confers):
        return clause.word
    return _WORDS[type(clause)]


def _language(clause: nodes.NameClause) -> str:
    return clause.language.text if clause.language else "vi"


def _owner(kind: str, name: nodes.Word) -> Text:
    return Text(f"{kind} `{name.text}`", f"{_KINDS[kind]} `{name.text}`")


def _twice(span: Span, word: str, before: Span) -> Diagnostic:
    return Diagnostic(
        codes.CLAUSE_TWICE,
        span,
        {"clause": word},
        notes=(Note(Text("first given here", "viết lần đầu ở đây"), before),),
        help=Help(Text("remove one of them", "bỏ một trong hai")),
    )


def _missing(owner: Text, name: nodes.Word, words: Iterable[str]) -> Diagnostic:
    values: dict[str, Fill] = {"owner": owner, "clause": "`, `".join(words)}
    return Diagnostic(
        codes.CLAUSE_MISSING,
        name.span,
        values,
        help=Help(
            Text("add `{clause}`", "thêm `{clause}`"),
            {"clause": _joined([_ADD[word] for word in words])},
        ),
    )


def _joined(clauses: Sequence[str]) -> Text:
    """Join clauses, each between back-quotes but for the first and the last."""
    return Text("` and `".join(clauses), "` và `".join(clauses))


def _misplaced(
    span: Span, word: str, owner: Text, help_: Help | None = None
) -> Diagnostic:
    values: dict[str, Fill] = {"clause": word, "owner": owner}
    return Diagnostic(codes.CLAUSE_MISPLACED, span, values, help=help_)
