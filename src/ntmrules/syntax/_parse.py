"""From text to syntax tree."""

from __future__ import annotations

from ntmrules.diagnostics import Diagnostic, Sink, codes
from ntmrules.source import SourceFile, Span
from ntmrules.syntax import nodes
from ntmrules.syntax._build import Builder
from ntmrules.syntax._expressions import DEEPENING
from ntmrules.syntax._grammar import tables
from ntmrules.syntax._lex import lex
from ntmrules.syntax._machine import Machine, bind
from ntmrules.syntax._report import Report


def parse(file: SourceFile, sink: Sink) -> nodes.File | None:
    """
    Read a ruleset or a vocabulary.

    Never fails, whatever the text: all its problems go to *sink*.

    Returns:
        File: What could be read, a declaration with an error left out; nothing if
            there is no ``ruleset …`` or ``vocabulary …`` to begin with.
    """
    grammar = tables()
    lexed = lex(file, grammar.words, sink)
    if lexed is None:
        return None
    own = Sink()
    builder = Builder(Report(own, lexed.troubles))
    machine = Machine(bind(grammar, builder, DEEPENING, file))
    rejected = machine.feed(lexed.tokens)
    if rejected is None:
        sink.extend(own)
        tree: nodes.File = machine.result
        return tree
    span = Span(file, rejected.start, rejected.end)
    sink.add(Diagnostic(codes.UNEXPECTED, span, {"found": f"`{rejected.text}`"}))
    return None
