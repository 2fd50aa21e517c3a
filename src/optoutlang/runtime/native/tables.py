"""The tables that the compiled prefilter is made of: plain data, the union of what all contexts of a program have."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

Classes = tuple[int, ...]
"""Numbers of classes of words, in order."""

Row = tuple[bool, bool, tuple[tuple[int, int], ...], Classes]
"""Whether the sentence begins before a row of a frame and ends behind it, its classes with the gaps before them,
and the classes that it needs in the message."""

MAX_FILLER_SETS = 32
"""So many different sets of fillers the contexts of a program may have for a prefilter to tell them apart."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What a prefilter knows of a program.

    `keys` are those of all keywords, none longer than `longest` characters; `typos`, `squeezed` and `look_alikes` are
    what the keys of opt-outs are looked up by where something is `tolerated`. `fillers` has for each filler the sets
    that it is in, as bits. `phrases`, and sentences that begin or end so or are whole, are canonical texts.

    `classes` is how many classes of words there are; `classes_of` and `slips_of` tell those of a word, and those of
    which it may be a slip. `sequences` are members of several tokens; `stem_sequences` have the stems that may follow
    some tokens, and `stems` those that are a member by themselves. `groups` are the rows by the classes that they
    need, the rarest first. `slips` are the words that have slips, and `neighbours` the pairs of a letter that is meant
    and one that is typed instead.
    """

    keys: Collection[str]
    longest: int
    tolerates: bool
    typos: Collection[str]
    squeezed: Collection[str]
    look_alikes: Collection[str]
    vocabulary: Collection[str]
    fillers: Mapping[tuple[str, ...], int]
    phrases: Collection[str]
    begins: Collection[str]
    ends: Collection[str]
    sentences: Collection[str]
    classes: int
    classes_of: Callable[[str], Classes]
    slips_of: Callable[[str], Classes]
    stems: Mapping[str, Classes]
    sequences: Mapping[tuple[str, ...], Classes]
    stem_sequences: Mapping[tuple[str, ...], tuple[tuple[str, Classes], ...]]
    groups: Mapping[Classes, Collection[Row]]
    slips: Mapping[str, Classes]
    neighbours: Collection[tuple[str, str]]
