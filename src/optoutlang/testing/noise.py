"""The ways in which people and phones write one word: none of them changes its canonical text (docs/language.md §3)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from hypothesis import strategies as st

from optoutlang.runtime.canonical import tokens

_FULL_WIDTH = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F) if chr(code).isalnum()}


def _mathematical(upper: int, digits: int) -> dict[int, str]:
    """Return the table of one of Unicode's mathematical alphabets; they are how people send bold text."""
    table = {ord("A") + n: chr(upper + n) for n in range(26)}
    table |= {ord("a") + n: chr(upper + 26 + n) for n in range(26)}
    return table | {ord("0") + n: chr(digits + n) for n in range(10)}


_BOLD = _mathematical(0x1D5D4, 0x1D7EC)
_MONOSPACE = _mathematical(0x1D670, 0x1D7F6)
_TYPEWRITER_APOSTROPHE = str.maketrans("’ʼ`´", "''''")
_CURLY_APOSTROPHE = str.maketrans("'", "’")


def _by_letter(change: Callable[[str], str]) -> Callable[[str], str]:
    """Change letters alone: what separates words, sentences and quotations stays what it is."""
    return lambda text: "".join(change(each) if each.isalpha() else each for each in text)


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return "".join(each for each in parts if unicodedata.category(each) != "Mn")


STYLES: tuple[Callable[[str], str], ...] = (
    str,
    str.lower,
    str.upper,
    str.title,
    str.swapcase,
    _by_letter(lambda each: unicodedata.normalize("NFD", each)),
    _by_letter(_without_accents),
    lambda text: text.translate(_FULL_WIDTH),
    lambda text: text.translate(_BOLD),
    lambda text: text.translate(_MONOSPACE),
    lambda text: text.translate(_TYPEWRITER_APOSTROPHE),
    lambda text: text.translate(_CURLY_APOSTROPHE),
)
"""Ways to write a whole text's letters; the first leaves it as it is."""

FOLLOWERS = (
    *("\u200b", "\u200d", "\u2060", "\u00ad", "\ufe0f", "\u200e", "\ufeff", "\u034f"),
    *("\u0301", "\u0308", "\u0336", "\u20e3"),
)
"""What may stand between two letters without being seen, or as a mark that people leave out."""

SURROUNDINGS = (
    *(
        "{}",
        " {}",
        "{} ",
        "{}.",
        "{}!",
        "{}!!!",
        "{}?",
        "{}…",
        "¡{}!",
        "\n{}\n",
        "\t{}",
        "- {}",
        "> {}",
    ),
    *("“{}”", '"{}"', "«{}»", "„{}“", "'{}'", "‘{}’", "「{}」", "({})", "[{}]", "<{}>"),
    *(
        "*{}*",
        "**{}**",
        "_{}_",
        "~{}~",
        "`{}`",
        "{} 🛑",
        "🙏 {}",
        "{}🚫🚫",
        "{} ❤️",
        "\ufeff{}",
        "\u200f{}",
    ),
)
"""What people and phones put around a word; the first puts nothing."""

GAPS = (" ", "  ", "\n", "-", "_", ".", ", ", "\u00a0", "\u3000", " 🙏 ", " - ")
"""What may stand between two words."""


_HEAD = re.compile("([^\n:：]*[:：])")
"""What stands before a colon: it may be `Re:` or `Fwd:`, which are read letter by letter."""


@st.composite
def spellings(draw: st.DrawFn, text: str) -> str:
    """Draw another way to write a text's letters: case, full-width, bold, accents, what cannot be seen.

    No separator, quotation mark or line end is touched, nor what stands before
    a colon, so that a whole message means the same under every ruleset.
    """
    pieces = _HEAD.split(text)
    pieces[::2] = [draw(_respelt(each)) for each in pieces[::2]]
    return _same_tokens(text, "".join(pieces))


@st.composite
def _respelt(draw: st.DrawFn, text: str) -> str:
    text = _same_tokens(text, draw(st.sampled_from(STYLES))(text))
    for _ in range(draw(st.integers(0, 2))):
        text = _same_tokens(text, draw(_with_a_follower(text)))
    return text


@st.composite
def noise(draw: st.DrawFn, keyword: str) -> str:
    """Draw a way in which people and phones write a keyword; its canonical text is the keyword's.

    To what `spellings` changes come punctuation, quotes, emoji and bold marks
    around the word, and other gaps between the words of a longer one. That
    cannot be done to a message that holds a phrase: phrases heed quotes, and
    sentences the marks that end them.
    """
    words = keyword.split(" ")
    gaps = [draw(st.sampled_from(GAPS)) for _ in words[1:]]
    text = "".join(part for pair in zip(words, [*gaps, ""], strict=True) for part in pair)
    text = draw(spellings(_same_tokens(keyword, text)))
    return _same_tokens(text, draw(st.sampled_from(SURROUNDINGS)).replace("{}", text))


@st.composite
def _with_a_follower(draw: st.DrawFn, text: str) -> str:
    places = [place for place in range(1, len(text)) if text[place - 1 : place + 1].isalpha()]
    if not places:
        return text
    place = draw(st.sampled_from(places))
    return text[:place] + draw(st.sampled_from(FOLLOWERS)) + text[place:]


def _same_tokens(text: str, changed: str) -> str:
    """Return the changed text, or the text itself where the change says something else (an emoji beside an emoji)."""
    return changed if tokens(changed) == tokens(text) else text
