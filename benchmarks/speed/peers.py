"""Peers: each is told the same keywords and phrases, and answers for a text whether there is one of them.

A keyword must be the whole message, trimmed, in any case; a phrase may stand anywhere between word boundaries. That is
all they do: none of them knows filler, exceptions, sentences, spellings or countries. An adapter imports its package
only when it is asked for, since each is part of the extra `bench`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

Answer = Callable[[str], bool]
Column = Callable[[Sequence[str]], list[bool]]


@dataclass(frozen=True, slots=True)
class Words:
    """Keywords in capitals, and phrases in small letters."""

    keywords: frozenset[str]
    phrases: tuple[str, ...]


def with_keywords(words: Words, phrase_in: Answer) -> Answer:
    """Return a peer's answer: N for keywords, then its search for phrases."""
    keywords = words.keywords

    def answer(text: str) -> bool:
        return text.strip().upper() in keywords or phrase_in(text)

    return answer


def by_re(words: Words) -> Answer:
    """One alternation of `re`."""
    search = re.compile(rf"\b(?:{'|'.join(map(re.escape, words.phrases))})\b", re.IGNORECASE).search
    return with_keywords(words, lambda text: search(text) is not None)


def by_regex(words: Words) -> Answer:
    """A named list of `regex`."""
    import regex  # noqa: PLC0415

    pattern = regex.compile(r"\b\L<phrases>\b", regex.IGNORECASE, phrases=words.phrases)
    return with_keywords(words, lambda text: pattern.search(text) is not None)


def by_re2(words: Words) -> Answer:
    """A Set of google-re2."""
    import re2  # noqa: PLC0415

    found = re2.Set.SearchSet()
    for phrase in words.phrases:
        found.Add(rf"(?i)\b{re2.escape(phrase)}\b")
    found.Compile()
    return with_keywords(words, lambda text: bool(found.Match(text)))


def by_hyperscan(words: Words) -> Answer:
    """A block database of Hyperscan."""
    import hyperscan  # noqa: PLC0415

    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    flags = hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_SINGLEMATCH | hyperscan.HS_FLAG_UTF8
    expressions = [rf"\b{re.escape(each)}\b".encode() for each in words.phrases]
    database.compile(expressions=expressions, flags=[flags] * len(expressions))
    scratch = hyperscan.Scratch(database)

    def phrase_in(text: str) -> bool:
        seen: list[int] = []

        def note(number: int, *_: object) -> bool:
            seen.append(number)
            return True  # enough

        with suppress(hyperscan.ScanTerminated):
            database.scan(text.encode(), match_event_handler=note, scratch=scratch)
        return bool(seen)

    return with_keywords(words, phrase_in)


def by_ahocorasick_rs(words: Words) -> Answer:
    """The automaton of ahocorasick_rs; what stands beside a match is looked at."""
    import ahocorasick_rs  # noqa: PLC0415

    automaton = ahocorasick_rs.AhoCorasick(words.phrases)

    def phrase_in(text: str) -> bool:
        lower = text.lower()
        found = automaton.find_matches_as_indexes(lower, overlapping=True)
        return any(is_whole(lower, start, end) for _, start, end in found)

    return with_keywords(words, phrase_in)


def by_daachorse(words: Words) -> Answer:
    """The automaton over characters of daachorse."""
    import daachorse  # noqa: PLC0415

    automaton = daachorse.CharwiseDoubleArrayAhoCorasick(list(words.phrases))

    def phrase_in(text: str) -> bool:
        lower = text.lower()
        found = automaton.find_overlapping(lower)
        return any(is_whole(lower, start, end) for start, end, _ in found)

    return with_keywords(words, phrase_in)


def is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether no letter or digit stands beside a part of a text."""
    before = start == 0 or not text[start - 1].isalnum()
    return before and (end == len(text) or not text[end].isalnum())


def by_flashtext(words: Words) -> Answer:
    """The trie of flashtext."""
    import flashtext  # noqa: PLC0415

    processor = flashtext.KeywordProcessor()
    processor.add_keywords_from_list(list(words.phrases))
    return with_keywords(words, lambda text: bool(processor.extract_keywords(text)))


def by_polars(words: Words) -> Column:
    """Polars on a column: `is_in`, and `contains_any` without case, which knows no word boundaries."""
    import polars as pl  # noqa: PLC0415

    body = pl.col("body")
    folded = body.str.strip_chars().str.to_uppercase().is_in(sorted(words.keywords))
    hit = folded | body.str.contains_any(list(words.phrases), ascii_case_insensitive=True)

    def answer(texts: Sequence[str]) -> list[bool]:
        return pl.DataFrame({"body": texts}).select(hit).to_series().to_list()

    return answer


def by_duckdb(words: Words) -> Column:
    """DuckDB on a column: `IN`, and one regular expression."""
    import duckdb  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    connection = duckdb.connect()
    pattern = rf"\b(?:{'|'.join(map(re.escape, words.phrases))})\b"
    query = (
        "SELECT list_contains(?, upper(trim(body))) OR regexp_matches(body, ?, 'i') AS hit "
        "FROM messages"
    )

    def answer(texts: Sequence[str]) -> list[bool]:
        connection.register("messages", pa.table({"body": pa.array(texts, pa.string())}))
        found = connection.execute(query, [sorted(words.keywords), pattern]).fetchall()
        return [bool(hit) for (hit,) in found]

    return answer


ONE_BY_ONE: Mapping[str, Callable[[Words], Answer]] = {
    "re": by_re,
    "regex": by_regex,
    "google-re2": by_re2,
    "hyperscan": by_hyperscan,
    "ahocorasick_rs": by_ahocorasick_rs,
    "daachorse": by_daachorse,
    "flashtext": by_flashtext,
}
COLUMNS: Mapping[str, Callable[[Words], Column]] = {"polars": by_polars, "duckdb": by_duckdb}
