"""Ask the matcher and its peers about real texts: `python -m tests.peers.compare RULES FILE [FILE …]`.

RULES is a pack's name or an `.optout` file; a FILE holds one text a line, in a
`.tsv` behind its last tab. Prints what was asked and what differs; exit 1 then.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from optoutlang.language.driver.compile import check_path, compile_checked
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import (
    Claim,
    ExceptionPhrase,
    FillerPhrase,
    Phrase,
    Sentence,
)
from optoutlang.language.packs import pack_path
from optoutlang.language.reference.phrases import written_out
from optoutlang.runtime.canonical import key, tokens
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.matcher.readings import readings
from optoutlang.runtime.matcher.search import PhraseAutomaton
from optoutlang.runtime.matcher.sentences import sentences
from optoutlang.runtime.program import Filler
from optoutlang.runtime.terms.action import MatchedBy
from optoutlang.runtime.terms.decision import Decision
from tests.peers.by_automaton import RustSearch
from tests.peers.by_regex import Found, RegexMatcher, outside_quotes

COUNTRIES_A_TEXT = 2
"""Besides the base, each text is read in so many countries, the next ones for the next text."""


@dataclass(slots=True)
class Comparison:
    """What was asked, how it was decided, and every difference that was found."""

    texts: int = 0
    asked: int = 0
    occurrences: int = 0
    decided: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)


class Peers:
    """A ruleset's matcher, and the two others that must say the same."""

    def __init__(self, path: Path) -> None:
        checked = check_path(path)
        program = compile_checked(checked)
        assert checked.ruleset is not None
        self._ruleset: Ruleset = checked.ruleset
        self._matcher = Matcher(program)
        self._phrases = PhraseAutomaton(program)
        self._rust = RustSearch(program)
        self._regexes: dict[str | None, RegexMatcher] = {}
        self._known = known_words(self._ruleset)

    def compare(self, texts: Iterable[str]) -> Comparison:
        """Ask about every text, alone and with what the rules know in it, in the base and in some countries."""
        seen = Comparison()
        for text in texts:
            for said in (text, self._spliced(text, seen.texts), self._pair(seen.texts)):
                self._search(said, seen)
                for country in self._contexts(seen.texts):
                    self._decide(said, country, seen)
            seen.texts += 1
        return seen

    def _contexts(self, number: int) -> Iterator[str | None]:
        countries = self._matcher.countries
        yield None
        for step in range(min(COUNTRIES_A_TEXT, len(countries))):
            yield countries[(number * COUNTRIES_A_TEXT + step) % len(countries)]

    def _spliced(self, text: str, number: int) -> str:
        """Put a keyword or a phrase behind a text's first words: none, one, two … for one text after the other."""
        words = text.split(" ")
        place = number % (len(words) + 1)
        return " ".join([*words[:place], self._known[number % len(self._known)], *words[place:]])

    def _pair(self, number: int) -> str:
        """Return two things that the rules know, one behind the other; a keyword alone if they are the same."""
        one, other = (self._known[each % len(self._known)] for each in (number, number * number))
        return one if one == other else f"{one}, {other}"

    def _search(self, text: str, seen: Comparison) -> None:
        said = [each for each in map(tokens, sentences(outside_quotes(text))) if each]
        (reading,) = readings(said, Filler(()))
        found = self._phrases.occurrences(reading)
        ours = sorted((each.start, each.end, each.text) for each in found)
        rust = self._rust.occurrences(said)
        seen.occurrences += len(ours)
        if ours != rust:
            seen.differences.append(f"search {text!r}: {ours} is not {rust}")

    def _decide(self, text: str, country: str | None, seen: Comparison) -> None:
        decision = self._matcher.match(text, country=country)
        if country not in self._regexes:
            self._regexes[country] = RegexMatcher(self._ruleset, country)
        found = self._regexes[country].decide(text)
        seen.asked += 1
        seen.decided["nothing" if found is None else found.matched_by.value] += 1
        if not self._agree(decision, found, country):
            seen.differences.append(f"{country} {text!r}: {decision} is not {found}")

    def _agree(self, decision: Decision | None, found: Found | None, country: str | None) -> bool:
        if decision is None or found is None:
            return decision is None and found is None
        asked_for = decision.action or decision.suggested
        if (asked_for, decision.matched_by) != (found.action, found.matched_by):
            return False
        if found.matched_by in (
            MatchedBy.SENTENCE,
            MatchedBy.KEYWORD_SENTENCE,
            MatchedBy.PHRASE,
        ):
            return found.text in self._regexes[country].rows_of(found, decision.keyword)
        return key(decision.keyword) == found.text


def known_words(ruleset: Ruleset) -> tuple[str, ...]:
    """Return a way to say each keyword, filler, phrase and exception of a ruleset, in the order of the statements."""
    words = [
        *(each.word for each in ruleset.of(Claim)),
        *(each.word for each in ruleset.of(FillerPhrase)),
    ]
    phrases = [*ruleset.of(Sentence), *ruleset.of(Phrase), *ruleset.of(ExceptionPhrase)]
    return (*words, *(text for each in phrases for text in written_out(each.pattern)))


def texts_of(path: Path) -> Iterator[str]:
    """Yield the texts of a file; what stands before a line's last tab is a label."""
    for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n"):
        yield line.rpartition("\t")[2]


def main(rules: str, *files: str) -> int:
    """Compare, and print the counts."""
    path = Path(rules) if rules.endswith(".optout") else pack_path(rules)
    seen = Peers(path).compare(text for file in files for text in texts_of(Path(file)))
    decided = ", ".join(f"{count:,} {name}" for name, count in seen.decided.most_common())
    sys.stdout.write(
        f"{rules}: {seen.texts:,} texts, {seen.asked:,} questions ({decided}), "
        f"{seen.occurrences:,} occurrences, {len(seen.differences)} differences\n"
    )
    sys.stdout.writelines(f"{each}\n" for each in seen.differences[:20])
    return 1 if seen.differences else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
