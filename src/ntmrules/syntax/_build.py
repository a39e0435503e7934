"""Builds the nodes of files, clauses and declarations, a method for each rule."""

from __future__ import annotations

from ntmrules.source import Span
from ntmrules.syntax import _clauses as clauses
from ntmrules.syntax import nodes
from ntmrules.syntax._expressions import ExpressionBuilder


Body = tuple[tuple[nodes.Clause, ...], tuple[nodes.Provision, ...]]
"""The clauses and the indicators of a provision."""

Options = tuple[nodes.Option, ...]
Words = tuple[nodes.Word, ...]


class Builder(ExpressionBuilder):
    """Makes a file of its parts; see `ExpressionBuilder`."""

    # Files.

    def ruleset_file(
        self,
        span: Span,
        name: nodes.Word,
        header: tuple[nodes.Clause, ...],
        items: tuple[nodes.Item, ...],
    ) -> nodes.RulesetFile:
        end = items[0].span.start if items else len(span.file.text)
        head = Span(span.file, span.start, end)
        clauses.check_ruleset(self.report, name, header, head)
        clauses.check_changes(self.report, header, items, head)
        return nodes.RulesetFile(name, header, items, span=span)

    def vocabulary_file(
        self,
        span: Span,
        name: nodes.Word,
        header: tuple[nodes.Clause, ...],
        items: tuple[nodes.Declaration, ...],
    ) -> nodes.VocabularyFile:
        clauses.check_vocabulary(self.report, name, header)
        return nodes.VocabularyFile(name, header, items, span=span)

    def header(
        self, _span: Span, *found: nodes.Clause | None
    ) -> tuple[nodes.Clause, ...]:
        return self.report.sound(found)

    def items(self, _span: Span, *found: nodes.Item | None) -> tuple[nodes.Item, ...]:
        return self.report.sound(found)

    def declarations(
        self, _span: Span, *found: nodes.Declaration | None
    ) -> tuple[nodes.Declaration, ...]:
        return self.report.sound(found)

    def indicators(
        self, _span: Span, *found: nodes.Provision | None
    ) -> tuple[nodes.Provision, ...]:
        return self.report.sound(found)

    def stray(self, span: Span, clause: nodes.Clause) -> None:
        self.report.add_of(span, clauses.stray(span, clause))

    # Clauses.

    def name_clause(
        self, span: Span, language: nodes.Word | None, text: nodes.Quoted
    ) -> nodes.NameClause:
        if language is not None and language.text not in clauses.LANGUAGES:
            self.report.add_of(span, clauses.unknown_language(language))
        return nodes.NameClause(language, text, span=span)

    def for_clause(self, span: Span, level: nodes.Word) -> nodes.ForClause:
        return nodes.ForClause(level, span=span)

    def builds_on(self, span: Span, word: str, ruleset: nodes.Word) -> nodes.BuildsOn:
        return nodes.BuildsOn(word, ruleset, span=span)

    def builds_on_word(self, _span: Span, word: str) -> str:
        return word

    def confers(
        self,
        span: Span,
        word: str,
        title: nodes.Word,
        when: nodes.Expression | None,
    ) -> nodes.Confers:
        return nodes.Confers(word, title, when, span=span)

    confers_word = builds_on_word

    def basis_clause(
        self,
        span: Span,
        text: nodes.Quoted,
        dated: nodes.Date | None,
        issuer: nodes.Quoted | None,
    ) -> nodes.BasisClause:
        return nodes.BasisClause(text, dated, issuer, span=span)

    def in_force(
        self, span: Span, start: nodes.Date, end: nodes.Date | None
    ) -> nodes.InForce:
        return nodes.InForce(start, end, span=span)

    def status_clause(self, span: Span, status: nodes.Word) -> nodes.StatusClause:
        if status.text not in clauses.STATUSES:
            self.report.add(clauses.unknown_status(status))
        return nodes.StatusClause(status, span=span)

    def note_clause(self, span: Span, text: nodes.Quoted) -> nodes.NoteClause:
        return nodes.NoteClause(text, span=span)

    def passes_when(self, span: Span, condition: nodes.Expression) -> nodes.PassesWhen:
        return nodes.PassesWhen(condition, span=span)

    def applies_when(
        self, span: Span, condition: nodes.Expression
    ) -> nodes.AppliesWhen:
        return nodes.AppliesWhen(condition, span=span)

    def unverified(self, span: Span, reason: nodes.Quoted) -> nodes.Unverified:
        return nodes.Unverified(reason, span=span)

    def require(self, span: Span, condition: nodes.Expression) -> nodes.Require:
        return nodes.Require(condition, span=span)

    condition = require

    def attested(self, span: Span, by: nodes.Quoted | None) -> nodes.Attested:
        return nodes.Attested(by, span=span)

    # Declarations of a ruleset.

    def use(self, span: Span, vocabulary: nodes.Word) -> nodes.Use:
        return nodes.Use(vocabulary, span=span)

    def define(
        self, span: Span, name: nodes.Word, value: nodes.Expression
    ) -> nodes.Define:
        return nodes.Define(name, value, span=span)

    def expect(
        self,
        span: Span,
        level: nodes.Word | None,
        title: nodes.Quoted,
        condition: nodes.Expression,
    ) -> nodes.Expect:
        return nodes.Expect(level, title, condition, span=span)

    def precondition(
        self, span: Span, label: nodes.Word, title: nodes.Quoted, body: Body
    ) -> nodes.Provision:
        return self._provision("precondition", span, label, title, body)

    def criterion(
        self, span: Span, label: nodes.Word, title: nodes.Quoted, body: Body
    ) -> nodes.Provision:
        return self._provision("criterion", span, label, title, body)

    def indicator(
        self, span: Span, label: nodes.Word, title: nodes.Quoted, body: Body
    ) -> nodes.Provision:
        return self._provision("indicator", span, label, title, body)

    def _provision(
        self, kind: str, span: Span, label: nodes.Word, title: nodes.Quoted, body: Body
    ) -> nodes.Provision:
        provision = nodes.Provision(kind, label, title, *body, span=span)
        clauses.check_provision(self.report, provision)
        return provision

    def one_line(self, _span: Span, demand: nodes.Require | nodes.Attested) -> Body:
        return (demand,), ()

    def block(self, _span: Span, found: tuple[nodes.Clause, ...]) -> Body:
        return found, ()

    def criterion_block(
        self,
        _span: Span,
        found: tuple[nodes.Clause, ...],
        indicators: tuple[nodes.Provision, ...],
    ) -> Body:
        return found, indicators

    # Declarations of language.md section 9.

    def set(
        self, span: Span, name: nodes.Word, value: nodes.Expression
    ) -> nodes.SetValue:
        return nodes.SetValue(name, value, span=span)

    def replace(
        self,
        span: Span,
        kind: str,
        label: nodes.Word,
        title: nodes.Quoted | None,
        body: Body,
    ) -> nodes.Replace:
        replaced = nodes.Replace(kind, label, title, *body, span=span)
        clauses.check_provision(self.report, replaced)
        return replaced

    def remove(self, span: Span, kind: str, label: nodes.Word) -> nodes.Remove:
        return nodes.Remove(kind, label, span=span)

    def delegated(
        self,
        span: Span,
        name: nodes.Word,
        type_: nodes.TypeName,
        level: nodes.Word,
        bound: str | None,
        limit: nodes.Expression | None,
        title: nodes.Quoted | None,
    ) -> nodes.Delegated:
        return nodes.Delegated(name, type_, level, bound, limit, title, span=span)

    def least_or_most(self, _span: Span, *words: str) -> str:
        return " ".join(words)

    # Declarations of a vocabulary.

    def unit(
        self,
        span: Span,
        name: nodes.Word,
        plural: nodes.Word | None,
        label: nodes.Quoted | None,
        options: Options,
    ) -> nodes.UnitDeclaration:
        clauses.check_options(self.report, "unit", name, options)
        return nodes.UnitDeclaration(name, plural, label, options, span=span)

    def level(
        self,
        span: Span,
        name: nodes.Word,
        plural: nodes.Word,
        parent: nodes.Word | None,
        label: nodes.Quoted | None,
        options: Options,
    ) -> nodes.LevelDeclaration:
        clauses.check_options(self.report, "level", name, options)
        return nodes.LevelDeclaration(name, plural, parent, label, options, span=span)

    def title(
        self,
        span: Span,
        name: nodes.Word,
        above: nodes.Word | None,
        label: nodes.Quoted | None,
        options: Options,
    ) -> nodes.TitleDeclaration:
        clauses.check_options(self.report, "title", name, options)
        return nodes.TitleDeclaration(name, above, label, options, span=span)

    def enum(
        self,
        span: Span,
        name: nodes.Word,
        label: nodes.Quoted | None,
        options: Options,
        cases: tuple[nodes.EnumCase, ...],
    ) -> nodes.EnumDeclaration:
        clauses.check_options(self.report, "enum", name, options)
        return nodes.EnumDeclaration(
            name, ordered=False, label=label, options=options, cases=cases, span=span
        )

    def ordered_enum(
        self,
        span: Span,
        name: nodes.Word,
        label: nodes.Quoted | None,
        options: Options,
        cases: tuple[nodes.EnumCase, ...],
    ) -> nodes.EnumDeclaration:
        clauses.check_options(self.report, "enum", name, options)
        return nodes.EnumDeclaration(
            name, ordered=True, label=label, options=options, cases=cases, span=span
        )

    def enum_cases(
        self, _span: Span, *cases: nodes.EnumCase
    ) -> tuple[nodes.EnumCase, ...]:
        return cases

    def enum_case(
        self,
        span: Span,
        name: nodes.Word,
        label: nodes.Quoted | None,
        options: Options,
    ) -> nodes.EnumCase:
        clauses.check_options(self.report, "case", name, options)
        return nodes.EnumCase(name, label, options, span=span)

    def fact(
        self,
        span: Span,
        name: nodes.Word,
        type_: nodes.TypeName,
        label: nodes.Quoted | None,
        options: Options,
    ) -> nodes.FactDeclaration:
        clauses.check_options(self.report, "fact", name, options)
        return nodes.FactDeclaration(name, type_, label, options, span=span)

    def options(self, _span: Span, *found: nodes.Option) -> Options:
        return found

    case_options = options

    def on_levels(self, span: Span, *levels: nodes.Word) -> nodes.OnLevels:
        return nodes.OnLevels(levels, span=span)

    def sums_up(self, span: Span) -> nodes.SumsUp:
        return nodes.SumsUp(span=span)

    def may_exceed(self, span: Span, limit: nodes.Percent) -> nodes.MayExceed:
        return nodes.MayExceed(limit, span=span)

    # Types.

    def simple_type(self, span: Span, word: str) -> nodes.TypeName:
        return nodes.TypeName(word, span=span)

    def noun_type(self, span: Span, word: str, noun: nodes.Word) -> nodes.TypeName:
        return nodes.TypeName(word, noun, span=span)

    def noun_word(self, _span: Span, word: str) -> str:
        return word

    def amount_type(self, span: Span, scale: str | None, unit: Words) -> nodes.TypeName:
        return nodes.TypeName("amount", scale=scale, unit=unit, span=span)

    def list_type(self, span: Span, of: nodes.TypeName) -> nodes.TypeName:
        return nodes.TypeName("list", of=of, span=span)

    def enum_type(self, span: Span, name: nodes.Word) -> nodes.TypeName:
        return nodes.TypeName("enum", name, span=span)
