"""The value of a diagnostic, and the place where they gather."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

import attrs

from ntmrules.source import Span
from ntmrules.text import Fill, Language, Text
from ntmrules.tree import Tree


HELP = Text("help", "cách sửa")
NOTE = Text("note", "ghi chú")


class Severity(enum.Enum):
    """How much a diagnostic weighs: only an error stops a file from being used."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@attrs.frozen(repr=False, eq=False)
class Code(Tree):
    """
    A kind of diagnostic.

    Attributes:
        id: ``NTM``, the digit of its stage, two digits; never used again.
        slug: The same in words.
        severity: How much it weighs.
        text: Its sentence, with holes.
    """

    id: str
    slug: str
    severity: Severity
    text: Text

    @property
    def stage(self) -> int:
        """The stage that finds it (language.md section 10)."""
        return int(self.id[3])


def _frozen(values: Mapping[str, Fill]) -> Mapping[str, Fill]:
    return MappingProxyType(dict(values))


def _say(
    text: Text, values: Mapping[str, Fill], language: Language | None, own: str | None
) -> str:
    """
    Write a sentence, if need be in the language of the file it speaks of.

    In a file with Vietnamese keywords *own* is the text that a diagnostic points at:
    it stays, and other words of the language are said in Vietnamese.
    """
    if own is None:
        return text.fill(language or Language.EN, values)
    from ntmrules.keywords import translate_quoted

    return translate_quoted(text.fill(language or Language.VI, values), {own})


@attrs.frozen(repr=False, eq=False)
class Note(Tree):
    """A further sentence, and the place it speaks of; `own`: see `Diagnostic`."""

    text: Text
    span: Span | None = None
    values: Mapping[str, Fill] = attrs.field(factory=dict, converter=_frozen)
    own: str | None = attrs.field(kw_only=True, default=None, eq=False)

    def message(self, language: Language | None = None) -> str:
        """Write the sentence, without a language in that of the file."""
        return _say(self.text, self.values, language, self.own)


@attrs.frozen(repr=False, eq=False)
class Edit(Tree):
    """A change of the text that mends the problem: *span* becomes *text*."""

    span: Span
    text: str


@attrs.frozen(repr=False, eq=False)
class Help(Tree):
    """
    What to do about it, as a sentence and, where possible, as an edit.

    `own`: see `Diagnostic`.
    """

    text: Text
    values: Mapping[str, Fill] = attrs.field(factory=dict, converter=_frozen)
    edit: Edit | None = None
    own: str | None = attrs.field(kw_only=True, default=None, eq=False)

    def message(self, language: Language | None = None) -> str:
        """Write the sentence, without a language in that of the file."""
        return _say(self.text, self.values, language, self.own)


@attrs.frozen(repr=False, eq=False)
class Diagnostic(Tree):
    """
    One problem or observation, as a value (errors.md).

    Attributes:
        code: Its kind.
        span: Where it is, or `None` for facts that came from Python.
        values: What fills the holes of the sentence.
        place: Where in words, such as ``criterion 14 · Y tế`` or
            ``vn.x: facts.insured``; may be empty.
        place_vi: The same in Vietnamese, where that differs.
        notes: The other parties, each with its place.
        help: The repair.
        own: The text of the span, if its file has Vietnamese keywords: sentences then
            name the words of the language as that file writes them.
    """

    code: Code
    span: Span | None = None
    values: Mapping[str, Fill] = attrs.field(factory=dict, converter=_frozen)
    place: str = attrs.field(kw_only=True, default="")
    place_vi: str = attrs.field(kw_only=True, default="")
    notes: tuple[Note, ...] = attrs.field(kw_only=True, default=())
    help: Help | None = attrs.field(kw_only=True, default=None)
    own: str | None = attrs.field(init=False, default=None, eq=False)

    def __attrs_post_init__(self) -> None:
        span = self.span
        if span is None:
            return
        from ntmrules.keywords import language_of  # needs its table, for texts alone

        if language_of(span.file.text) is Language.EN:
            return
        own = span.text
        notes = tuple(attrs.evolve(note, own=own) for note in self.notes)
        for name, value in (("own", own), ("notes", notes), ("help", self._help(own))):
            object.__setattr__(self, name, value)

    def _help(self, own: str) -> Help | None:
        """Give the repair as it is written in a file with Vietnamese keywords."""
        if self.help is None:
            return None
        edit = self.help.edit
        if edit is not None:
            from ntmrules.keywords import translated

            edit = attrs.evolve(edit, text=translated(edit.text))
        return attrs.evolve(self.help, own=own, edit=edit)

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return self.code.severity

    @property
    def message(self) -> str:
        """The sentence, in the language of the file, which is English for most."""
        return self.message_in(self.language)

    @property
    def language(self) -> Language:
        """That of the keywords of the file."""
        return Language.EN if self.own is None else Language.VI

    def message_in(self, language: Language) -> str:
        """Write the sentence in *language*."""
        return _say(self.code.text, self.values, language, self.own)

    def place_in(self, language: Language) -> str:
        """Say where, in *language*."""
        vietnamese = language is Language.VI and self.place_vi
        return self.place_vi if vietnamese else self.place

    def __str__(self) -> str:
        """Everything a person needs, on a few lines."""
        where = str(self.span) if self.span else ""
        place = self.place_in(self.language)
        place = f"({place})" if place and where else place
        head = " ".join(part for part in (where, place) if part)
        lines = [f"{head + ': ' if head else ''}{self.code.id}: {self.message}"]
        for note in self.notes:
            at = f" ({note.span})" if note.span else ""
            lines.append(f"  {NOTE.fill(self.language, {})}: {note.message()}{at}")
        if self.help:
            lines.append(f"  {HELP.fill(self.language, {})}: {self.help.message()}")
        return "\n".join(lines)


class Sink:
    """
    Gathers the diagnostics of one run.

    The same code at the same place is kept once, so that one mistake found by
    two passes is told once.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[object, ...], Diagnostic] = {}

    def add(self, diagnostic: Diagnostic) -> None:
        """Keep a diagnostic."""
        span = diagnostic.span
        where = (id(span.file), span.start, span.end) if span else (diagnostic.message,)
        self._found.setdefault(
            (diagnostic.code.id, diagnostic.place, *where), diagnostic
        )

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep several."""
        for diagnostic in diagnostics:
            self.add(diagnostic)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._found.values())

    def __len__(self) -> int:
        return len(self._found)

    @property
    def failed(self) -> bool:
        """Whether there is an error among them."""
        return any(d.severity is Severity.ERROR for d in self._found.values())

    def sorted(self) -> tuple[Diagnostic, ...]:
        """Give all, by file and place; those without a place come last."""

        def key(diagnostic: Diagnostic) -> tuple[bool, str, int, str]:
            span = diagnostic.span
            return (
                span is None,
                span.file.name if span else "",
                span.start if span else 0,
                diagnostic.code.id,
            )

        return tuple(sorted(self._found.values(), key=key))
