"""Messages that lead into every fast path: made at random of what a program's rules say, and of noise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from random import Random

from optoutlang.runtime.canonical.look_alike_tables import READINGS
from optoutlang.runtime.canonical.slips import neighbours
from optoutlang.runtime.matcher.quotes import ANSWERED, CLOSES, FORWARDED, OPENING, REACTIONS
from optoutlang.runtime.matcher.sentences import BREAKS
from optoutlang.runtime.program import Program
from optoutlang.runtime.program.frames import STEM
from optoutlang.runtime.program.rest import unmarked

ORDINARY = tuple(
    "ok thanks see you at the office tomorrow did he get my message yet i'm not sure don't we'll"
    " hola gracias bis morgen спасибо ดี ขอบคุณ 안녕 नमस्ते 谢谢 ありがとう straße ﬁne ½ ① 12 5 é".split()
)
SPACES = (
    " ",
    " ",
    " ",
    " ",
    " ",
    "  ",
    "\t",
    "\xa0",
    "",
    "'",
    "’",
    "-",
    "/",
    "_",
    "\u200b",
    "\x00",
)
ENDS = (
    *BREAKS,
    ". ",
    ". ",
    "! ",
    ", ",
    "? ",
    " - ",
    " -- ",
    "\n",
    "\n",
    "...",
    " -",
    "- ",
    ":",
    ": ",
    "：",
)
MARKS = (*OPENING, *CLOSES, '"', '"')
HEADS = (
    *(f"{each}: " for each in (*FORWARDED, *ANSWERED)),
    *(f"{each} “" for each in REACTIONS),
    "> ", "\n> ", "--- Original ---\n", "fwd\n: ", "Re :", "  aw: ", "👍 to “",
)  # fmt: skip
ODD = (
    *"\u0301\u0308\u200d\ufe0f\u0e48\u0e31\u093c\u093e\u09be\u09c7\u3099\u1100\u1161\u11a8가\u0345ßﷺ👍🏽$+`´'’\ud800\udfff\x00\x85\u2028",
    *"ａＢ１İıŁæŉǆﬀ²³ªº\u1e9e\u0130\u1fb3", "n't", "a'", "'a", "''",
)  # fmt: skip


def _alike() -> tuple[dict[str, list[str]], ...]:
    """Return for each reading what may stand for each letter."""
    found = []
    for chars, read in READINGS:
        alike: dict[str, list[str]] = {}
        for char, letter in zip(chars, read, strict=True):
            alike.setdefault(letter, []).append(char)
        found.append(alike)
    return tuple(found)


ALIKE = _alike()


class Texts:
    """Draws messages for a program, and countries."""

    def __init__(self, program: Program, random: Random) -> None:
        self._random = random
        contexts = [context for _, context in program.own_contexts()]
        self._frames = program.frames
        self.countries = (None, None, None, "FR", *program.countries)
        self._keys = _sorted(
            key for each in contexts for key in (*each.keywords, *each.topic_keywords)
        )
        self._fillers = _sorted(text for each in contexts for text in each.fillers)
        self._everyday = _sorted(
            text for each in contexts for text in (*each.everyday, *each.compounds)
        )
        self._exceptions = _sorted(text for each in contexts for text in each.exceptions)
        rows = {*(text for each in contexts for text in each.phrases)}
        rows |= {unmarked(text).text for each in contexts for text in each.sentences}
        rows.update(text for each in contexts for text in each.topic_sentences)
        self._rows = _sorted(rows)
        self._typos = _sorted(program.typos)
        self._drawn: tuple[Callable[[], str], ...] = (
            *(5 * (lambda: self._of(ORDINARY),)),
            *(2 * (lambda: self._of(self._keys),)),
            *(2 * (lambda: self._of(self._fillers),)),
            *(3 * (lambda: self._of(self._rows),)),
            *(3 * (self.reading,)),
            lambda: self._of(self._everyday),
            lambda: self._of(self._exceptions),
            lambda: self._of(self._typos),
            self._member,
            lambda: self._of(ODD),
            lambda: self._part(self._of(self._rows)),
        )

    def country(self) -> str | None:
        """Return a country, often none."""
        return self._random.choice(self.countries)

    def text(self) -> str:
        """Return a message."""
        random = self._random
        count = random.choice((1, 1, 1, 2, 2, 3, 4, 6))
        pieces = []
        for _ in range(count):
            pieces += [self._noisy(random.choice(self._drawn)()), self._between()]
        text = "".join(pieces if random.random() < 0.5 else pieces[:-1])
        if random.random() < 0.08:
            text = self._of(HEADS) + text
        if random.random() < 0.1:
            text = self._quoted(text)
        return text

    def reading(self) -> str:
        """Return the words of a row of some frame: a member for each part, and words in its gaps."""
        if not self._frames:
            return ""
        random = self._random
        frame = random.choice(self._frames.frames)
        words = []
        for part in random.choice(frame.rows).parts:
            words += [self._of(ORDINARY) for _ in range(random.randint(0, part.gap))]
            member = random.choice(self._frames.classes[part.word_class].members)
            words.append(self._whole(member))
        return " ".join(words)

    def _member(self) -> str:
        if not self._frames:
            return ""
        return self._whole(self._random.choice(self._random.choice(self._frames.classes).members))

    def _whole(self, member: str) -> str:
        return (
            member[: -len(STEM)] + self._random.choice(("", "s", "ing", "ка"))
            if member.endswith(STEM)
            else member
        )

    def _of(self, texts: Sequence[str]) -> str:
        return self._random.choice(texts) if texts else ""

    def _part(self, text: str) -> str:
        words = text.split(" ")
        begin = self._random.randrange(len(words))
        return " ".join(words[begin : begin + self._random.randint(1, 3)])

    def _between(self) -> str:
        if self._random.random() < 0.6:
            return self._of(SPACES)
        return self._of(ENDS) if self._random.random() < 0.8 else self._of(MARKS)

    def _quoted(self, text: str) -> str:
        one, other = sorted(self._random.randint(0, len(text)) for _ in range(2))
        mark = self._of(MARKS)
        return text[:one] + mark + text[one:other] + CLOSES.get(mark, mark)[0] + text[other:]

    def _noisy(self, text: str) -> str:
        """Return a text as written, in another case, or with one change."""
        change = self._random.choice(CHANGES)
        if change is None or not text:
            return text
        if change is _parted:
            place = self._random.randint(0, len(text))
            return f"{text[:place]} {self._of(self._fillers)} {text[place:]}"
        if change is _filled:
            return text.replace(" ", f" {self._of(self._fillers)} ", 1)
        return change(text, self._random)


def _upper(text: str, _: Random) -> str:
    return text.upper()


def _title(text: str, _: Random) -> str:
    return text.title()


def _filled(text: str, _: Random) -> str:
    """Stand for filler between two words, which needs the rules."""
    return text


def _parted(text: str, _: Random) -> str:
    """Stand for filler inside a word."""
    return text


def _slip(text: str, random: Random) -> str:
    """Return a text with one slip of the thumb."""
    place = random.randrange(len(text))
    char, rest = text[place], text[place + 1 :]
    kind = random.randrange(4)
    if kind == 0:
        return text[:place] + rest
    if kind == 1:
        return text[:place] + char + char + rest
    if kind == 2:
        return text[:place] + rest[:1] + char + rest[1:]
    typed = sorted(neighbours().get(char, "x"))
    return f"{text[:place]}{random.choice(typed)}{rest}"


def _stretched(text: str, random: Random) -> str:
    place = random.randrange(len(text))
    return text[:place] + text[place] * random.randint(2, 5) + text[place:]


def _look_alike(text: str, random: Random) -> str:
    alike = random.choice(ALIKE)
    return "".join(
        random.choice(alike[each]) if each in alike and random.random() < 0.5 else each
        for each in text
    )


def _odd(text: str, random: Random) -> str:
    place = random.randint(0, len(text))
    return f"{text[:place]}{random.choice(ODD)}{text[place:]}"


def _spaced(text: str, _: Random) -> str:
    return " ".join(text)


def _sorted(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(texts)))


CHANGES: tuple[Callable[[str, Random], str] | None, ...] = (
    *(4 * (None,)),
    *(_upper, _title, _slip, _slip, _stretched, _look_alike, _odd, _spaced, _filled, _parted),
)
