"""Tokens with the key of a keyword that are that keyword, or everyday words (docs/language.md §5).

The lists of words, and the languages of countries, are shared with the compiler; what is made of them is not.
"""

from __future__ import annotations

from optoutlang.language.model.statement import Claim, Ignoring, Phrase
from optoutlang.language.reference.layers import Table, protected_keys, table
from optoutlang.language.reference.phrases import Tokens, rows_of, sentences
from optoutlang.language.reference.text import key, spelt, tokens
from optoutlang.language.words.everyday import ANSWER, PIECE, everyday, everyday_keys
from optoutlang.language.words.lists import home, lists
from optoutlang.language.words.territories import is_larger, languages_of
from optoutlang.runtime.terms.action import Action

Speaker = Claim | Phrase
"""Who says that a word means something: a keyword, or a sentence of one word."""


def is_keyword(here: Table, text: str, places: list[int], action: Action) -> bool:
    """Tell whether the tokens at some places of a text, which have the key of a keyword, are it."""
    row = tuple(tokens(text)[place] for place in places)
    spelling = tuple(spelt(text)[place] for place in places)
    keyword = "".join(row)
    if keyword in protected_keys():
        return True
    if is_compound(row) and row not in written_rows(here):
        if is_ignoring(here) and are_words(here, keyword, row):
            return False
        if sentence_of(text, places[0]) != sentence_of(text, places[-1]):
            return False
    if not is_ignoring(here):
        return True
    if is_everyday(here, keyword, row, spelling):
        return False
    return action is not Action.OPT_IN or here.country is None or opts_in(here, keyword, spelling)


def is_ignoring(here: Table) -> bool:
    """Tell whether any file ignores everyday words."""
    return bool(here.ruleset.of(Ignoring))


def is_everyday_sentence(here: Table, row: Tokens, spelling: Tokens) -> bool:
    """Tell whether a sentence without filler, given as its tokens and their spelling, is everyday words instead."""
    if not is_ignoring(here) or "".join(row) in protected_keys():
        return False
    return (len(row) == 1 or spelling != row) and is_everyday(here, "".join(row), row, spelling)


def is_everyday(here: Table, keyword: str, row: Tokens, spelling: Tokens) -> bool:
    """Tell whether what is spelt so is an everyday word rather than the keyword whose key it has."""
    speaking = speakers(here, keyword)
    if not speaking or (is_compound(spelling) and spelling in written_rows(here)):
        return False
    return (
        is_another_word(here, speaking, row, spelling)
        or are_other_words(here, speaking, row, spelling)
        or (row == spelling and is_compound(row) and are_words(here, keyword, row))
    )


def is_another_word(here: Table, speaking: list[Speaker], row: Tokens, spelling: Tokens) -> bool:
    """Tell whether a spelling is a word of a language of the country, or of one larger than the keyword's."""
    word = " ".join(spelling)
    languages = {each for each in lists() if word in everyday(each)}
    native = [each for each in speaking if is_native(here, each)]
    if native:
        marked_otherwise = spelling != row and not is_written(native, spelling)
        return marked_otherwise and bool(languages & spoken(here))
    own = {home(each.language) for each in speaking}
    if languages & spoken(here) or any(is_larger_than_all(each, own) for each in languages):
        return True
    marked = spelling != row and not is_written(speaking, spelling)
    return here.country is None and marked and bool(languages & own)


def are_other_words(here: Table, speaking: list[Speaker], row: Tokens, spelling: Tokens) -> bool:
    """Tell whether a keyword of several words is spelt as words with marks of a language of the country."""
    claimed = {tokens(each.word) for each in speaking if isinstance(each, Claim)}
    native = [each for each in speaking if is_native(here, each)]
    if not is_compound(row) or row not in claimed or spelling == row:
        return False
    return not is_written(native or speaking, spelling) and any(
        all(word in everyday(language) for word in spelling) for language in spoken(here)
    )


def are_words(here: Table, keyword: str, row: Tokens) -> bool:
    """Tell whether the pieces of a keyword are everyday words of the country's languages, or of one larger language."""
    speaking = speakers(here, keyword)
    if not speaking or any(len(piece) < 2 for piece in row):
        return False
    by_piece = [{each for each in lists() if piece in everyday_keys(each, PIECE)} for piece in row]
    if all(languages & spoken(here) for languages in by_piece):
        return True
    own = {home(each.language) for each in speaking}
    return not any(is_native(here, each) for each in speaking) and any(
        is_larger_than_all(each, own) for each in set.intersection(*by_piece)
    )


def opts_in(here: Table, keyword: str, spelling: Tokens) -> bool:
    """Tell whether a word of a language of the country opts in, spelt without marks or as the rules spell it."""
    native = [each for each in here.claims if key(each.word) == keyword and is_native(here, each)]
    spelt_so = {"".join(spelt(each.word)) for each in native}
    return bool(native) and "".join(spelling) in {keyword, *spelt_so}


def speakers(here: Table, keyword: str) -> list[Speaker]:
    """Return who says that a key means something."""
    claims: list[Speaker] = [each for each in here.claims if key(each.word) == keyword]
    return claims + [each for each in here.sentences if (keyword,) in rows_of(each.pattern)]


def is_native(here: Table, speaker: Speaker) -> bool:
    """Tell whether what somebody says counts in a country whatever is everyday there.

    The standard pack's words, of which no file is weaker, are carriers' defaults everywhere.
    """
    return (
        speaker.file == len(here.ruleset.files) - 1
        or not here.ruleset.files[speaker.file].weaker
        or speaker.scope is not None
        or home(speaker.language) in spoken(here)
    )


def is_written(speaking: list[Speaker], spelling: Tokens) -> bool:
    """Tell whether somebody writes a word so."""
    return any(
        tuple(spelt(text)) == spelling
        for each in speaking
        for text in ([each.word] if isinstance(each, Claim) else each.pattern.texts())
    )


def spoken(here: Table) -> frozenset[str]:
    """Return the languages of the country; none without one."""
    return frozenset() if here.country is None else languages_of(here.country)


def is_larger_than_all(language: str, others: set[str]) -> bool:
    """Tell whether a language has more speakers than each of others."""
    return all(is_larger(language, other) for other in others)


def is_compound(row: Tokens) -> bool:
    """Tell whether tokens are several, not all of one character."""
    return len(row) > 1 and any(len(token) > 1 for token in row)


def written_rows(here: Table) -> set[Tokens]:
    """Return the tokens of every keyword as the rules write it."""
    return {tokens(claim.word) for claim in here.claims}


def sentence_of(text: str, place: int) -> int:
    """Return the number of the sentence in which a token stands; symbols beside words are no tokens."""
    whole, start = tokens(text), 0
    for number, sentence in enumerate(sentences(text)):
        row = tokens(sentence)
        if whole[start : start + len(row)] == row:
            start += len(row)
        if place < start:
            return number
    return -1


def is_everyday_answer(here: Table, keyword: str) -> bool:
    """Tell whether an opt-in keyword, there or here, is an everyday word of a language in which it is claimed."""
    return any(
        keyword in everyday_keys(claim.language, ANSWER)
        for context in (table(here.ruleset, None), here)
        for claim in context.claims
        if key(claim.word) == keyword and claim.action is Action.OPT_IN
    )
