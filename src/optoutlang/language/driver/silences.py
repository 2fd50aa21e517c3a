"""Findings that a file silences by `allow`, each with its reason (docs/language.md 5.36).

An `allow` is about the statement behind it in its block, with all that this
holds, and about findings at that place alone. So no file silences another one's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Code, Diagnostic, Edit, Fix, Label, Severity
from optoutlang.language.diagnostics.suggest import closest
from optoutlang.language.source.place import Place
from optoutlang.language.source.span import Span
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.tree import (
    Allow,
    AnswerBlock,
    CountryBlock,
    File,
    LanguageBlock,
    Section,
    TopicBlock,
    Word,
)

_BLOCKS = Section | AnswerBlock | TopicBlock | LanguageBlock | CountryBlock


@dataclass(frozen=True, slots=True)
class _Silence:
    """One code of an `allow`: where it stands, and the span that it is about, empty where nothing follows."""

    source: SourceText
    code: Word
    reason: str
    about: Span

    def covers(self, finding: Diagnostic) -> bool:
        """Tell whether a finding is silenced."""
        place = finding.primary.place
        return (
            finding.code.id == self.code.value
            and finding.code.severity is not Severity.ERROR
            and place.source == self.source
            and self.about.start <= place.span.start
            and place.span.end <= self.about.end
        )


def silence(files: Sequence[File], found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Return findings with the reasons of those that their files silence, and what is wrong with the silences.

    The last of the files is the root. Its silences are called unused only where nothing is an error: with one, some
    checks do not ask. Those of other files never: most checks speak of the root file alone.
    """
    silences: list[_Silence] = []
    wrong: list[Diagnostic] = []
    for file in files:
        for allow, about in _allows(file.statements):
            wrong += _wrong(file.source, allow)
            reason = allow.reason.value.strip() if allow.reason else ""
            silences += (
                _Silence(file.source, code, reason, about)
                for code in allow.codes
                if reason and _silenceable(code.value)
            )
    if not silences:
        return (*found, *wrong)
    used: set[_Silence] = set()
    marked: list[Diagnostic] = []
    for finding in found:
        covering = [each for each in silences if each.covers(finding)]
        used.update(covering)
        marked.append(replace(finding, silenced=covering[-1].reason) if covering else finding)
    if not any(each.code.severity is Severity.ERROR for each in (*found, *wrong)):
        own = (each for each in silences if each.source == files[-1].source)
        wrong += (_unused(each) for each in own if each not in used)
    return (*marked, *wrong)


def _allows(items: Iterable[object]) -> Iterator[tuple[Allow, Span]]:
    """Yield each `allow` with the span of the statement behind it in its block."""
    waiting: list[Allow] = []
    for item in items:
        if isinstance(item, Allow):
            waiting.append(item)
            continue
        span = getattr(item, "span", None)
        if isinstance(span, Span):
            yield from ((each, span) for each in waiting)
            waiting = []
        if isinstance(item, _BLOCKS):
            yield from _allows(item.items)
    yield from ((each, Span(each.span.end, each.span.end)) for each in waiting)


def _silenceable(name: str) -> bool:
    code = codes.BY_ID.get(name)
    return code is not None and code.severity is not Severity.ERROR and code not in _OF_SILENCES


_OF_SILENCES: frozenset[Code] = frozenset({codes.UNUSED_SILENCE})


def _wrong(source: SourceText, allow: Allow) -> Iterator[Diagnostic]:
    if allow.reason is None or not allow.reason.value.strip():
        span = allow.span if allow.reason is None else allow.reason.span
        yield Diagnostic(
            codes.SILENCE_WITHOUT_REASON,
            "this `allow` gives no reason",
            Label(Place(source, span)),
            help='write `because "…"` behind the code, for whoever reads it next',
        )
    for word in allow.codes:
        place = Place(source, word.span)
        code = codes.BY_ID.get(word.value)
        if code is None:
            yield _unknown(place, word.value)
        elif not _silenceable(word.value):
            is_error = code.severity is Severity.ERROR
            yield Diagnostic(
                codes.SILENCED_ERROR,
                f"`{word.value}` is {'an error' if is_error else 'about silences'}"
                " and cannot be silenced",
                Label(place, code.title),
                help=f"correct what it is about; `optout explain {code.id}` says how",
            )


def _unknown(place: Place, name: str) -> Diagnostic:
    by_slug = {each.slug: each.id for each in codes.ALL}
    slug = closest(name, by_slug)
    near = by_slug[slug] if slug else closest(name, codes.BY_ID)
    return Diagnostic(
        codes.UNKNOWN_FINDING,
        f"`{name}` is the code of no finding",
        Label(place),
        help=f"did you mean `{near}`?"
        if near
        else "a code is written as `check` prints it: `O411`",
        fix=Fix(f"write `{near}`", (Edit(place, near),)) if near else None,
    )


def _unused(silence: _Silence) -> Diagnostic:
    return Diagnostic(
        codes.UNUSED_SILENCE,
        f"nothing behind this `allow` is a `{silence.code.value}`",
        Label(Place(silence.source, silence.code.span)),
        help="take it out; it speaks of the statement behind it alone",
    )
