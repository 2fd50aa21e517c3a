"""Messages made from a ruleset's own words, and contexts to read them in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from hypothesis import event, note
from hypothesis import strategies as st

from optoutlang.language.model.pattern import Choice, Pattern, Text
from optoutlang.runtime.terms.country import COUNTRIES
from optoutlang.testing.noise import noise, spellings
from optoutlang.testing.vocabulary import FrameRow, Rules, Vocabulary, vocabulary


class Kind(Enum):
    """What a generated message is; `messages` reports it as an event."""

    EXACT = "exact"
    NOISY = "noisy"
    FILLED = "with filler"
    REPEATED = "repeated"
    SENTENCE = "sentence"
    PHRASE = "phrase"
    EXCEPTION = "exception"
    FRAME = "frame"
    NEAR_MISS = "near miss"
    MIXED = "mixed"
    ORDINARY = "ordinary"
    ANYTHING = "anything"


@dataclass(frozen=True, slots=True)
class GeneratedMessage:
    """A message, what kind it is, and the word or wording that it is made of."""

    text: str
    kind: Kind
    of: str


@dataclass(frozen=True, slots=True)
class Context:
    """Where a message comes from (ISO 3166-1 alpha-2), and what its sender is known to prefer (BCP 47)."""

    country: str | None = None
    language: str | None = None


ORDINARY = (
    *("ok", "are we still on for lunch", "See you at 5!", "please", "thank you so much", "lol 🛑"),
    *("I can't help you move on Saturday", "we start at noon", "nonstop flight", "the bus stop"),
    *("¿a qué hora abren?", "merci beaucoup", "明天见", "停车场", "कल मिलते हैं", "👍", "", "12345"),
    *(
        "Sí, mamá",
        "Seis",
        "Bästa",
        "no máš",
        "No más, por favor",
        "Fin",
        "si",
        "résumé",
        "si. mama",
    ),
)
"""What people send every day. Whether a ruleset takes it for something is its own affair."""

WRAPPINGS = (
    *("“{}”", '"{}"', "«{}»", "'{}'", "*{}*", "> {}", "> hi\n{}", "{}\n> {}", '{} "{}"', " {}!"),
    *("{}.", "{}🛑", "{} {}", "{}, {}", "{}{}", "pls {}", "{} thank you", "«{} {}", "no {}"),
    *("{} me", "foo {} bar", '"a" {} "b"', "{}. {}", "hi! {}"),
)
"""What messages are put into: quotes, open and closed, quoted lines, other words, one another."""

_LOOK_ALIKES = dict(
    zip("aceiopstuxy0", ("а", "с", "е", "1", "0", "р", "5", "7", "υ", "х", "у", "o"), strict=True)
)
"""Letters and digits that look like others: Cyrillic, Greek, and digits for letters."""

_SHARES: Mapping[Kind, int] = {
    Kind.NOISY: 2,
    Kind.REPEATED: 2,
    Kind.FILLED: 4,
    Kind.SENTENCE: 3,
    Kind.PHRASE: 6,
    Kind.EXCEPTION: 2,
    Kind.FRAME: 6,
    Kind.NEAR_MISS: 4,
    Kind.MIXED: 4,
}
"""How often a kind is drawn, where that is not once."""


def messages(rules: Rules, *, kinds: Iterable[Kind] = Kind) -> st.SearchStrategy[str]:
    """Return messages of a ruleset: its keywords, plain and noisy, its phrases, near misses, ordinary talk.

    Hypothesis's statistics count the kinds, and a failing test notes the kind
    and the word that its message was made of. `kinds` limits them.

    Raises:
        OSError, CompileError, ArtefactError: as `load` does, for a path.
    """
    return messages_of(vocabulary(rules), kinds=kinds).map(_noted)


def contexts(rules: Rules) -> st.SearchStrategy[Context]:
    """Return contexts of a ruleset: none, the countries and languages that it names, and others.

    Raises:
        OSError, CompileError, ArtefactError: as `load` does, for a path.
    """
    return contexts_of(vocabulary(rules))


def contexts_of(words: Vocabulary) -> st.SearchStrategy[Context]:
    """Return contexts of a vocabulary."""
    named = st.sampled_from(words.countries or sorted(COUNTRIES))
    spoken = st.sampled_from(words.languages)
    others = st.sampled_from(("de", "zh-Hant-TW", "es-419", "FR"))
    countries = st.one_of(
        st.none(), named, named.map(str.lower), st.sampled_from(sorted(COUNTRIES))
    )
    languages = st.one_of(st.none(), spoken, spoken.map("{}-x-home".format), others)
    return st.builds(Context, countries, languages)


def messages_of(
    words: Vocabulary, *, kinds: Iterable[Kind] = Kind
) -> st.SearchStrategy[GeneratedMessage]:
    """Return messages of a vocabulary together with their kinds.

    Raises:
        ValueError: it has no words for any of the kinds.
    """
    subjects = _subjects(words)
    weighted = [kind for kind in kinds if kind in subjects for _ in range(_SHARES.get(kind, 1))]
    if not weighted:
        raise ValueError("the ruleset has no words for any of these kinds of messages")
    return st.sampled_from(weighted).flatmap(lambda kind: _message(kind, subjects[kind], words))


@st.composite
def _message(
    draw: st.DrawFn, kind: Kind, subjects: st.SearchStrategy[str], words: Vocabulary
) -> GeneratedMessage:
    of = draw(subjects)
    return GeneratedMessage(draw(_TELLINGS[kind](of, words)), kind, of)


def _subjects(words: Vocabulary) -> Mapping[Kind, st.SearchStrategy[str]]:
    """Return what messages of each kind are about, for the kinds of which there is something."""
    keywords = st.one_of(st.sampled_from(words.keywords), st.sampled_from(words.own))
    subjects = dict.fromkeys(
        (Kind.EXACT, Kind.NOISY, Kind.FILLED, Kind.REPEATED, Kind.NEAR_MISS), keywords
    )
    worded = {
        Kind.SENTENCE: words.sentences,
        Kind.PHRASE: words.phrases,
        Kind.EXCEPTION: words.exceptions,
    }
    for kind, patterns in worded.items():
        if patterns:
            subjects[kind] = st.sampled_from(patterns).flatmap(written)
    if words.frames:
        subjects[Kind.FRAME] = st.sampled_from(words.frames).flatmap(
            lambda row: framed(row, words.guarding)
        )
    subjects[Kind.MIXED] = st.one_of(list(subjects.values()))
    subjects[Kind.ORDINARY] = st.sampled_from(ORDINARY)
    subjects[Kind.ANYTHING] = anything()
    return subjects


@st.composite
def written(draw: st.DrawFn, pattern: Pattern) -> str:
    """Draw one of the texts that a pattern stands for."""
    text = ""
    for part in pattern.parts:
        if isinstance(part, Text):
            text += part.text
        elif isinstance(part, Choice):
            text += draw(written(draw(st.sampled_from(part.options))))
    return text


@st.composite
def framed(draw: st.DrawFn, row: FrameRow, guarding: tuple[str, ...]) -> str:
    """Draw a text with the parts of a row in order, other words around them, and sometimes a slip in one of them."""
    others = (*guarding, *("foo", "the", "pls", "now", "x"))
    other = st.sampled_from(others).flatmap(_ending)
    pieces = draw(st.lists(other, max_size=2))
    for choices, gap in row:
        if gap:
            pieces += draw(st.lists(other, max_size=gap + 1))
        text = draw(st.sampled_from(choices).flatmap(_ending))
        pieces.append(draw(near_misses(text)) if draw(st.integers(0, 7)) == 0 else text)
    pieces += draw(st.lists(other, max_size=2))
    return " ".join(pieces)


def _ending(text: str) -> st.SearchStrategy[str]:
    """Return a word, with some ending where it is a stem."""
    stem = text.removesuffix("*")
    return st.just(text) if stem == text else st.sampled_from((stem, f"{stem}s", f"{stem}ing"))


@st.composite
def with_filler(draw: st.DrawFn, text: str, words: Vocabulary) -> str:
    """Draw a text with filler somewhere between its words."""
    fillers = (*words.fillers, "pls")
    parts = text.split()
    for _ in range(draw(st.integers(1, 2))):
        parts.insert(draw(st.integers(0, len(parts))), draw(st.sampled_from(fillers)))
    return " ".join(parts)


_DISGUISES = str.maketrans("aeiostcpхАЕОРСТаосе", "а31057срxAEOPCTaoce")
_NEIGHBOURS = str.maketrans("acefilnoprstuxбо", "svrdokbpotadixюр")


@st.composite
def near_misses(draw: st.DrawFn, word: str) -> str:
    """Draw a text that is nearly a word: one slip of a finger, letters that look alike, another word beside it."""
    place = draw(st.integers(0, max(0, len(word) - 1)))
    before, at, after = word[:place], word[place : place + 1], word[place + 1 :]
    beside = (f"{word}s", f"{word} x", f"x {word}", f"{word} by", f"non{word}", word * 2)
    slips = (before + after, before + at + at + after, before + after[:1] + at + after[1:])
    disguises = (before + at * 4 + after, before + _LOOK_ALIKES.get(at.lower(), at) + after)
    return draw(st.sampled_from((*beside, *slips * 2, *disguises * 2, f"{word} 12345")))


@st.composite
def _mixed(draw: st.DrawFn, text: str, words: Vocabulary) -> str:
    wrapping = draw(st.sampled_from(WRAPPINGS))
    others = st.one_of(st.sampled_from(words.keywords), st.sampled_from(ORDINARY))
    return wrapping.format(text, *(draw(others) for _ in range(wrapping.count("{}") - 1)))


def _wording(text: str, words: Vocabulary) -> st.SearchStrategy[str]:
    return st.one_of(st.just(text), with_filler(text, words), spellings(text))


def anything() -> st.SearchStrategy[str]:
    """Return any text at all, with lone surrogates, NUL and combining marks."""
    return st.text(st.characters(categories=("L", "M", "N", "P", "S", "Z", "Cc", "Cs")), max_size=8)


_TELLINGS: Mapping[Kind, Callable[[str, Vocabulary], st.SearchStrategy[str]]] = {
    Kind.EXACT: lambda text, _: st.just(text),
    Kind.NOISY: lambda text, _: noise(text),
    Kind.FILLED: lambda text, words: noise(text).flatmap(lambda noisy: with_filler(noisy, words)),
    Kind.REPEATED: lambda text, _: st.integers(2, 3).map(lambda times: " ".join([text] * times)),
    Kind.SENTENCE: _wording,
    Kind.PHRASE: _wording,
    Kind.EXCEPTION: _wording,
    Kind.FRAME: _wording,
    Kind.NEAR_MISS: lambda text, _: near_misses(text),
    Kind.MIXED: _mixed,
    Kind.ORDINARY: lambda text, _: st.just(text),
    Kind.ANYTHING: lambda text, _: st.just(text),
}
"""How a message of each kind is made of its subject."""


def _noted(message: GeneratedMessage) -> str:
    event(f"message: {message.kind.value}")
    note(f"message: {message.kind.value} of {message.of!r}")
    return message.text
