"""The text of a starter file: commented, formatted, with tests that pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from optoutlang.canonical import tokens
from optoutlang.packs import pack_names


@dataclass(frozen=True, slots=True)
class Starter:
    """What a starter file is for: a brand, its countries (ISO 3166-1) and its languages (BCP 47), the base's first."""

    brand: str
    countries: tuple[str, ...]
    languages: tuple[str, ...]

    def __post_init__(self) -> None:
        if not tokens(self.brand):
            raise ValueError("a brand needs a letter or a digit")
        if not self.languages:
            raise ValueError("a ruleset needs a language")

    @property
    def name(self) -> str:
        """The ruleset's name, and the file's."""
        return "-".join(tokens(self.brand))

    @property
    def packs(self) -> tuple[str, ...]:
        """The packs that there are for the countries and languages."""
        wanted = [each.lower() for each in self.countries]
        wanted += [f"lang-{each.lower()}" for each in self.languages]
        return tuple(each for each in dict.fromkeys(wanted) if each in pack_names())

    def text(self) -> str:
        """Return the text of the file."""
        return "\n".join((*self._head(), *self._sections(), *self._countries(), *self._tests()))

    def _head(self) -> Iterator[str]:
        yield f"# What people text to {self.brand.splitlines()[0]}, and what it means. `optout check` finds mistakes in"
        yield "# this file, `optout test` runs the tests at its end, `optout compile` makes what an application embeds."
        yield "#"
        yield "# STOP, START and HELP work everywhere, whatever is written here."
        yield f"ruleset {self.name} language {self.languages[0]}"
        yield ""
        if self.packs:
            yield "# Rules that come with optout (`optout packs` lists them); what is written here is stronger."
        yield from (f'use "{each}"' for each in self.packs)
        yield ""
        yield "# What {brand} stands for in replies."
        yield f"let brand = {quoted(self.brand)}"
        yield ""
        yield "# Words that carry no meaning: `please stop` is `stop`."
        yield 'filler "please", "thanks", "thank you"'
        yield ""

    def _sections(self) -> Iterator[str]:
        yield "opt-out {"
        yield "  # A keyword is the whole message; capitals, accents, punctuation and spaces do not matter."
        yield f"  keywords {quoted(f'leave {self.name}')}"
        yield ""
        yield "  # A phrase may stand anywhere in the message: (a|b) is one of them, [a] with or without."
        yield '  phrases "take me off (this|your) [text] list"'
        yield ""
        yield "  # A message with this in it is no opt-out, whatever phrase it overlaps."
        yield '  except "do not take me off"'
        if self.languages[0] == "en":
            yield ""
            yield "  # At most 320 characters; `optout show` says how many segments."
            yield '  reply "{brand}: you are unsubscribed and get no more messages. Reply START to come back."'
        yield "}"
        yield ""

    def _countries(self) -> Iterator[str]:
        for country in self.countries:
            yield f"country {country} {{"
            yield f"  # What is written here holds for messages from {country} alone, and wins over what stands above."
            yield f"  opt-out {{ keywords {quoted(f'leave {self.name} {country.lower()}')} }}"
            yield "}"
            yield ""

    def _tests(self) -> Iterator[str]:
        yield "# Each case is a message and what it must mean. A near miss is as good a test as a hit."
        yield 'test "whole messages" {'
        yield '  "Stop." -> opt-out'
        yield '  "please STOP, thanks" -> opt-out'
        yield '  "start" -> opt-in'
        yield '  "Help!" -> help'
        yield f"  {quoted(f'Leave {self.name}')} -> opt-out"
        yield "}"
        yield ""
        yield 'test "inside other words" {'
        yield '  "stopwatch" -> none'
        yield '  "is the shop open today?" -> none'
        yield "}"
        yield ""
        yield 'test "sentences" {'
        yield '  "Please take me off your list" -> opt-out'
        yield '  "do not take me off this list" -> none'
        yield "}"
        for country in self.countries:
            word = quoted(f"leave {self.name} {country.lower()}")
            yield ""
            yield f'test "from {country}" {{'
            yield f'  "STOP" from {country} -> opt-out'
            yield f"  {word} from {country} -> opt-out"
            yield f"  {word} -> none"
            yield "}"
        yield ""


def quoted(text: str) -> str:
    r"""Return a text as a string of the language, its control characters as `\u{…}`."""
    shown = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + "".join(e if e.isprintable() else f"\\u{{{ord(e):X}}}" for e in shown) + '"'
