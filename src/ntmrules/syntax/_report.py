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
        self._spoilt: set[int] = set()

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
            self._spoilt.add(offset)

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
        if not self._spoilt:
            return True
        span = node.span
        inside = {x for x in self._spoilt if span.start <= x <= span.end}
        self._spoilt -= inside
        return not inside
