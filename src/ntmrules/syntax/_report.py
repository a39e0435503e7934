"""Keeps what was reported on a text while it is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from ntmrules.diagnostics import Diagnostic, Sink
from ntmrules.source import Span
from ntmrules.syntax import nodes


N = TypeVar("N", bound=nodes.Node)


class Report:
    """
    The problems of one text, and which of its declarations they spoil.

    Attributes:
        sink: Takes the diagnostics.
        troubles: The offsets of the problems that were found in tokens or in the
            order of tokens: near them, nothing is called missing.
        repairs: The offsets of those in the order of tokens: what was built there
            may not be what the author wrote.
    """

    def __init__(self, sink: Sink, troubles: Iterable[int] = ()) -> None:
        self.sink = sink
        self.troubles = list(troubles)
        self.repairs: list[int] = []
        self._spoilt: dict[int, Span | None] = {}

    def add(self, diagnostic: Diagnostic) -> None:
        """Report something."""
        self.sink.add(diagnostic)

    def add_of(self, span: Span, diagnostic: Diagnostic) -> None:
        """Report something about the form of *span*, unless that was made up."""
        if not any(span.start <= offset <= span.end for offset in self.repairs):
            self.sink.add(diagnostic)

    def trouble(self, offset: int, *, spoils: bool) -> None:
        """Note a problem at *offset*, which may spoil the declaration around it."""
        self.troubles.append(offset)
        self.repairs.append(offset)
        if spoils:
            self._spoilt[offset] = None

    def troubled(self, span: Span) -> bool:
        """Tell whether there was a problem within *span*."""
        return any(span.start <= offset <= span.end for offset in self.troubles)

    def sound(self, found: Iterable[N | None]) -> tuple[N, ...]:
        """
        Give the nodes of a list that nothing spoils.

        A problem spoils the innermost listed node that has it, and no other.
        """
        return tuple(
            node for node in found if node is not None and self._is_sound(node)
        )

    def _is_sound(self, node: nodes.Node) -> bool:
        span = node.span
        sound = True
        for offset, blamed in self._spoilt.items():
            if span.start <= offset <= span.end and blamed in {None, span}:
                # The same node may be asked about again after going back.
                self._spoilt[offset] = span
                sound = False
        return sound
