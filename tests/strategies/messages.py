"""Messages made from a ruleset, and contexts to read them in."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import normalize

from hypothesis import strategies as st

from optoutlang.matcher.action import PROTECTED
from optoutlang.model.pattern import Pattern, Text
from optoutlang.model.ruleset import Ruleset
from tests.strategies.rulesets import WORDS

ORDINARY = ("are we still on for lunch", "ok", "I foo every day", "please", "停车场", "lol 🛑")
WRAPPINGS = (
    *("{}", "{}", " {}!", "“{}”", '"{}"', "«{}»", "'{}'", "*{}*", "> {}", "> hi\n{}", "{}\n> {}"),
    *('{} "{}"', "{}.", "{}🛑", "{} {}", "{}, {} {}", "{}{}", "pls {}", "{} thank you", "«{} {}"),
    *("no {}", "{} me", "foo {} bar", '"a" {} "b"'),
)


@dataclass(frozen=True, slots=True)
class Context:
    """Where a message comes from, and what its sender is known to prefer."""

    country: str | None
    language: str | None


contexts = st.builds(
    Context,
    st.sampled_from((None, "MX", "CO", "US", "mx")),
    st.sampled_from((None, "en", "es", "es-MX", "es-419", "FR", "zh-Hant-TW", "es-x-home", "de")),
)


def spellings(word: str) -> st.SearchStrategy[str]:
    """Return ways in which people and phones write one word; all have its key."""
    return st.sampled_from(
        (
            word,
            word.lower(),
            word.upper(),
            word.replace(" ", "-"),
            word.replace(" ", " \n "),
            normalize("NFD", word),
            f"\u200b{word}\ufe0f",
            "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in word),
        )
    )


def near_misses(word: str) -> st.SearchStrategy[str]:
    """Return texts that are nearly a word."""
    return st.sampled_from((f"{word}s", word[:-1], word[1:], f"{word} x", f"x {word}", word * 2))


@st.composite
def written(draw: st.DrawFn, pattern: Pattern) -> str:
    """Draw one of the texts that a pattern stands for."""
    text = ""
    for part in pattern.parts:
        if isinstance(part, Text):
            text += part.text
        else:
            text += draw(written(draw(st.sampled_from(part.options))))
    return text


@st.composite
def with_filler(draw: st.DrawFn, text: str, fillers: tuple[str, ...]) -> str:
    """Draw a text with filler somewhere between its words."""
    words = text.split()
    for _ in range(draw(st.integers(1, 2))):
        words.insert(draw(st.integers(0, len(words))), draw(st.sampled_from(fillers)))
    return " ".join(words)


def anything() -> st.SearchStrategy[str]:
    """Return any text at all, with lone surrogates, NUL and combining marks."""
    return st.text(st.characters(categories=("L", "M", "N", "P", "S", "Z", "Cc", "Cs")), max_size=8)


@st.composite
def messages(draw: st.DrawFn, ruleset: Ruleset) -> str:
    """Draw a message: a keyword, a phrase, nearly one of them, or something else."""
    claimed, removed = (
        (each.word for each in ruleset.claims),
        (each.word for each in ruleset.removals),
    )
    keywords = (*PROTECTED, *claimed, *removed)
    fillers = (*(each.word for each in ruleset.fillers), "pls")
    patterns = [each.pattern for each in (*ruleset.phrases, *ruleset.exceptions)]
    said = st.sampled_from(keywords).flatmap(spellings)
    texts = [
        said,
        said.flatmap(lambda text: with_filler(text, fillers)),
        said.flatmap(lambda text: with_filler(text, fillers)),
        st.tuples(said, st.integers(2, 3)).map(lambda pair: " ".join([pair[0]] * pair[1])),
        st.sampled_from(keywords).flatmap(near_misses),
        st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
        st.sampled_from(ORDINARY),
        anything(),
    ]
    if patterns:
        phrase = st.sampled_from(patterns).flatmap(written)
        filled = phrase.flatmap(lambda text: with_filler(text, fillers))
        texts += [phrase, phrase, phrase, filled, filled, filled]
    one = st.one_of(texts)
    wrapping = draw(st.one_of(st.just("{}"), st.sampled_from(WRAPPINGS)))
    return wrapping.format(*(draw(one) for _ in range(wrapping.count("{}"))))
