"""The matcher: a program made ready to decide messages."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import chain, repeat
from threading import RLock

from optoutlang.runtime import native
from optoutlang.runtime.matcher.answers import Answers
from optoutlang.runtime.matcher.beginnings import Beginnings
from optoutlang.runtime.matcher.exact_reader import ExactReader
from optoutlang.runtime.matcher.explain import Explanation, explain
from optoutlang.runtime.matcher.prefilter import Prefilter
from optoutlang.runtime.matcher.pure_prefilter import PurePrefilter
from optoutlang.runtime.matcher.question import read_country, read_language, read_payload
from optoutlang.runtime.matcher.reader import Reader
from optoutlang.runtime.matcher.similar import Suggester
from optoutlang.runtime.matcher.steps import FrameStep, make_steps
from optoutlang.runtime.native import FastPath
from optoutlang.runtime.program import Program, artefact
from optoutlang.runtime.program.garbage import garbage_collection_paused
from optoutlang.runtime.terms import COUNTRIES, Decision, Note
from optoutlang.runtime.terms.similar import Similarity

LONGEST_KEPT, MOST_KEPT = 24, 512
"""Of messages with so many characters at most, which are decided, so many decisions are kept: keywords come again."""


class Matcher(FastPath):
    """Says what messages mean under one program (docs/language.md §5).

    A matcher never changes: threads may share it, and it pickles by content
    (the other process builds the automaton anew). What it answers is a pure
    function of the program, the message's text, its country and the preferred
    language.

    That of an artefact (`from_bytes`) decodes no more than it is asked for: for
    messages that are a keyword as they stand, the keywords; for the first one
    that is not, or `prepare`, everything.

    `digest` is the SHA-256 of the program's content in hexadecimal, which every
    decision carries, `name` the ruleset's name, and `countries` the ISO 3166-1
    alpha-2 codes of its scopes, sorted.
    """

    __slots__ = (
        "_beginnings",
        "_data",
        "_exact",
        "_is_compiled",
        "_kept",
        "_lock",
        "_opened",
        "_prefilter",
        "_program",
        "_readers",
        "_ruled_out",
        "_shown",
        "_steps",
        "countries",
        "digest",
        "name",
    )

    def __init__(self, program: Program) -> None:
        self._begin_with(program, artefact.digest(program))

    @classmethod
    def without_digest(cls, program: Program) -> Matcher:
        """Return the matcher of a program that is made to be asked, and never written: its digest is empty."""
        matcher = cls.__new__(cls)
        matcher._begin_with(program, "")  # noqa: SLF001  # a second way to make one
        return matcher

    @classmethod
    def from_bytes(cls, data: bytes, *, whole: bool = False) -> Matcher:
        """Return the matcher of an artefact.

        The digest, the header and the certificate of the protected words are checked at once; types, bounds and
        canonical texts where they are decoded. With `whole` all is decoded and checked at once, also that a program
        of this release is written so and in no other way.

        Raises:
            ArtefactError: the bytes are no artefact that this release can read. Without `whole`, the methods raise it
                too, if somebody sealed content that is none with a right digest.
        """
        matcher = cls.__new__(cls)
        opened = artefact.Opened(data)
        program = artefact.from_bytes(data) if whole else None
        matcher._begin(program, opened, opened.digest)  # noqa: SLF001  # as above
        matcher.name, matcher.countries = opened.name, opened.countries
        if program is not None:
            matcher._set_up(program)  # noqa: SLF001
        return matcher

    def _begin_with(self, program: Program, digest: str) -> None:
        self._begin(program, None, digest)
        self.name = program.name
        self.countries = tuple(sorted(program.countries))
        self._set_up(program)

    def _begin(self, program: Program | None, opened: artefact.Opened | None, digest: str) -> None:
        self._lock = RLock()
        # Asked when it is made, not when everything is decoded: by then the environment may say something else.
        self._is_compiled = native.is_used()
        self._program = program
        self._opened = opened
        self._data = None if opened is None else opened.data
        self._exact = None if opened is None else ExactReader(opened)
        self.digest = digest

    def prepare(self) -> None:
        """Decode all that is not decoded yet, as the first message does that is no keyword as it stands.

        A service calls it before messages come in, for that takes a while with large rules.

        Raises:
            ArtefactError: somebody sealed content with a right digest that is no program.
        """
        if self._exact is not None:
            with self._lock:
                if self._exact is not None:
                    with garbage_collection_paused():
                        self._set_up(self.program)

    @property
    def is_prepared(self) -> bool:
        """Whether everything is decoded, so that no message takes longer than it must."""
        return self._exact is None

    @property
    def program(self) -> Program:
        """What the matcher asks."""
        program = self._program
        return self._decoded() if program is None else program

    def _decoded(self) -> Program:
        with self._lock:
            if self._program is None:
                assert self._opened is not None  # noqa: S101  # a matcher has either of the two
                self._program = self._opened.program()
            return self._program

    @property
    def prefilter(self) -> Prefilter | None:
        """What rules out columns of texts (`runtime.batch`); None without the compiled core."""
        self.prepare()
        return self._prefilter

    def _set_up(self, program: Program) -> None:
        digest = self.digest
        self._steps = make_steps(program)
        suggester = None if program.similar is None else Suggester(program.similar)
        self._prefilter = prefilter = Prefilter.of(program) if self._is_compiled else None
        sieve = PurePrefilter(program) if prefilter is None else prefilter
        readers = {
            country: Reader(self._steps, Answers(program, digest, context), sieve, suggester)
            for country, context in program.contexts().items()
        }
        self._beginnings = None
        if prefilter is None and not any(each.asks_always for each in readers.values()):
            self._beginnings = Beginnings.of(program)
        self._ruled_out: AbstractSet[str] = frozenset()
        self._shown = 0
        if self._beginnings is not None:
            self._ruled_out, self._shown = self._beginnings.ruled_out, self._beginnings.size
        self._kept: dict[tuple[str, str | None], Decision] = {}
        base = readers[None]
        self._readers: dict[str | None, Reader] = {**dict.fromkeys(COUNTRIES, base), **readers}
        self._exact = self._opened = None
        if prefilter is not None:
            for step in chain.from_iterable(self._steps):
                if isinstance(step, FrameStep):
                    step.standing = prefilter.rows
            scopes = {country: each.scope(prefilter) for country, each in readers.items()}
            self._set_scopes({**dict.fromkeys(COUNTRIES, scopes[None]), **scopes})

    @property
    def topics(self) -> frozenset[str]:
        """The topics that the rules state (docs/language.md §5.33)."""
        return self.program.topics

    @property
    def states(self) -> int:
        """How many states the automata of all steps have: those of the phrases and exceptions."""
        self.prepare()
        return sum(step.states for together in self._steps for step in together)

    def _matched(
        self,
        text: str,
        country: str | None,
        language: str | None,
        *,
        strict: bool,
        payload: str | bytes | None,
    ) -> Decision | None:
        """Return what a message means, whatever the fast path cannot answer: `match` without its keywords."""
        if text.__class__ is not str:
            _require_str(text)
        if self._exact is not None:
            return self._matched_first(text, country, language, strict=strict, payload=payload)
        if (
            language is None
            and payload is None
            and not strict
            and text[: self._shown] in self._ruled_out
        ):
            return None
        reader = self._known(country)
        if reader is not None and language is None and payload is None:
            return self._decided(reader, text, country)
        reader, preferred, notes = self._asked(country, language, strict=strict)
        if payload is None:
            decision = reader.decide(text, preferred)
        else:
            decision = reader.decide_button(read_payload(payload), text, preferred)
        return replace(decision, notes=notes) if notes and decision is not None else decision

    def _matched_first(
        self,
        text: str,
        country: str | None,
        language: str | None,
        *,
        strict: bool,
        payload: str | bytes | None,
    ) -> Decision | None:
        """Return what a message means before everything is decoded: that is not needed for a keyword as it stands."""
        code, unknown_country = read_country(country, strict=strict)
        preferred, unknown_language = read_language(language, strict=strict)
        exact = self._exact
        if exact is not None and payload is None:
            decision = exact.decide(text, code, preferred)
            if decision is not None:
                notes = (*unknown_country, *unknown_language)
                return replace(decision, notes=notes) if notes else decision
        self.prepare()
        return self.match(text, country=country, language=language, strict=strict, payload=payload)

    def _decided(self, reader: Reader, text: str, country: str | None) -> Decision | None:
        """Return what a message means in a country with a reader; what a short one means is kept for a while."""
        kept = self._kept.get((text, country)) if len(text) <= LONGEST_KEPT else None
        if kept is not None:
            return kept
        if self._beginnings is not None and self._beginnings.rule_out(text):
            return None
        places = reader.may_find(text, reader.hint)
        decision = reader.decide_by(places, text, None) if places else None
        if decision is not None and len(text) <= LONGEST_KEPT:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[text, country] = decision
        return decision

    def match_many(
        self,
        texts: Iterable[str],
        *,
        countries: Iterable[str | None] | None = None,
        languages: Iterable[str | None] | None = None,
        strict: bool = False,
        payloads: Iterable[str | bytes | None] | None = None,
    ) -> list[Decision | None]:
        """Return what each of many messages means, in their order.

        `countries`, `languages` and `payloads` hold one item for each text, where given.

        Raises:
            TypeError: a text is no str, or `texts` is one str.
            ValueError: as for `match` (`strict`), or the lengths differ.
        """
        if isinstance(texts, str):
            raise TypeError("`texts` is one str, not many")
        messages = list(texts)
        if countries is None and languages is None and payloads is None:
            if type(self).match is Matcher.match:
                return self._match_each(messages)
            return [*map(self.match, messages)]  # a subclass has a `match` of its own
        rows = zip(
            messages,
            repeat(None, len(messages)) if countries is None else countries,
            repeat(None, len(messages)) if languages is None else languages,
            repeat(None, len(messages)) if payloads is None else payloads,
            strict=True,
        )
        return [
            self.match(text, country=where, language=tag, strict=strict, payload=payload)
            for text, where, tag, payload in rows
        ]

    def explain(
        self,
        text: str,
        *,
        country: str | None = None,
        language: str | None = None,
        strict: bool = False,
        payload: str | bytes | None = None,
    ) -> Explanation:
        """Return what a message means and why: everything that fired, and what each loser lost to.

        The arguments and errors are those of `match`.
        """
        _require_str(text)
        reader, preferred, notes = self._asked(country, language, strict=strict)
        pressed = None if payload is None else read_payload(payload)
        return explain(reader, text, preferred, notes, pressed)

    def similarity(self, text: str, *, country: str | None = None) -> Similarity | None:
        """Return how similar a message is to opt-outs, whatever the rules say of it; None where `similar` is off.

        The arguments and errors are those of `match`.
        """
        _require_str(text)
        reader, _, _ = self._asked(country, None, strict=False)
        return reader.similarity(reader.message(text))

    def to_bytes(self) -> bytes:
        """Return the artefact: the same bytes for the same program on any machine."""
        return artefact.to_bytes(self.program) if self._data is None else self._data

    def __reduce__(self) -> tuple[object, tuple[bytes]]:
        return Matcher.from_bytes, (self.to_bytes(),)

    def __repr__(self) -> str:
        return f"<Matcher {self.name} {self.digest[:12]}>"

    def fillers(self, country: str | None) -> int | None:
        """Return the number of a country's set of fillers, for `prefilter.column`; None where that cannot rule out."""
        reader = self._asked(country, None, strict=False)[0]
        return reader.hint if reader.is_prefiltered else None

    def _known(self, country: object) -> Reader | None:
        """Return the reader of a country whose code is written in capitals, or of none."""
        try:
            return self._readers.get(country)  # type: ignore[call-overload,no-any-return]
        except TypeError:  # cannot be hashed, so it is no code
            return None

    def _asked(
        self, country: object, language: object, *, strict: bool
    ) -> tuple[Reader, str | None, tuple[Note, ...]]:
        """Return the reader of a country, the preferred language, and what was not understood of both."""
        self.prepare()
        code, unknown_country = read_country(country, strict=strict)
        preferred, unknown_language = read_language(language, strict=strict)
        return self._readers[code], preferred, (*unknown_country, *unknown_language)


def _require_str(text: object) -> None:
    if not isinstance(text, str):
        raise TypeError(f"a message is str, not {type(text).__name__}")
