"""The starter file that `optout init` writes: a ruleset with comments, and tests that hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from optoutlang.interfaces.cli.polite_words import polite_words
from optoutlang.language.driver.compile import check_text, compile_checked
from optoutlang.language.packs import pack_names
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.format import format_source
from optoutlang.language.syntax.strings import encode
from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.program.table import Entry, table
from optoutlang.runtime.terms.action import Action
from optoutlang.runtime.terms.decision import Decision

_EVERYWHERE = ("STOP", "START", "HELP", "Stop by the office", "Can you help me move?")


@dataclass(frozen=True, slots=True)
class Starter:
    """For whom the file is: the brand, ISO 3166-1 alpha-2 codes, and BCP 47 tags, the base language first.

    `natural` adds the packs that read whole sentences, and tolerates slips of the thumb.
    """

    brand: str
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    natural: bool = False

    @property
    def name(self) -> str:
        """The ruleset's name: the brand as a bare word."""
        return "-".join(each for each in tokens(self.brand) if each[0].isalnum()) or "rules"

    @property
    def text(self) -> str:
        """The file's text, in the canonical layout. Its tests say what its rules, compiled, decide.

        Raises:
            CompileError: there can be no sound file, for instance because a reply with the brand is too long.
        """
        rules = "\n".join(self._rules())
        matcher = Matcher(compile_checked(check_text(rules)))
        return format_source(SourceText(self.name, "\n".join([rules, *self._tests(matcher)])))

    def _rules(self) -> Iterator[str]:
        file = f"{self.name}.optout"
        yield f"# {self.brand}: which replies mean stop, start and help, and what is answered."
        yield f"# After a change: optout fmt {file}; optout check {file}; optout test {file}"
        yield f"ruleset {self.name} language {self.languages[0]}"
        yield ""
        yield "# STOP, START and HELP always work. These packs add what people send; `optout packs` lists them all."
        yield from self._uses()
        yield ""
        yield "# Replies of the packs say {brand}."
        yield f"let brand = {encode(self.brand)}"
        yield ""
        if len(self.languages) > 2:
            yield "# Which language answers where several have the word."
            yield f"prefer {', '.join(self.languages)}"
            yield ""
        yield from _ADVICE
        yield from self._filler()
        if self.natural:
            yield "# Slips of the thumb, letters that look alike, held letters: `sotp`, `ST0P`, `stooop` are STOP."
            yield f"opt-out {{ tolerate {', '.join(_SLIPS)} }}"
            yield ""
        for country in self._without_pack():
            yield f"# There is no pack for {country} yet."
            yield f"country {country} {{ prefer {self.languages[0]} }}"
            yield ""

    def _uses(self) -> Iterator[str]:
        names = pack_names()
        for country in self.countries:
            if country.lower() in names:
                yield f'use "{country.lower()}" # what people in {country} send'
        packs = {language: _language_pack(language, names) for language in self.languages}
        for name in dict.fromkeys(filter(None, packs.values())):
            yield f'use "{name}" # words and replies, wherever the message comes from'
        for language in (each for each, name in packs.items() if name is None):
            yield f"# There is no pack for {language} yet: add a block `language {language} {{ }}`."

        sentences = [_language_pack(each, names, "natural") for each in self.languages]
        reading = tuple(dict.fromkeys(filter(None, sentences)))
        for name in reading if self.natural else ():
            yield f'use "{name}" # whole sentences: "please take me off your list"'
        if reading and not self.natural:
            yield "# Not only these words: in the US any reasonable wording counts (47 CFR 64.1200(a)(10))."
            listed = "; ".join(f'use "{name}"' for name in reading)
            yield f'# {listed} reads whole sentences too: optout match {reading[0]} "leave me alone"'

    def _polite(self) -> tuple[str, ...]:
        """Return the words to declare as filler: packs that read sentences have those of their language."""
        names = pack_names()
        languages = (
            each
            for each in self.languages
            if not (self.natural and _language_pack(each, names, "natural"))
        )
        return polite_words(tuple(languages))

    def _filler(self) -> Iterator[str]:
        words = self._polite()
        if words:
            yield f'# Words that carry no meaning: "stop {words[0]}" is STOP.'
            yield f"filler {', '.join(map(encode, words))}"
            yield ""

    def _without_pack(self) -> tuple[str, ...]:
        return tuple(each for each in self.countries if each.lower() not in pack_names())

    def _tests(self, matcher: Matcher) -> Iterator[str]:
        yield f"test {encode(f'{self.brand}: everywhere')} {{"
        polite = (f"STOP {each}" for each in self._polite())
        slips = _SLIPS.values() if self.natural else ()
        for message in dict.fromkeys((*_EVERYWHERE, *polite, *slips, *self._words(matcher))):
            yield _case(matcher, message, None)
        yield "}"
        for country in self.countries:
            yield ""
            yield f"test {encode(f'{self.brand}: {country}')} {{"
            for message in ("STOP", "START", "HELP", "Stop by the office"):
                yield _case(matcher, message, country)
            yield "}"

    def _words(self, matcher: Matcher) -> Iterator[str]:
        """Yield each language's first own opt-out word, as its pack orders them."""
        keywords = table(matcher.program, None).keywords
        for language in self.languages:
            pack = f"pack:{_language_pack(language, pack_names())}/"
            own = [
                each
                for each in keywords
                if each.action is Action.OPT_OUT and each.rule.startswith(pack)
            ]
            if own:
                yield min(own, key=_line).spelling


_ADVICE = """\
# Your own words and wordings, for example:
# opt-out {
#   keywords "NO MORE"
#   phrases "take me off (your|the) list"
# }
#
# Your own replies. A country's reply beats one outside `country`:
# country US {
#   help { reply "{brand}: help at 1-800-555-0100. Reply STOP to cancel." }
# }

""".splitlines()

_SLIPS = {"typos": "sotp", "lookalikes": "ST0P", "stretches": "stooop"}
"""What may be tolerated, with a message that is an opt-out by that alone."""


def _language_pack(language: str, names: tuple[str, ...], shelf: str = "lang") -> str | None:
    """Return the pack of a language or of its nearest lookup parent (es-MX: es)."""
    parts = language.lower().split("-")
    for length in range(len(parts), 0, -1):
        name = "-".join([shelf, *parts[:length]])
        if name in names:
            return name
    return None


def _line(entry: Entry) -> int:
    return int(entry.rule.rpartition(":")[2])


def _case(matcher: Matcher, message: str, country: str | None) -> str:
    origin = f" from {country}" if country else ""
    decision = matcher.match(message, country=country)
    return f"{encode(message)}{origin} -> {_meaning(decision)}"


def _meaning(decision: Decision | None) -> str:
    return "none" if decision is None else f"{decision.label} in {decision.language}"
