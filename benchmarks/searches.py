"""Requests that nobody made: everyday words, names, numbers and days that `world` takes for one; `make searches`.

Each search asks about single messages which a person may send about anything, in the countries where people say them.
It prints what `world` decides of them, and fails past the bound that stands beside it. Needs the extra `searches`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import num2words
import wordfreq
from babel import Locale
from babel.core import UnknownLocaleError

import optoutlang
from optoutlang.language.packs import pack_path
from optoutlang.language.words.everyday import everyday_keys
from optoutlang.language.words.lists import lists
from optoutlang.language.words.ordinary import names
from optoutlang.runtime.program import PROTECTED_KEYS

MAIN = dict(
    each.split(":")
    for each in (
        "ar:EG bg:BG bn:BD ca:ES cs:CZ da:DK de:DE el:GR en:US es:MX fa:IR fi:FI fil:PH fr:FR he:IL "
        "hi:IN hu:HU id:ID is:IS it:IT ja:JP ko:KR lt:LT lv:LV mk:MK ms:MY nb:NO nl:NL pl:PL pt:BR "
        "ro:RO ru:RU sh:RS sk:SK sl:SI sv:SE ta:IN tr:TR uk:UA ur:PK vi:VN zh:CN"
    ).split()
)
"""The main country of each language that has a list."""

FREQUENT = 5_000
SAME = {
    "sh": {"sr", "hr", "bs", "sr-Latn"},
    "fil": {"tl"},
    "nb": {"no", "nn"},
    "hi": {"hi-Latn"},
    "zh": {"zh-Hans", "zh-Hant"},
}
"""Other tags of the same language."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message, where it is from, and the tags that are its own language."""

    text: str
    country: str | None
    own: frozenset[str]


@dataclass(frozen=True, slots=True)
class Search:
    """Messages that are no requests, and how many of them may be decided as one, at most."""

    name: str
    messages: Callable[[], Iterable[Message]]
    bound: int


def frequent_words() -> Iterator[Message]:
    """Yield the most frequent words of each language alone in its main country."""
    for language, country in MAIN.items():
        for word in islice(wordfreq.iter_wordlist(language, "small"), FREQUENT):
            yield Message(word, country, frozenset({language, *SAME.get(language, ())}))


def people() -> Iterator[Message]:
    """Yield first and last names, from no country and from the United States."""
    for name in sorted(names()):
        yield Message(name, None, frozenset())
        yield Message(name, "US", frozenset())


def calendar() -> Iterator[Message]:
    """Yield numbers, days, months, languages, territories and currencies of each language in its main country."""
    for language, country in MAIN.items():
        own = frozenset({language, *SAME.get(language, ())})
        for text in dict.fromkeys((*_numbers(language), *_terms(language))):
            yield Message(text, country, own)


def _numbers(language: str) -> Iterator[str]:
    tag = {"nb": "no", "sh": "sr", "zh": "", "fil": "tl"}.get(language, language)
    for number in range(101):
        try:
            yield num2words.num2words(number, lang=tag)
        except NotImplementedError:
            return


def _terms(language: str) -> Iterator[str]:
    try:
        locale = Locale.parse({"sh": "sr_Latn"}.get(language, language))
    except UnknownLocaleError:
        return
    for table in (locale.days, locale.months):
        for widths in table.values():
            for named in widths.values():
                yield from named.values()
    yield from locale.languages.values()
    yield from locale.territories.values()
    yield from locale.currencies.values()


def joined() -> Iterator[Message]:
    """Yield each keyword cut into two frequent words of one language, in the main country of that language."""
    program = world().program
    keys = {
        key for _, own in program.own_contexts() for key in own.keywords
    } - PROTECTED_KEYS.keys()
    for language in lists():
        words = everyday_keys(language, 1_000)
        for key in sorted(keys):
            for end in range(2, len(key) - 1):
                if key[:end] in words and key[end:] in words:
                    text = f"{key[:end]} {key[end:]}"
                    yield Message(text, MAIN[language], frozenset({language}))


SEARCHES = (
    # END, INFO, YES, OFF, ON and OUT, which carriers prescribe, and words that say stop in both languages.
    Search("frequent words in their own country, by another language", frequent_words, 39),
    Search("names", people, 22),
    Search("numbers, days, months, languages, currencies", calendar, 2),
    # `no más` in six countries, what has STOP in it, and Hindi in Latin letters in India.
    Search("keywords cut into two frequent words", joined, 14),
)

_WORLD: list[optoutlang.Matcher] = []


def world() -> optoutlang.Matcher:
    """Return the matcher of `world`, compiled once."""
    if not _WORLD:
        _WORLD.append(optoutlang.load(pack_path("world")))
    return _WORLD[0]


def found(messages: Iterable[Message]) -> Iterator[tuple[Message, optoutlang.Decision]]:
    """Yield the messages that are decided by a rule of another language than their own."""
    for each in messages:
        decision = world().match(each.text, country=each.country)
        if decision is not None and decision.language not in each.own and not _is_protected(each):
            yield each, decision


def _is_protected(message: Message) -> bool:
    return "".join(message.text.casefold().split()) in PROTECTED_KEYS


def main() -> int:
    """Run the searches; return 1 if one finds more than its bound."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.searches", description=__doc__)
    parser.add_argument("--brief", action="store_true", help="print the counts alone")
    options = parser.parse_args()
    past = False
    for search in SEARCHES:
        asked = list(search.messages())
        requests = list(found(asked))
        past |= len(requests) > search.bound
        print(f"{search.name}: {len(requests)} of {len(asked):,}, {search.bound} at most")
        for message, decision in () if options.brief else requests:
            where = message.country or "-"
            print(
                f"  {message.text} ({where}): {decision.label}, {decision.matched_by.value}, "
                f"{decision.keyword} in {decision.language}, {decision.rule}"
            )
    return 1 if past else 0


if __name__ == "__main__":
    sys.exit(main())
