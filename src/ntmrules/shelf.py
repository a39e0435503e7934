"""
From ids to versions to files: the shelves behind a catalogue.

What a file uses or refers to is looked up in its own folder tree first, then in the
catalogue (engine.md section 1).
"""

from __future__ import annotations

import datetime
import functools
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from ntmrules._resources import resource
from ntmrules.catalogue import Catalogue
from ntmrules.checker import (
    MAX_REFERENCES,
    Absent,
    CheckedVocabulary,
    Circles,
    RulesetChecker,
    VocabularyChecker,
    Why,
    check_versions,
)
from ntmrules.diagnostics import Diagnostic, Help, Sink, codes, nearest
from ntmrules.entries import Entry, folder_entries, resource_entries, unreadable
from ntmrules.errors import RulesetError
from ntmrules.keywords import head_of
from ntmrules.model.ruleset import Ruleset, describe_dates
from ntmrules.source import SourceFile
from ntmrules.syntax import MAX_FILE_BYTES, nodes, parse, read_source
from ntmrules.text import Fill, Language, Text, date_text


PACKAGES = "ntmrules.rulesets"
"""The entry-point group under which installed packages offer rulesets."""

_WRITE_ONE_OF = Text("write {names}", "hãy viết {names}")


@attrs.frozen(eq=False)
class Checked:
    """What came of a file: a ruleset, a vocabulary or neither, and what is wrong."""

    result: Ruleset | CheckedVocabulary | None
    diagnostics: tuple[Diagnostic, ...]
    failed: bool


class Shelf:
    """
    A set of files, looked up by the id in their first line.

    Each is read, parsed and checked once.  A shelf may stand before another one, to
    which it passes on what it does not hold itself.  Unless it *hides* the other, it
    may not hold what the other holds too: nobody's package replaces the law unseen.
    """

    def __init__(
        self,
        entries: Callable[[], Iterable[Entry]],
        behind: Shelf | None = None,
        *,
        hides: bool = True,
    ) -> None:
        self._entries = entries
        self._behind = behind
        self._hides = hides
        self._checked: dict[str, Checked] = {}
        self._vocabularies: dict[str, CheckedVocabulary | Absent] = {}
        self._rulesets: dict[str, tuple[Ruleset, ...] | Absent] = {}
        self._open: list[tuple[str, str]] = []  # kinds and ids
        self._circles = Circles()
        self._lock = threading.RLock()

    @functools.cached_property
    def _index(self) -> Mapping[tuple[str, str] | None, list[Entry]]:
        """The files by what they say they are; `None` for those that do not say."""
        index: dict[tuple[str, str] | None, list[Entry]] = {}
        for entry in self._entries():
            try:
                text = entry.read()[:MAX_FILE_BYTES].decode("utf-8", "replace")
            except (OSError, ValueError):
                text = ""
            index.setdefault(head_of(text), []).append(entry)
        return index

    def nameless(self) -> tuple[Diagnostic, ...]:
        """Tell what is wrong with files that do not begin as one of ours does."""
        behind = () if self._behind is None else self._behind.nameless()
        own = [self.check(entry) for entry in self._index.get(None, ())]
        return (*(one for checked in own for one in checked.diagnostics), *behind)

    def own_ids(self, kind: str) -> tuple[str, ...]:
        """Give the ids of the rulesets or vocabularies here, sorted."""
        heads = [head for head in self._index if head is not None]
        return tuple(sorted(name for known, name in heads if known == kind))

    def _offered(self, kind: str, name: str) -> Diagnostic | None:
        """Refuse an id that two packages, or a package and ntmrules, offer."""
        packages = {entry.package for entry in self._index.get((kind, name), ())}
        if packages and not self._hides and self._behind is not None:
            packages |= {""} if name in self._behind.ids(kind) else set()
        if len(packages) < 2:
            return None
        first, second, *_ = (f"`{x or 'ntmrules'}`" for x in sorted(packages))
        values: dict[str, Fill] = {"name": name, "first": first, "second": second}
        return Diagnostic(codes.OFFERED_TWICE, None, values)

    def ids(self, kind: str) -> tuple[str, ...]:
        """Give the ids of rulesets or vocabularies, here and behind, sorted."""
        behind = () if self._behind is None else self._behind.ids(kind)
        return tuple(sorted({*self.own_ids(kind), *behind}))

    def check(self, entry: Entry) -> Checked:
        """Read and check one file."""
        with self._lock:
            if entry.name not in self._checked:
                self._checked[entry.name] = self._check(entry)
            return self._checked[entry.name]

    def _check(self, entry: Entry) -> Checked:
        sink = Sink()
        try:
            data = entry.read()
        except (OSError, ValueError) as error:
            # A ValueError is a path that no file can have, such as one with a NUL.
            sink.add(unreadable(entry.name, error))
            return Checked(None, sink.sorted(), failed=True)
        source = read_source(entry.name, data, sink)
        result = None if source is None else self.check_source(source, sink)
        return Checked(result, sink.sorted(), sink.failed)

    def check_source(
        self, source: SourceFile, sink: Sink
    ) -> Ruleset | CheckedVocabulary | None:
        """Parse and check a text; what is wrong goes to the sink."""
        tree = parse(source, sink)
        if tree is None:
            return None
        with self._lock:
            vocabulary = isinstance(tree, nodes.VocabularyFile)
            kind = "vocabulary" if vocabulary else "ruleset"
            self._open.append((kind, tree.name.text))
            try:
                if isinstance(tree, nodes.VocabularyFile):
                    checked = VocabularyChecker(tree, self, sink).check()
                    return None if sink.failed else checked
                ruleset = RulesetChecker(tree, self, sink).check()
                if ruleset is None or not ruleset.tightens:
                    return ruleset
                from ntmrules.analysis.strictness import hold  # few rulesets need it

                return hold(ruleset, self, sink)
            finally:
                self._open.pop()

    def _closed(self, kind: str, name: str) -> Absent | None:
        """Refuse to open a file again while it is open, or too many at once."""
        names = tuple(other for _, other in self._open)
        if (kind, name) in self._open:
            path = (*names[self._open.index((kind, name)) :], name)
            self._circles.note(path)
            return Absent(Why.CIRCULAR, path=path)
        if len(self._open) >= MAX_REFERENCES:
            return Absent(Why.TOO_DEEP, path=names)
        return None

    def vocabulary(self, name: str) -> CheckedVocabulary | Absent:
        """Give a vocabulary; see `ntmrules.checker.Library`."""
        with self._lock:
            closed = self._closed("vocabulary", name)
            if closed is not None:
                return closed
            if name not in self._vocabularies:
                self._vocabularies[name] = self._vocabulary(name)
            return self._vocabularies[name]

    def _vocabulary(self, name: str) -> CheckedVocabulary | Absent:
        found = self._index.get(("vocabulary", name))
        if found is None:
            if self._behind is not None and name in self._behind.ids("vocabulary"):
                return self._behind.vocabulary(name)
            return Absent(Why.UNKNOWN, self.ids("vocabulary"))
        if self._offered("vocabulary", name) is not None:
            return Absent(Why.BROKEN)
        if len(found) > 1:
            return Absent(Why.SEVERAL, path=tuple(entry.name for entry in found))
        checked = self.check(found[0])
        if checked.failed or not isinstance(checked.result, CheckedVocabulary):
            return Absent(Why.BROKEN)
        return checked.result

    def check_vocabulary(self, name: str) -> Checked | None:
        """Check the file of a vocabulary, here or behind; `None` if there is none."""
        found = self._index.get(("vocabulary", name))
        if found is not None:
            return self.check(found[0])
        return None if self._behind is None else self._behind.check_vocabulary(name)

    def rulesets(self, name: str) -> tuple[Ruleset, ...] | Absent:
        """Give the versions of a ruleset by date; see `ntmrules.checker.Library`."""
        with self._lock:
            closed = self._closed("ruleset", name)
            if closed is not None:
                return closed
            if name not in self._rulesets:
                found = self.versions(name)
                ruling = tuple(v for v in found.rulesets if v.status == "in force")
                self._rulesets[name] = found.absent or ruling
            asker = self._open[-1][1] if self._open else ""
            return self._circles.through(asker, name) or self._rulesets[name]

    def versions(self, name: str) -> Versions:
        """Give every version of a ruleset, drafts included, with its diagnostics."""
        entries = self._index.get(("ruleset", name))
        if entries is None:
            if self._behind is not None and name in self._behind.ids("ruleset"):
                return self._behind.versions(name)
            return Versions((), Absent(Why.UNKNOWN, self.ids("ruleset")), ())
        sink = Sink()
        offered = self._offered("ruleset", name)
        if offered is not None:
            return Versions((), Absent(Why.BROKEN), (offered,))
        rulesets: list[Ruleset] = []
        broken = sink.failed
        for entry in entries:
            checked = self.check(entry)
            broken = broken or checked.failed
            sink.extend(checked.diagnostics)
            if isinstance(checked.result, Ruleset):
                rulesets.append(checked.result)
        rulesets.sort(key=lambda ruleset: ruleset.start)
        check_versions(rulesets, sink)
        absent = Absent(Why.BROKEN) if broken or sink.failed else None
        return Versions(tuple(rulesets), absent, sink.sorted())


@attrs.frozen(eq=False)
class Versions:
    """The versions of a ruleset by date, or why there are none, and what is wrong."""

    rulesets: tuple[Ruleset, ...]
    absent: Absent | None
    diagnostics: tuple[Diagnostic, ...]


@functools.lru_cache(maxsize=8)
def shelf_of(catalogue: Catalogue) -> Shelf:
    """Give the shelf of a catalogue: its folders, then what is shipped."""
    shelf = _shipped()
    if catalogue.packages:
        shelf = Shelf(_package_entries, shelf, hides=False)
    for folder in reversed(catalogue.folders):
        shelf = Shelf(functools.partial(folder_entries, folder), shelf)
    return shelf


def pick(
    catalogue: Catalogue, name: str, date: datetime.date | None, status: str
) -> Ruleset:
    """
    Pick a version of a ruleset.

    Raises:
        RulesetError: No such ruleset, it has errors, or no version of it is in
            force on the date (there is no falling back to an older one).
    """
    shelf = shelf_of(catalogue)
    if not catalogue.folders and name in _shipped().ids("ruleset"):
        shelf = _shipped()  # packages are slow to ask
    found = shelf.versions(name)
    if found.absent is not None:
        if found.absent.why is Why.UNKNOWN:
            raise RulesetError([_unknown(name, found.absent.known)])
        raise RulesetError(found.diagnostics)
    asked = tuple(v for v in found.rulesets if v.status == status)
    if date is None and len(asked) == 1:
        return asked[0]
    if date is None and asked:
        values: dict[str, Fill] = {"name": name, "detail": describe_dates(asked)}
        raise RulesetError([Diagnostic(codes.VERSION_NOT_CHOSEN, None, values)])
    for version in asked:
        if date is not None and version.in_force(date):
            return version
    raise RulesetError([not_in_force(name, found.rulesets, date, status)])


def not_in_force(
    name: str, versions: tuple[Ruleset, ...], date: datetime.date | None, status: str
) -> Diagnostic:
    """Say which version ended before a date, and which begins after it."""
    ruling = [v for v in versions if v.status == status]
    parts_en, parts_vi = [], []
    ended = [v for v in ruling if date and v.end is not None and v.end < date]
    begins = [v for v in ruling if date and v.start > date]
    if ended:
        last = ended[-1]
        ended_on = last.end and date_text(last.end, Language.VI)
        parts_en.append(f"the version of `{last.basis.number}` ended on {last.end}")
        parts_vi.append(f"phiên bản theo `{last.basis.number}` hết hiệu lực {ended_on}")
    if begins:
        number, start = begins[0].basis.number, begins[0].start
        begins_on = date_text(start, Language.VI)
        parts_en.append(f"the version of `{number}` begins on {start}")
        parts_vi.append(f"phiên bản theo `{number}` có hiệu lực từ {begins_on}")
    others = sorted({v.status for v in versions} - {status})
    if not ruling and others:
        parts_en.append(f"there are versions with the status {', '.join(others)}")
        parts_vi.append(f"có phiên bản ở trạng thái `{'`, `'.join(others)}`")
    values: dict[str, Fill] = {
        "name": name,
        "date": date or "—",
        "detail": Text("; ".join(parts_en), "; ".join(parts_vi)),
    }
    return Diagnostic(codes.NOT_IN_FORCE, None, values)


def _unknown(name: str, known: tuple[str, ...]) -> Diagnostic:
    close = nearest(name, known)
    names = ", ".join(f"`{found}`" for found in close)
    advice = Help(_WRITE_ONE_OF, {"names": names}) if names else None
    values: dict[str, Fill] = {"kind": Text("ruleset", "bộ tiêu chí"), "name": name}
    return Diagnostic(codes.UNKNOWN_FILE, None, values, help=advice)


def _package_entries() -> Iterator[Entry]:
    # Entry points are slow to find (33-50 ms): only when an id is not shipped.
    from importlib.metadata import entry_points
    from importlib.resources import files

    for point in entry_points(group=PACKAGES):
        yield from resource_entries(files(point.module), point.name, point.name)


@functools.cache
def _shipped() -> Shelf:
    """Give the shelf of shipped rulesets; it holds immutable values only."""
    return Shelf(lambda: resource_entries(resource("rulesets"), "rulesets", ""))
