"""
Reads a text with errors: reports each, and goes on at the next declaration.

Before each declaration and clause the parser is remembered.  At an error a small
repair is tried; if none will do, the parser goes back to what it remembers and the
text is skipped up to the next declaration that fits there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from ntmrules.diagnostics import Diagnostic, nearest
from ntmrules.syntax import _lex_errors, nodes
from ntmrules.syntax import _unexpected as unexpected
from ntmrules.syntax._limits import MAX_REPORTS
from ntmrules.syntax._machine import Machine, Program
from ntmrules.syntax._repair import find_repair
from ntmrules.syntax._report import Report
from ntmrules.syntax._standstill import Bracket, Standstill
from ntmrules.syntax._starts import (
    CLAUSES,
    DECLARATIONS,
    HEADS,
    PROVISIONS,
    RULESET_DECLARATIONS,
    VOCABULARY_DECLARATIONS,
    begins_line,
    clause_at,
    declaration_at,
    provision,
)
from ntmrules.syntax._tokens import END, ERROR, Token
from ntmrules.syntax._vietnamese import MISSPELT
from ntmrules.syntax._words import Words
from ntmrules.text import Text


_RULESET = Text("a ruleset", "một bộ tiêu chí")
_VOCABULARY = Text("a vocabulary", "một từ vựng")


def _kinds(kind: str) -> tuple[str, ...]:
    return provision(kind) if kind in PROVISIONS else (kind,)


class _Start(NamedTuple):
    """The parser before a declaration or clause."""

    at: int
    machine: Machine
    brackets: tuple[Bracket, ...]
    is_clause: bool


class Recovery:
    """
    Reads the tokens of one text, whatever they are.

    Args:
        program: What the parser runs.
        words: The words and signs of its language.
        tokens: The text, beginning with a head and an id.
        report: Takes what is wrong.
        foreign: What to say of words of the other language, by their first place.
    """

    def __init__(
        self,
        program: Program,
        words: Words,
        tokens: Sequence[Token],
        report: Report,
        foreign: Mapping[int, Diagnostic],
    ) -> None:
        self.program = program
        self.words = words
        self.tokens = list(tokens)
        self.report = report
        # A text with more of them is meant to be in the other language.
        self.foreign = dict(islice(foreign.items(), MAX_REPORTS))
        self.beginnings = {
            entry.text: entry.kinds[0]
            for entry in words.entries
            if entry.kinds[0] in DECLARATIONS | CLAUSES
        }
        self.machine = Machine(program)
        self.machine.feed(self.tokens[:2])
        self.brackets: tuple[Bracket, ...] = ()
        self.at = 2
        self.start = _Start(self.at, self.machine.copy(), (), is_clause=True)
        self.first = self.before = self.start
        self.errors = 0

    def run(self) -> nodes.File:
        """Read to the end; the result lacks what could not be understood."""
        while True:
            token = self.tokens[self.at]
            if not self._fits():
                self._mend()
                continue
            if self.machine.feed([token]) is not None:
                self._too_deep()
                continue
            if token.kind == END:
                tree: nodes.File = self.machine.result
                return tree
            self._watch(token)
            self.at += 1

    def _fits(self) -> bool:
        """Tell whether the next token fits, and remember where a declaration begins."""
        kind = self.tokens[self.at].kind
        kinds = declaration_at(self.tokens, self.at)
        clause = not kinds and self._is_clause()
        if not self.machine.accepts(*(kinds or (kind,))):
            return False
        if kinds or clause or self._declares(kind):
            self.before = self.start
            self.start = _Start(
                self.at, self.machine.copy(), self.brackets, is_clause=clause
            )
        return True

    def _is_clause(self) -> bool:
        """Tell whether a clause begins that could as well be left out."""
        return bool(clause_at(self.tokens, self.at)) and self._here().is_complete

    def _declares(self, kind: str) -> bool:
        """Tell whether ``criterion`` or ``indicator`` can only declare one here."""
        return (
            kind in PROVISIONS
            and self.tokens[self.at - 1].kind not in {"REPLACE", "REMOVE"}
            and self.machine.accepts(*provision(kind))
        )

    def _watch(self, token: Token) -> None:
        if token.start in self.foreign and token.kind != "WORD":
            self.report.add(self.foreign[token.start])
        if token.kind in {"LPAR", "LBRACE"}:
            # A bracket of no length was put in by a repair, which told of it.
            # So did one of a sign of another language.
            told = token.start == token.end or token.text not in "({"
            self.brackets = (*self.brackets, Bracket(token, told))
        elif token.kind in {"RPAR", "RBRACE"}:
            self.brackets = self.brackets[:-1]

    def _mend(self) -> None:
        """Report the token that does not fit, and find a way on."""
        self.errors += 1
        here = self._here()
        if here.token.kind in HEADS or self.errors > MAX_REPORTS:
            if here.token.kind in HEADS:
                self.report.add(unexpected.second_head(here))
            self._end_here()
            return
        told = self._is_told(here)
        if (homes := self._homes(self.at)) is not None:
            if not told:
                self.report.add(unexpected.misplaced_declaration(here, *homes))
            self._skip(self.at + 1)
            return
        repair = find_repair(here)
        if repair is not None:
            if not told:
                for diagnostic in repair.diagnostics:
                    self.report.add(diagnostic)
            spoils = repair.spoils and not self._is_after(here)
            place = here.before.start if spoils else self._place(here)
            self.report.trouble(place, spoils=spoils)
            self.tokens[self.at : repair.until] = repair.instead
            return
        if not told:
            self.report.add(unexpected.report(here))
        self.report.trouble(self._place(here), spoils=False)
        if self._is_after(here):
            self._skip(self.at + (here.token.kind not in DECLARATIONS))
        else:
            self._restore()

    @staticmethod
    def _is_after(here: Standstill) -> bool:
        """Tell whether a token stands on a line of its own after what is complete."""
        return here.begins_line and here.is_complete

    @staticmethod
    def _place(here: Standstill) -> int:
        """Tell where the mistake is: in what was read, if that is not complete."""
        return here.before.start if unexpected.is_next(here) else here.token.start

    def _here(self) -> Standstill:
        return Standstill(
            self.program.file,
            self.words,
            self.tokens,
            self.at,
            self.machine,
            self.brackets,
        )

    def _is_told(self, here: Standstill) -> bool:
        """Tell whether something was reported of this declaration already."""
        token = here.token
        first = token if self._is_after(here) else self.tokens[self.start.at]
        return token.kind == ERROR or any(
            first.start <= trouble <= token.end for trouble in self.report.troubles
        )

    def _homes(self, at: int) -> tuple[Text, Text] | None:
        """Tell where a misplaced declaration stands, and where it belongs."""
        if not declaration_at(self.tokens, at):
            return None
        kind = self.tokens[at].kind
        if kind in VOCABULARY_DECLARATIONS and self.machine.accepts("SET"):
            return _RULESET, _VOCABULARY
        if kind in RULESET_DECLARATIONS and self.machine.accepts("UNIT"):
            return _VOCABULARY, _RULESET
        if kind == "INDICATOR" and self.machine.accepts("SET"):
            return _RULESET, Text("a criterion", "một tiêu chí")
        return None

    def _too_deep(self) -> None:
        self.errors += 1
        place = self.machine.too_deep
        assert place is not None
        self.report.add(_lex_errors.too_deep(place))
        self.report.trouble(place.start, spoils=False)
        if self.start.at == self.at:
            # The declaration before was too deep; it ended with this token.
            self.start = self.before
        if self.errors > MAX_REPORTS:
            self._end_here()
        else:
            self._restore()

    def _restore(self) -> None:
        start = self.start
        self.machine, self.brackets = start.machine.copy(), start.brackets
        inside = self.tokens[start.at : self.at]
        opened = sum(token.kind == "LBRACE" for token in inside)
        closed = sum(token.kind == "RBRACE" for token in inside)
        self._skip(max(self.at, start.at + 1), opened - closed, start)

    def _skip(self, at: int, depth: int = 0, start: _Start | None = None) -> None:
        """
        Go to the next token that begins something that fits, or ends what is open.

        Args:
            at: Where to begin.
            depth: How many braces are open of what is left out.
            start: What is left out.
        """
        while self.tokens[at].kind != END:
            kind = self.tokens[at].kind
            if depth and kind == "RBRACE":
                depth -= 1
            elif kind == "LBRACE":
                depth += 1
            elif kind in HEADS or self._resumes(at, depth, start):
                break
            at += 1
        if depth:
            # It is not known which brace was not closed.
            self.brackets = tuple(b._replace(told=True) for b in self.brackets)
        self.at = at

    def _resumes(self, at: int, depth: int, start: _Start | None) -> bool:
        if self.tokens[at].kind == "RBRACE":
            return self.machine.accepts("RBRACE")
        kinds = declaration_at(self.tokens, at)
        if kinds and depth == 0 and self._homes(at) is not None:
            return True
        if kinds:
            closers = ["RBRACE"] * len(self.brackets)
            return self.machine.accepts(*kinds) or (
                bool(closers)
                and begins_line(self.program.file.text, self.tokens, at)
                and self.machine.accepts(*closers, *kinds)
            )
        if depth:
            return False
        in_header = start.is_clause if start else self._is_in_header()
        kinds = clause_at(self.tokens, at) if in_header else ()
        return (bool(kinds) and self.machine.accepts(*kinds)) or self._is_misspelt(
            at, in_header=in_header
        )

    def _is_in_header(self) -> bool:
        return self.start.is_clause or self.tokens[self.at - 1].kind == "LBRACE"

    def _is_misspelt(self, at: int, *, in_header: bool) -> bool:
        """Tell whether a line begins with what is nearly a word that fits here."""
        token = self.tokens[at]
        if token.kind not in {"WORD", MISSPELT} or not begins_line(
            self.program.file.text, self.tokens, at
        ):
            return False
        near = nearest(token.text, self.beginnings)
        return any(
            self.machine.accepts(*_kinds(kind))
            for kind in map(self.beginnings.__getitem__, near)
            if in_header or kind not in CLAUSES
        )

    def _end_here(self) -> None:
        """Read no further: here, or else before what cannot end here."""
        end = self.tokens[-1]
        for machine, brackets in (
            (self.machine, self.brackets),
            (self.start.machine.copy(), self.start.brackets),
            (self.first.machine.copy(), self.first.brackets),
        ):
            closers = [
                unexpected.CLOSERS[bracket.token.kind] for bracket in reversed(brackets)
            ]
            ends = machine.accepts(*(kind for kind, _ in closers), END)
            if ends and machine.too_deep is None:
                break
        self.machine, self.brackets = machine, brackets
        made = [Token(kind, text, end.start, end.start) for kind, text in closers]
        self.tokens[self.at :] = [*made, end]
