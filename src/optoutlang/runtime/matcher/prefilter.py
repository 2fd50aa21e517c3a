"""The prefilter of a program: the tables that its compiled form is made of, from the rules as plain data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache

from optoutlang.runtime import native
from optoutlang.runtime.canonical import compose
from optoutlang.runtime.canonical import tables as characters
from optoutlang.runtime.canonical.look_alike_tables import READINGS
from optoutlang.runtime.canonical.slips import SlipIndex, is_slip, neighbours
from optoutlang.runtime.matcher.frames import StandingRows, frequency, plain_row
from optoutlang.runtime.matcher.look_alikes import SHORTEST
from optoutlang.runtime.matcher.quotes import (
    ANSWERED,
    BEFORE_OPENING,
    BEHIND_CLOSING,
    CLOSES,
    FORWARDED,
    OPENING,
    unquoted,
)
from optoutlang.runtime.matcher.sentences import BREAKS
from optoutlang.runtime.matcher.stretches import SHORTEST as SHORTEST_STRETCHED
from optoutlang.runtime.matcher.stretches import squeezed
from optoutlang.runtime.native import Classes, Tables
from optoutlang.runtime.program import FrameTable, Program, opt_out_keys
from optoutlang.runtime.program.frames import SHORTEST_STEM, STEM
from optoutlang.runtime.program.rest import unmarked
from optoutlang.runtime.terms import Action, Decision, Tolerance
from optoutlang.runtime.terms.rest import Rest

MayFind = Callable[[str, int], int]
"""Returns the places of the steps that may find anything in a message, as bits, where filler is of a numbered set."""

LETTER, NUMBER, SINGLE, MARK, SYMBOL, MOVING, UNSETTLED = (1 << bit for bit in range(7))
"""The classes of characters, as `native/prefilter.pyx` has them."""


class Prefilter:
    """Says which steps may find anything, for each context of a program; they find nothing that it rules out."""

    __slots__ = ("_compiled", "_sets")

    def __init__(self, program: Program) -> None:
        self._sets = filler_sets(program)
        self._compiled = native.prefilter.Prefilter(
            alphabet(), tables(program, self._sets), unquoted
        )

    @classmethod
    def of(cls, program: Program) -> Prefilter | None:
        """Return the prefilter of a program; None where the compiled core is not to be used, or has no room for it."""
        contexts = program.contexts().values()
        if (
            not native.is_used()
            or len({each.fillers for each in contexts}) > native.MAX_FILLER_SETS
        ):
            return None
        return cls(program)

    @property
    def steps(self) -> MayFind:
        """What tells the steps that may find anything in a text, for a context with a set of fillers."""
        return self._compiled.steps

    @property
    def rows(self) -> StandingRows:
        """What tells the rows of frames that stand in a sentence, but for guards, exceptions and needs."""
        return self._compiled.rows

    def scope(
        self,
        fillers: tuple[str, ...],
        *,
        always: int,
        decide: Callable[[int, str, str | None], Decision | None],
    ) -> native.prefilter.Scope:
        """Return what the fast path asks for a context with some fillers: steps that always count, what decides."""
        number = self._sets[fillers]
        return native.prefilter.Scope(self._compiled, fillers=number, always=always, decide=decide)

    def column(
        self,
        texts: object,
        offsets: object,
        *,
        large: bool,
        first: int,
        fillers: bytes | bytearray,
    ) -> bytearray:
        """Return the places of the steps that may find anything in each text of a column, a byte for each.

        `texts` and `offsets` are buffers as Arrow lays them out, the offsets of 64 bits if `large`; the column begins
        at the offset with the number `first`. `fillers` holds the number of each text's set of fillers. Other threads
        run meanwhile.

        Raises:
            ValueError: the offsets do not fit the texts.
        """
        found = bytearray(len(fillers))
        self._compiled.column(texts, offsets, large, first, fillers, found)
        return found

    def fillers(self, texts: tuple[str, ...]) -> int:
        """Return the number of a set of fillers."""
        return self._sets[texts]


@cache
def alphabet() -> native.prefilter.Characters:
    """Return what canonical text makes of each character, and what breaks, quotes and looks alike."""
    expanded = characters.EXPANDED_TO.split("\n")
    ranges = (
        (characters.LETTERS, LETTER),
        (characters.NUMBERS, NUMBER),
        (characters.SINGLES, SINGLE),
        (characters.MARKS, MARK),
        (characters.SYMBOLS, SYMBOL),
    )
    classes = [
        (ord(low), ord(high), bit)
        for text, bit in ranges
        for low, high in zip(text[::2], text[1::2], strict=True)
    ]
    classes += [(ord(each), ord(each), MOVING) for each in compose.MOVING]
    classes += [(ord(each), ord(each), UNSETTLED) for each in compose.UNSETTLED]
    classes += [(low, high, MOVING) for low, high in compose.HANGUL_MOVING]
    classes += [(low, high, UNSETTLED) for low, high in compose.HANGUL_UNSETTLED]
    return native.prefilter.Characters(
        folds=dict(zip(map(ord, characters.FOLDED), map(ord, characters.FOLDED_TO), strict=True)),
        expansions=dict(zip(map(ord, characters.EXPANDED), expanded, strict=True)),
        dropped=[
            (ord(low), ord(high))
            for low, high in zip(characters.DROPPED[::2], characters.DROPPED[1::2], strict=True)
        ],
        classes=classes,
        orders={ord(char): order for char, order in compose.ORDERS.items()},
        compositions=[
            (ord(first), ord(second), ord(both))
            for (first, second), both in compose.COMPOSED.items()
        ],
        breaks=BREAKS,
        quotes="".join({*CLOSES, *OPENING}),
        before_opening=BEFORE_OPENING,
        behind_closing=BEHIND_CLOSING,
        heads=(*FORWARDED, *ANSWERED),
        look_alikes=skeletons(),
    )


def skeletons() -> dict[int, int]:
    """Return one of the characters that look alike for all of them, in whatever reading they do."""
    alike: dict[str, str] = {}

    def one_of(char: str) -> str:
        while char in alike:
            char = alike[char]
        return char

    for chars, read in READINGS:
        for char, letter in zip(chars, read, strict=True):
            one, other = sorted((one_of(char), one_of(letter)))
            if one != other:
                alike[other] = one
    return {ord(char): ord(one_of(char)) for char in alike}


def filler_sets(program: Program) -> dict[tuple[str, ...], int]:
    """Return a number for each set of fillers that some contexts of a program have."""
    sets: dict[tuple[str, ...], int] = {}
    for context in program.contexts().values():
        sets.setdefault(context.fillers, len(sets))
    return sets


def tables(program: Program, sets: Mapping[tuple[str, ...], int]) -> Tables:
    """Return the tables of a program whose contexts have some sets of fillers, each with its number."""
    own = [context for _, context in program.own_contexts()]
    tolerated = {each for context in own for each in context.tolerances}
    opt_outs = opt_out_keys(own) if tolerated else frozenset()
    keys = {key for context in own for key in (*context.keywords, *context.topic_keywords)}
    fillers: dict[tuple[str, ...], int] = defaultdict(int)
    for texts, number in sets.items():
        for text in texts:
            fillers[tuple(text.split(" "))] |= 1 << number
    rows: dict[Rest, set[str]] = {each: set() for each in Rest}
    for context in own:
        for sentence in context.sentences:
            text, rest = unmarked(sentence)
            rows[rest].add(text)
    rows[Rest.NONE].update(text for context in own for text in context.topic_sentences)
    phrases = {phrase for context in own for phrase in context.phrases}
    words = ClassWords(program.frames)
    vocabulary = {
        word for texts in (phrases, *rows.values()) for text in texts for word in text.split(" ")
    }
    vocabulary.update(word for filler in fillers for word in filler)
    vocabulary |= words.vocabulary
    slips = words.slipping if Tolerance.TYPOS in tolerated else {}
    return Tables(
        keys=keys,
        longest=max(map(len, keys)),
        tolerates=bool(tolerated),
        typos=program.typos.keys() if tolerated else (),
        squeezed={squeezed(key) for key in opt_outs if len(key) >= SHORTEST_STRETCHED},
        look_alikes={key for key in opt_outs if len(key) >= SHORTEST},
        vocabulary=sorted(vocabulary),
        fillers=fillers,
        phrases=phrases,
        begins=rows[Rest.BEHIND],
        ends=rows[Rest.BEFORE],
        sentences=rows[Rest.NONE],
        classes=len(program.frames.classes),
        classes_of=words.classes,
        slips_of=Slips(slips).classes,
        stems={stem: tuple(sorted(those)) for stem, those in words.stems.items()},
        sequences=words.sequences(),
        stem_sequences=words.stem_sequences(),
        groups=_groups(program.frames),
        slips=slips,
        neighbours=[(meant, typed) for meant, those in neighbours().items() for typed in those],
    )


class ClassWords:
    """The members of all classes, by what they are made of."""

    def __init__(self, table: FrameTable) -> None:
        self.words: dict[str, set[int]] = defaultdict(set)
        self.stems: dict[str, set[int]] = defaultdict(set)
        self._sequences: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for number, each in enumerate(table.classes):
            for member in each.members:
                if " " in member:
                    self._sequences[tuple(member.split(" "))].add(number)
                elif member.endswith(STEM):
                    self.stems[member[:-1]].add(number)
                else:
                    self.words[member].add(number)
        self._stems_by_head: dict[str, list[str]] = defaultdict(list)
        for stem in self.stems:
            self._stems_by_head[stem[:SHORTEST_STEM]].append(stem)
        slipping = _slipping(table)
        self.slipping: dict[str, Classes] = {
            word: tuple(sorted(those & slipping))
            for word, those in self.words.items()
            if those & slipping
        }
        self.slipping = {word: self.slipping[word] for word in SlipIndex(self.slipping)}

    @property
    def vocabulary(self) -> set[str]:
        """All words of members that are no stems."""
        sequences = {word for row in self._sequences for word in row if not word.endswith(STEM)}
        return {*self.words, *sequences}

    def classes(self, word: str) -> Classes:
        """Return the classes of which a word is a member, by itself or by a stem."""
        found = set(self.words.get(word, ()))
        for stem in self._stems_by_head.get(word[:SHORTEST_STEM], ()):
            if word.startswith(stem):
                found |= self.stems[stem]
        return tuple(sorted(found))

    def sequences(self) -> dict[tuple[str, ...], Classes]:
        """Return the members of several words, none of them a stem."""
        return {
            row: tuple(sorted(those))
            for row, those in self._sequences.items()
            if not row[-1].endswith(STEM)
        }

    def stem_sequences(self) -> dict[tuple[str, ...], tuple[tuple[str, Classes], ...]]:
        """Return the stems that close members of several words, by the words before them."""
        found: dict[tuple[str, ...], list[tuple[str, Classes]]] = defaultdict(list)
        for row, those in self._sequences.items():
            if row[-1].endswith(STEM):
                found[row[:-1]].append((row[-1][: -len(STEM)], tuple(sorted(those))))
        return {row: tuple(stems) for row, stems in found.items()}


class Slips:
    """Words that have slips, and their classes."""

    def __init__(self, words: Mapping[str, Classes]) -> None:
        self._words = words
        self._index = SlipIndex(words)

    def classes(self, word: str) -> Classes:
        """Return the classes of the words of which a word is a slip."""
        near = {each for each in self._index.near(word) if is_slip(word, each)}
        return tuple(sorted({number for each in near for number in self._words[each]}))


def _groups(table: FrameTable) -> dict[Classes, list[native.Row]]:
    """Return all rows by the classes that they need, the rarest first."""
    often = [frequency(each) for each in table.classes]
    groups: dict[Classes, set[native.Row]] = defaultdict(set)
    for frame in table.frames:
        for row in frame.rows:
            plain = plain_row(frame, row)
            classes = sorted({each for each, _ in plain[2]}, key=lambda each: (often[each], each))
            groups[tuple(classes)].add(plain)
    return {classes: sorted(rows) for classes, rows in groups.items()}


def _slipping(table: FrameTable) -> frozenset[int]:
    """Return the classes for a word of which a slip may stand."""
    return frozenset(
        part.word_class
        for frame in table.frames
        for row in frame.rows
        if frame.action is Action.OPT_OUT and len(row.parts) > 1
        for part in row.parts
    )
