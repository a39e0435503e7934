"""
The explanation of an assessment, line by line.

Every line is read from the trace, in the order of the rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import attrs

from ntmrules.assessment import _phrases as p
from ntmrules.assessment._absence import missing_items
from ntmrules.assessment._conditions import ConditionTeller
from ntmrules.assessment._doubts import rests_on_unverified
from ntmrules.assessment._line import SIGNS, Line, LineKind, Style, line
from ntmrules.assessment._missing import Missing
from ntmrules.assessment._outline import Outline
from ntmrules.assessment._provisions import ProvisionTeller, record_text
from ntmrules.assessment._results import CriterionResult
from ntmrules.assessment._speech import Speech
from ntmrules.diagnostics import Diagnostic, severity_word
from ntmrules.diagnostics.words import VERDICTS
from ntmrules.text import Language, Text
from ntmrules.verdict import Verdict


# So many provisions resting on one record, it is told once at the top.
_SEVERAL = 3


def explain(outline: Outline, language: Language) -> Iterator[Line]:
    """Tell an assessment."""
    yield from _Teller(outline, Speech(language, outline.trace)).lines()


@attrs.frozen
class _Teller:
    outline: Outline
    speech: Speech

    def lines(self) -> Iterator[Line]:
        """Tell everything."""
        outline = self.outline
        yield from self._header()
        yield from self._verdict()
        record = self._common_record()
        if record:
            text = self.speech.say(p.RECORDED_BY, details=record)
            yield line(LineKind.NOTE, 0, text)
        later = frozenset(outline.missing)
        provisions = ProvisionTeller(
            self.speech, outline.accept_unverified, record, later
        )
        groups = (
            (p.PRECONDITIONS, LineKind.PRECONDITION, outline.preconditions),
            (p.CRITERIA, LineKind.CRITERION, outline.criteria),
        )
        for title, kind, results in groups:
            if results:
                yield from self._section(title)
            for result in results.values():
                yield from provisions.criterion(result, kind)
        if outline.trace.when is not None:
            yield from self._section(p.MET_WHEN)
            yield from ConditionTeller(self.speech).lines(outline.trace.when, 0)
        yield from self._missing()
        if outline.findings:
            yield from self._section(p.FINDINGS)
        for finding in outline.findings:
            yield from self._finding(finding)

    def _common_record(self) -> str:
        """Give the record that most provisions rest on, if several do."""
        records = [
            record_text(result.recorded, self.speech)
            for result in self.outline.results
            if result.recorded is not None
        ]
        common = Counter(records).most_common(1)
        return common[0][0] if common and common[0][1] >= _SEVERAL else ""

    def _section(self, title: Text) -> Iterator[Line]:
        yield Line(LineKind.BLANK, 0, ())
        text = self.speech.say(title)
        yield line(LineKind.SECTION, 0, text, Style.STRONG)

    # The whole.

    def _header(self) -> Iterator[Line]:
        speech, trace = self.speech, self.outline.trace
        ruleset, unit = trace.ruleset, trace.unit
        name = unit.called
        if unit.id and unit.id != name:
            name = f"{name} ({unit.id})"
        yield line(LineKind.HEADER, 0, name, Style.STRONG)
        title = speech.say(p.TITLE, ruleset=ruleset.name, id=ruleset.id)
        yield line(LineKind.HEADER, 0, title)
        text = speech.say(p.BASIS, instrument=speech.instrument(ruleset.basis))
        yield line(LineKind.HEADER, 0, text)
        _, *below = ruleset.layers()
        for layer in below:
            instrument = speech.instrument(layer.basis)
            name = speech.say(p.TITLE, ruleset=layer.name, id=layer.id)
            text = speech.say(p.STARTS_FROM, ruleset=name, instrument=instrument)
            yield line(LineKind.HEADER, 0, text)
        text = speech.say(p.DATE, date=speech.date(trace.date))
        yield line(LineKind.HEADER, 0, text)

    def _verdict(self) -> Iterator[Line]:
        speech, verdict = self.speech, self.outline.trace.verdict
        yield Line(LineKind.BLANK, 0, ())
        words = f"{SIGNS[verdict]} {speech.say(VERDICTS[verdict]).upper()}"
        counts = self._counts()
        yield Line(
            LineKind.VERDICT,
            0,
            ((Style(verdict.value), words), (Style.PLAIN, f" · {counts}")),
            verdict,
        )
        conferred = self._conferred()
        if conferred:
            yield line(LineKind.NOTE, 0, conferred, Style.STRONG)
        groups = self.outline.counts.groups
        if groups:
            joint = speech.say(p.OR_ELSE)
            names = joint.join(speech.say(p.GROUP_NAMES[name]) for name in groups)
            yield line(LineKind.NOTE, 0, speech.say(p.GROUP, groups=names))
        trace = self.outline.trace
        if self.outline.accept_unverified and rests_on_unverified(trace):
            text = speech.say(p.COUNTS_UNVERIFIED)
            yield line(LineKind.NOTE, 0, text, Style.WARNING)
        yield line(LineKind.NOTE, 0, speech.say(p.LEGEND), Style.MUTED)

    def _counts(self) -> str:
        counts = self.outline.counts
        found = [self.speech.say(p.COUNTS, counts=counts.text)]
        for phrase, number in (
            (p.COUNT_NOT_MET, counts.not_met),
            (p.COUNT_UNKNOWN, counts.unknown),
            (p.COUNT_NOT_APPLICABLE, counts.not_applicable),
        ):
            if number:
                found.append(self.speech.say(phrase, number=number))
        return ", ".join(found)

    def _conferred(self) -> str:
        """Say what follows for the title."""
        trace, speech = self.outline.trace, self.speech
        confers = trace.ruleset.confers
        if confers is None:
            return ""
        title = confers.title.label
        if not self.outline.effective:
            return speech.say(p.WITHOUT_EFFECT, title=title, why=self._why())
        follows, follows_not, open_ = (
            (p.REVOKES, p.NOT_REVOKED, p.WITHDRAWAL_OPEN)
            if confers.revokes
            else (p.GRANTS, p.NOT_GRANTED, p.TITLE_OPEN)
        )
        match trace.verdict:
            case Verdict.MET:
                return speech.say(follows, title=title)
            case Verdict.UNKNOWN:
                return speech.say(open_, title=title)
            case _:
                return speech.say(follows_not, title=title)

    def _why(self) -> str:
        ruleset, speech = self.outline.trace.ruleset, self.speech
        if ruleset.status in p.STATUS:
            return speech.say(p.IS_DRAFT, status=p.STATUS[ruleset.status])
        date = speech.date(self.outline.trace.date)
        return speech.say(p.IS_OUTSIDE, date=date)

    # The end.

    def _missing(self) -> Iterator[Line]:
        outline = self.outline
        yield from self._list(p.STILL_MISSING, outline.missing)
        known = set(outline.missing)
        rest = dict.fromkeys(
            one for one in _of_results(outline.results) if one not in known
        )
        if rest:
            text = self.speech.say(p.NO_LONGER_MATTERS, number=len(rest))
            yield Line(LineKind.BLANK, 0, ())
            yield line(LineKind.NOTE, 0, text, Style.MUTED)

    def _list(self, title: Text, missing: tuple[Missing, ...]) -> Iterator[Line]:
        if missing:
            yield from self._section(title)
        own = self.outline.trace.ruleset.id
        others = dict.fromkeys(one.ruleset for one in missing if one.ruleset)
        mine = [one for one in missing if one.ruleset in {"", own}]
        for text in missing_items(mine, self.speech):
            yield line(LineKind.MISSING, 0, f"- {text}")
        for other in others:
            if other == own:
                continue
            name = self.speech.ruleset(other)
            head = self.speech.say(p.OF_OTHER_RULESET, ruleset=name)
            yield line(LineKind.MISSING, 0, f"- {head}")
            theirs = (one for one in missing if one.ruleset == other)
            for text in missing_items(theirs, self.speech):
                yield line(LineKind.MISSING, 1, f"- {text}")

    def _finding(self, finding: Diagnostic) -> Iterator[Line]:
        language = self.speech.language
        word = severity_word(finding.severity, language)
        message = finding.message_in(language)
        where = [finding.place] if finding.place else []
        if finding.span is not None:
            where.append(str(finding.span))
        place = f" ({'; '.join(where)})" if where else ""
        head = (Style.WARNING, f"{word}[{finding.code.id}]")
        yield Line(LineKind.FINDING, 0, (head, (Style.PLAIN, f": {message}{place}")))
        for note in finding.notes:
            at = f" ({note.span})" if note.span else ""
            yield line(LineKind.FINDING, 1, f"{note.message(language)}{at}")
        if finding.help is not None:
            yield line(LineKind.FINDING, 1, finding.help.message(language))


def _of_results(results: Iterable[CriterionResult]) -> Iterator[Missing]:
    for result in results:
        yield from result.missing
