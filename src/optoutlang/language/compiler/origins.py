"""Who says what a keyword or phrase means, in which language, and where (docs/language.md §5, Keyword and rule)."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from optoutlang.language.model.button import Button
from optoutlang.language.model.layers import strongest
from optoutlang.language.model.ruleset import Ruleset, SourceFile
from optoutlang.language.model.statement import AnswerKeyword, AnswerSentence, Claim, Frame, Phrase
from optoutlang.language.model.topics import TopicKeyword, TopicSentence
from optoutlang.runtime.program import Meaning, Origin, Source
from optoutlang.runtime.terms import Action

Speaker = Claim | Phrase
Named = AnswerKeyword | AnswerSentence | TopicKeyword | TopicSentence | Button


class Origins:
    """Makes meanings of the statements of one ruleset; equal meanings are one object.

    `sources` are the ruleset's files in order of name, as origins count them.
    """

    def __init__(self, ruleset: Ruleset) -> None:
        self._ruleset = ruleset
        by_file = [_source(file) for file in ruleset.files]
        self.sources = tuple(sorted(set(by_file), key=lambda each: (each.name, each.sha256)))
        self._places = [self.sources.index(each) for each in by_file]
        self._shared: dict[Meaning, Meaning] = {}

    def meaning(self, speakers: Sequence[Speaker]) -> Meaning:
        """Return what statements say together, at least one, all of one action and one key or row of tokens."""
        first = self._foremost(speakers)
        spoken = [first]
        for language in sorted({each.language for each in speakers}):
            speaking = [each for each in speakers if each.language == language]
            best = self._foremost(speaking)
            if best is not first:
                spoken.append(best)
        meaning = Meaning(first.action, tuple(self.origin(each) for each in spoken))
        return self._shared.setdefault(meaning, meaning)

    def answer(self, speakers: Sequence[AnswerKeyword] | Sequence[AnswerSentence]) -> Meaning:
        """Return what statements of one answer to one key or text say together, strongest first."""
        meaning = Meaning(Action.ANSWER, self._spoken(speakers), speakers[0].name)
        return self._shared.setdefault(meaning, meaning)

    def topic(self, speakers: Sequence[TopicKeyword] | Sequence[TopicSentence]) -> Meaning:
        """Return what statements of one topic and action say together to one key or text, strongest first."""
        first = speakers[0]
        meaning = Meaning(first.action, self._spoken(speakers), topic=first.topic)
        return self._shared.setdefault(meaning, meaning)

    def button(self, speakers: Sequence[Button]) -> Meaning:
        """Return what statements of one payload and one action, answer or topic say together, strongest first."""
        first = speakers[0]
        of = first.answer or None, first.topic or None
        meaning = Meaning(first.action, self._spoken(speakers), *of)
        return self._shared.setdefault(meaning, meaning)

    def _spoken(self, speakers: Sequence[Named]) -> tuple[Origin, ...]:
        """Return the origin of the foremost statement in each language."""
        spoken = []
        for language in dict.fromkeys(each.language for each in speakers):
            speaking = [each for each in speakers if each.language == language]
            foremost = min(
                strongest(self._ruleset, speaking),
                key=lambda each: (each.spelling, each.place.sort_key),
            )
            spoken.append(self.origin(foremost))
        return tuple(sorted(spoken, key=_order))

    def _foremost(self, speakers: Sequence[Speaker]) -> Speaker:
        """Return the statement that names the whole: scope and file decide, then spelling, then place."""
        if len(speakers) == 1:
            return speakers[0]
        return min(
            strongest(self._ruleset, speakers),
            key=lambda each: (_spelling(each), each.place.sort_key),
        )

    def origin(self, speaker: Speaker | Frame | Named) -> Origin:
        """Return in which language a statement speaks, how it is spelt, and where it stands."""
        place = self._places[speaker.file]
        return Origin(speaker.language, _spelling(speaker), place, speaker.place.start.line)


def _order(origin: Origin) -> str:
    return origin.language


def _spelling(speaker: Speaker | Frame | Named) -> str:
    return speaker.word if isinstance(speaker, Claim) else speaker.spelling


def _source(file: SourceFile) -> Source:
    return Source(file.text.name, sha256(file.text.text.encode()).hexdigest())
