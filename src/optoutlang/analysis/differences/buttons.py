"""Buttons of two programs, compared payload by payload: for every country and preferred language that can matter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from optoutlang.analysis.differences.change import Change, Kind, kind
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.program import Program
from optoutlang.runtime.terms import Decision

Found = tuple[Kind, Decision | None, Decision | None]


class ButtonComparison:
    """Compares the buttons of two programs; `asked` counts the questions."""

    def __init__(
        self,
        programs: tuple[Program, Program],
        matchers: tuple[Matcher, Matcher],
        preferences: Sequence[str | None],
    ) -> None:
        self.asked = 0
        self._programs = programs
        self._matchers = matchers
        self._preferences = preferences

    def changes(self) -> Iterator[Change]:
        """Yield what changes for each payload of one of the programs, in each context that one of them has."""
        contexts = (None, *sorted({each for one in self._programs for each in one.countries}))
        for payload in self._payloads():
            for country in contexts:
                yield from self._of(payload, country)

    def _payloads(self) -> list[str]:
        return sorted(
            {
                payload
                for program in self._programs
                for _, own in program.own_contexts()
                for payload in own.buttons
            }
        )

    def _of(self, payload: str, country: str | None) -> Iterator[Change]:
        languages: dict[Found, list[str | None]] = defaultdict(list)
        for language in self._preferences:
            before, after = (
                each.match("", country=country, language=language, payload=payload)
                for each in self._matchers
            )
            self.asked += 1
            how = kind(before, after)
            if how is not None:
                languages[how, before, after].append(language)
        for (how, before, after), tags in languages.items():
            everyone = len(tags) == len(self._preferences)
            preferred = () if everyone else tuple(tags)
            yield Change(how, (country,), preferred, payload, 1, before, after, button=True)
