"""The artefact's form of each field of a context: pairs of `write_` and `read_` functions.

A `read_` function takes the JSON value, the pools, and the value that is
overlaid; it raises `MalformedError` for anything that its twin does not write.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from optoutlang.runtime.canonical import key as key_of
from optoutlang.runtime.program.front_coding import front_coded, front_decoded
from optoutlang.runtime.program.meaning import Meaning
from optoutlang.runtime.program.rest import MARK, unmarked
from optoutlang.runtime.program.wire import (
    Json,
    ReadPools,
    WritePools,
    read_int,
    read_list,
    read_meaning,
    read_members,
    read_tag,
    read_tags,
    read_text,
    read_texts,
    require,
    require_sorted,
    write_meaning,
)
from optoutlang.runtime.terms import PROTECTED, SUGGESTIONS, Action, MatchedBy, Tolerance

_REMOVED = ""
_WAYS = {way.value: way for way in SUGGESTIONS.values()}
_PROTECTED = frozenset(map(key_of, PROTECTED))
_TOLERANCES = {each.value: each for each in Tolerance}


def write_keywords(keywords: Mapping[str, Meaning | None], _: WritePools) -> Json:
    """Return keywords by key; None for one that is removed."""
    return {key: None if each is None else write_meaning(each) for key, each in keywords.items()}


def read_keywords(
    value: object, pools: ReadPools, under: Mapping[str, Meaning | None]
) -> dict[str, Meaning | None]:
    """Return keywords of requests, each under the key of its spellings."""
    keywords = _read_keywords(value, pools, under)
    for key, meaning in keywords.items():
        require(meaning is None or meaning.answer is None, f"`{key}` is a keyword of an answer")
        require(meaning is None or meaning.topic is None, f"`{key}` is a keyword of a topic")
    return keywords


def _read_keywords(
    value: object, pools: ReadPools, under: Mapping[str, Meaning | None]
) -> dict[str, Meaning | None]:
    keywords: dict[str, Meaning | None] = {}
    for key, entry in _read_entries(value, under).items():
        meaning = None if entry is None else read_meaning(entry, sources=pools.sources)
        spellings = () if meaning is None else [each.spelling for each in meaning.origins]
        right = all(key_of(each) == key for each in spellings)
        require(bool(key) and right, f"`{key}` is not the key of its spelling")
        keywords[key] = meaning
    return keywords


def read_answer_keywords(
    value: object, pools: ReadPools, under: Mapping[str, Meaning | None]
) -> dict[str, Meaning | None]:
    """Return keywords of answers, none of them a protected word."""
    keywords = _read_keywords(value, pools, under)
    for key, meaning in keywords.items():
        answers = meaning is not None and meaning.action is Action.ANSWER
        require(answers and key not in _PROTECTED, f"`{key}` is no keyword of an answer")
    return keywords


def read_topic_keywords(
    value: object, pools: ReadPools, under: Mapping[str, Meaning | None]
) -> dict[str, Meaning | None]:
    """Return keywords of topics, none of them a protected word."""
    keywords = _read_keywords(value, pools, under)
    for key, meaning in keywords.items():
        is_one = meaning is not None and meaning.topic is not None
        require(is_one and key not in _PROTECTED, f"`{key}` is no keyword of a topic")
    return keywords


def write_sequences(sequences: Mapping[str, tuple[Meaning, ...]], pools: WritePools) -> Json:
    """Return the token sequences of each meaning, by its number; of no number those that are removed."""
    by_meaning: dict[str, list[str]] = {}
    for text, each in sequences.items():
        by_meaning.setdefault(str(pools.meanings[each]) if each else _REMOVED, []).append(text)
    return {number: front_coded(texts) for number, texts in by_meaning.items()}


def read_sequences(
    value: object, pools: ReadPools, under: Mapping[str, tuple[Meaning, ...]]
) -> dict[str, tuple[Meaning, ...]]:
    """Return what token sequences mean, each a canonical text."""
    sequences = _read_texts_of_meanings(value, pools, under)
    pools.require_canonical_all(sequences)
    return _requested(sequences)


def _requested(sequences: dict[str, tuple[Meaning, ...]]) -> dict[str, tuple[Meaning, ...]]:
    # Few objects stand for many texts, and hashing each would take a tenth of the time.
    for meanings in {id(each): each for each in sequences.values()}.values():
        require(all(each.answer is None for each in meanings), "an answer among requests")
        require(all(each.topic is None for each in meanings), "a topic among requests")
    return sequences


def read_answer_sentences(
    value: object, pools: ReadPools, under: Mapping[str, tuple[Meaning, ...]]
) -> dict[str, tuple[Meaning, ...]]:
    """Return sentences of answers, each a canonical text with one answer."""
    sentences = _read_named(value, pools, under, of="an answer")
    for text, (meaning,) in sentences.items():
        require(meaning.answer is not None, f"`{text}` is no sentence of an answer")
    return sentences


def read_topic_sentences(
    value: object, pools: ReadPools, under: Mapping[str, tuple[Meaning, ...]]
) -> dict[str, tuple[Meaning, ...]]:
    """Return sentences of topics, each a canonical text with one meaning."""
    sentences = _read_named(value, pools, under, of="a topic")
    for text, (meaning,) in sentences.items():
        require(meaning.topic is not None, f"`{text}` is no sentence of a topic")
    return sentences


def _read_named(
    value: object, pools: ReadPools, under: Mapping[str, tuple[Meaning, ...]], *, of: str
) -> dict[str, tuple[Meaning, ...]]:
    sentences = _read_texts_of_meanings(value, pools, under)
    pools.require_canonical_all(sentences)
    for text, meanings in sentences.items():
        require(len(meanings) == 1, f"`{text}` is no sentence of {of}")
    return sentences


def read_sentences(
    value: object, pools: ReadPools, under: Mapping[str, tuple[Meaning, ...]]
) -> dict[str, tuple[Meaning, ...]]:
    """Return what sentences mean, each a canonical text with or without the mark of what is open."""
    sentences = _read_texts_of_meanings(value, pools, under)
    pools.require_canonical_all(
        [unmarked(text).text if MARK in text else text for text in sentences]
    )
    return _requested(sentences)


def _read_texts_of_meanings(
    value: object, pools: ReadPools, under: Mapping[str, tuple[Meaning, ...]]
) -> dict[str, tuple[Meaning, ...]]:
    sequences: dict[str, tuple[Meaning, ...]] = {}
    for number, coded in read_members(value).items():
        texts = tuple(front_decoded(read_text(coded)))
        require(number == _REMOVED or number.isdecimal(), "not the number of a meaning")
        entry = pools.entry(None if number == _REMOVED else int(number))
        for text in texts if number == _REMOVED else ():
            require(text in under, f"`{text}` is taken away from nothing")
        sequences |= dict.fromkeys(texts, entry)
    return sequences


def _read_entries(value: object, under: Mapping[str, object]) -> dict[str, object]:
    """Return the entries of a table by their text; only what the base has can be taken away."""
    entries = read_members(value)
    for text, entry in entries.items():
        require(entry is not None or text in under, f"`{text}` is taken away from nothing")
    return entries


def write_texts(texts: tuple[str, ...], _: WritePools) -> Json:
    """Return texts as they stand."""
    return list(texts)


def read_fillers(value: object, pools: ReadPools, _: tuple[str, ...]) -> tuple[str, ...]:
    """Return fillers: canonical texts in order."""
    fillers = read_texts(value)
    pools.require_canonical_all(fillers)
    return fillers


def read_preference(value: object, _: ReadPools, __: tuple[str, ...]) -> tuple[str, ...]:
    """Return language tags in the order of preference."""
    return read_tags(value)


def read_languages(value: object, _: ReadPools, __: tuple[str, ...]) -> tuple[str, ...]:
    """Return language tags in order."""
    return require_sorted(read_tags(value))


def write_names(members: Iterable[MatchedBy | Tolerance] | None, _: WritePools) -> Json:
    """Return the names of enum members in order."""
    return list[Json](sorted(each.value for each in members or ()))


def read_suggest(
    value: object, _: ReadPools, __: frozenset[MatchedBy] | None
) -> frozenset[MatchedBy]:
    """Return ways to match that may only suggest."""
    names = read_texts(value)
    require(_WAYS.keys() >= set(names), "suggests by a way to match that is none")
    return frozenset(_WAYS[name] for name in names)


def read_tolerances(
    value: object, _: ReadPools, under: frozenset[Tolerance]
) -> frozenset[Tolerance]:
    """Return tolerances that the base does not have."""
    names = read_texts(value)
    require(_TOLERANCES.keys() >= set(names), "not a tolerance")
    tolerances = frozenset(_TOLERANCES[name] for name in names)
    require(tolerances.isdisjoint(under), "tolerated in the base already")
    return tolerances


def write_words(words: frozenset[str], _: WritePools) -> Json:
    """Return words in one text, with spaces between them."""
    return " ".join(sorted(words))


def read_words(value: object, _: ReadPools, __: frozenset[str]) -> frozenset[str]:
    """Return the words of one text."""
    return frozenset(require_sorted(tuple(read_text(value).split(" "))))


def write_lines(texts: frozenset[str], _: WritePools) -> Json:
    """Return texts that hold spaces in one text, a line each."""
    return "\n".join(sorted(texts))


def read_lines(value: object, pools: ReadPools, _: frozenset[str]) -> frozenset[str]:
    """Return the lines of one text, each a canonical text."""
    lines = require_sorted(tuple(read_text(value).split("\n")))
    pools.require_canonical_all(lines)
    return frozenset(lines)


def write_everyday(everyday: Mapping[str, str | None], _: WritePools) -> Json:
    """Return spellings by the language of which they are everyday words, in one text, a line each; none for gone."""
    by_language: dict[str, list[str]] = {}
    for spelling, language in sorted(everyday.items()):
        by_language.setdefault(language or "", []).append(spelling)
    return {language: "\n".join(spellings) for language, spellings in by_language.items()}


def read_everyday(
    value: object, _: ReadPools, under: Mapping[str, str | None]
) -> Mapping[str, str | None]:
    """Return the language of each spelling; only what the base has can be taken away."""
    everyday: dict[str, str | None] = {}
    for language, spellings in read_members(value).items():
        lines = require_sorted(tuple(read_text(spellings).split("\n")))
        require(everyday.keys().isdisjoint(lines), "an everyday word of two languages")
        require(bool(language) or under.keys() >= set(lines), "taken away from nothing")
        everyday |= dict.fromkeys(lines, read_tag(language) if language else None)
    return everyday


def write_local(keys: frozenset[str] | None, _: WritePools) -> Json:
    """Return keys in one text, with spaces between them; there may be none."""
    return " ".join(sorted(keys or ()))


def read_local(value: object, _: ReadPools, __: frozenset[str] | None) -> frozenset[str]:
    """Return the keys of one text, which may be empty."""
    return frozenset(require_sorted(tuple(read_text(value).split(" ")))) if value else frozenset()


def write_frames(frames: tuple[int, ...], _: WritePools) -> Json:
    """Return the numbers of frames."""
    return list[Json](frames)


def read_frames(value: object, pools: ReadPools, _: tuple[int, ...]) -> tuple[int, ...]:
    """Return numbers of frames that are there, in order."""
    frames = tuple(read_int(each, below=pools.frames) for each in read_list(value))
    require(list(frames) == sorted(set(frames)), "frames out of order, or listed twice")
    return frames
