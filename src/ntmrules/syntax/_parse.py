"""From text to syntax tree."""

from __future__ import annotations

from ntmrules.diagnostics import Sink
from ntmrules.keywords import language_of
from ntmrules.source import SourceFile, Span
from ntmrules.syntax import nodes
from ntmrules.syntax._build import Builder
from ntmrules.syntax._expressions import DEEPENING
from ntmrules.syntax._foreign import known
from ntmrules.syntax._grammar import tables
from ntmrules.syntax._head import settle_head
from ntmrules.syntax._lex import lex
from ntmrules.syntax._limits import MAX_FILE_BYTES
from ntmrules.syntax._machine import Machine, Program, bind
from ntmrules.syntax._read import report_forbidden, too_large
from ntmrules.syntax._recover import Recovery
from ntmrules.syntax._report import Report
from ntmrules.syntax._tables import Tables
from ntmrules.syntax._tokens import Lexed
from ntmrules.syntax._words import words_of


def parse(file: SourceFile, sink: Sink) -> nodes.File | None:
    """
    Read a ruleset or a vocabulary.

    Never fails, whatever the text: all its problems go to *sink*.

    Returns:
        File: What could be read, a declaration with an error left out; nothing if
            there is no ``ruleset …`` or ``vocabulary …`` to begin with.
    """
    size = len(file.text)
    if size > MAX_FILE_BYTES:
        sink.add(too_large(Span(file, 0, 0), size))
        return None
    report_forbidden(file, sink)
    grammar = tables()
    lexed = lex(file, grammar.words, sink)
    if lexed is None:
        return None
    own = Sink()
    machine = Machine(_program(grammar, Report(own, lexed.troubles), file))
    if machine.feed(lexed.tokens) is None:
        sink.extend(own)
        tree: nodes.File = machine.result
        return tree
    return _recover(file, grammar, lexed, Report(sink, lexed.troubles))


def _program(grammar: Tables, report: Report, file: SourceFile) -> Program:
    return bind(grammar, Builder(report), DEEPENING, file)


def _recover(
    file: SourceFile, grammar: Tables, lexed: Lexed, report: Report
) -> nodes.File | None:
    """Read a text with errors once more, with care."""
    words = words_of(language_of(file.text), grammar.words)
    tokens, foreign = known(file, lexed.tokens, words)
    head = settle_head(file, tokens, words, report)
    if head is None:
        return None
    program = _program(grammar, report, file)
    tree = Recovery(program, words, head.tokens, report, foreign).run()
    return tree if head.is_written else None
