"""A long stream of messages: what rules decide, compared with what the present system did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Generic, Protocol, TypeVar, runtime_checkable

from optoutlang.analysis.corpus.cells import (
    CellError,
    Unknown,
    read_date,
    read_done,
    read_language,
    read_text,
)
from optoutlang.analysis.corpus.columns import Columns
from optoutlang.analysis.corpus.countries import Countries, nowhere
from optoutlang.analysis.corpus.frequent import Frequent
from optoutlang.analysis.corpus.redact import redact
from optoutlang.analysis.corpus.suggested import Suggested, Suggestions
from optoutlang.analysis.corpus.table import Problem, Row, Table
from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.terms.action import Action, MatchedBy
from optoutlang.runtime.terms.decision import Decision

K = TypeVar("K")
T = TypeVar("T")
D = TypeVar("D")

DIFFERENT_TEXTS = 10_000
"""How many different texts are counted; docs/measuring.md says what happens past them."""
EXAMPLES = 10
"""How many texts are shown for each way to match."""
LISTED_PROBLEMS = 20
"""How many problems are listed one by one; all are counted."""
CELL_LENGTH = 40
"""How much of a cell a problem quotes, in characters."""
LONGEST = 300
"""How much of a message is kept, in characters. Those that are equal so far count as one text."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that the rules act on or make a suggestion for, as it is shown; `asked` says which."""

    text: str
    asked: str
    keyword: str
    matched_by: str
    language: str
    rule: str


@dataclass(frozen=True, slots=True)
class Examples:
    """Hits of one way to match, sampled from `different` texts."""

    matched_by: str
    hits: tuple[Hit, ...]
    different: int


@dataclass(frozen=True, slots=True)
class MissedRow:
    """A row whose message was missed, or any hit where nothing can be missed.

    `ids` are its cells by the columns that name it, `text` is as it is shown, and `file` is its file where there are
    several.
    """

    ids: Mapping[str, object]
    file: str | None
    number: int
    country: str | None
    text: str
    decision: Decision
    done: object


class Counts(Generic[K]):
    """How many hits each key has, and how many of them the present system missed."""

    def __init__(self) -> None:
        self.hits: Counter[K] = Counter()
        self.missed: Counter[K] = Counter()

    def add(self, key: K, *, missed: bool) -> None:
        """Count a hit."""
        self.hits[key] += 1
        self.missed[key] += missed


class Scan:
    """Decides a stream of messages and counts, in memory that does not grow with the stream.

    A *hit* is a message that the rules act on or make a suggestion for. Where the file says what the present system
    did, a hit is *missed* if that is something else, and `surplus` counts, by action, what the present system did and
    the rules do not.

    `messages` were read, `weeks` counts them by Monday. `asked`, `languages` and `steps` count hits by what they ask
    for, by the reply's language and by `matched_by`, `weekly` by Monday and what they ask for. `frequent`
    holds what is of interest: missed hits, or all where nothing can be missed.
    `suggestions` holds those that are only suggested.
    `skipped` rows have no message that can be read, `ignored` counts cells that cannot, by column.
    """

    def __init__(
        self,
        matcher: Matcher,
        columns: Columns,
        *,
        country: str | None = None,
        number_country: Callable[[str], str | None] = nowhere,
        show_numbers: bool = False,
        missed: Callable[[MissedRow], None] | None = None,
    ) -> None:
        """Begin with no messages; `country` is for rows that say none, `number_country` tells that of a number.

        `missed` is given each row that was missed, as it comes.
        """
        self.matcher = matcher
        self.columns = columns
        self.country = country
        self._countries = Countries(columns, number_country)
        self._shown = str if show_numbers else redact
        self._missed = missed
        self.messages = 0
        self.weeks: Counter[date] = Counter()
        self.asked: Counts[str] = Counts()
        self.languages: Counts[str] = Counts()
        self.steps: Counts[str] = Counts()
        self.weekly: Counts[tuple[date, str]] = Counts()
        self.surplus: Counter[str] = Counter()
        self.frequent: Frequent[Hit] = Frequent(DIFFERENT_TEXTS)
        self.suggestions = Suggestions()
        self.skipped = 0
        self.ignored: Counter[str] = Counter()
        self.source: str | None = None
        self.problems: list[Problem] = []

    @property
    def compares(self) -> bool:
        """Whether the file says what the present system did."""
        return self.columns.already is not None

    @property
    def renamed(self) -> Counter[tuple[str, str]]:
        """How often a country stands in another way than by its code: what stands there, and what it was taken for."""
        return self._countries.renamed

    @property
    def is_clean(self) -> bool:
        """Whether every row and cell could be read."""
        return not self.skipped and not self.ignored

    def examples(self) -> tuple[Examples, ...]:
        """Return some texts for each way to match, sampled from the different ones that are kept; always the same."""
        by_step: dict[str, list[Hit]] = {}
        for each in self.frequent.most(DIFFERENT_TEXTS):
            by_step.setdefault(each.value.matched_by, []).append(each.value)
        chosen = Random(0)  # noqa: S311  # not for secrets
        return tuple(
            Examples(step, tuple(chosen.sample(hits, min(EXAMPLES, len(hits)))), len(hits))
            for step, hits in by_step.items()
        )

    def take(self, row: Row | Problem) -> None:
        """Decide and count one row."""
        if isinstance(row, Problem):
            self.skipped += 1
            self._list_problem(row)
            return
        try:
            text = read_text(_present(row, self.columns.text))
        except CellError as error:
            self.skipped += 1
            self._list_problem(self._problem(row, self.columns.text, error))
            return
        self.messages += 1
        country = self._country_of(row)
        day = self._cell(row, self.columns.date, read_date, None)
        done = self._cell(row, self.columns.already, read_done, Unknown.UNKNOWN)
        monday = None if day is None else day - timedelta(days=day.weekday())
        if monday is not None:
            self.weeks[monday] += 1
        where = country or self.country
        language = self._cell(row, self.columns.language, read_language, None)
        decision = self.matcher.match(text, country=where, language=language)
        if decision is not None and decision.suggested is not None:
            self._suggest(text, where, decision, decision.suggested)
        is_missed = self._compare(text, decision, monday, done)
        if is_missed and decision is not None and self._missed is not None:
            self._missed(self._missed_row(row, where, text, decision))

    def _missed_row(
        self, row: Row, country: str | None, text: str, decision: Decision
    ) -> MissedRow:
        columns = self.columns
        ids = {each: row.cells.get(each) for each in columns.ids}
        done = None if columns.already is None else row.cells.get(columns.already)
        return MissedRow(ids, self.source, row.number, country, self._shown(text), decision, done)

    def count_quiet(self, messages: int, weeks: Counter[date]) -> None:
        """Count messages that nothing was decided of, nothing was to be compared with and no cell was wrong."""
        self.messages += messages
        self.weeks += weeks

    def _suggest(self, text: str, country: str | None, decision: Decision, action: Action) -> None:
        """Keep a suggestion, with how certain it is."""
        score = None
        if decision.matched_by is MatchedBy.SIMILAR:
            found = self.matcher.similarity(text, country=country)
            score = None if found is None else found.score - found.threshold
        step, shown = decision.matched_by.value, self._shown(text)[:LONGEST]
        self.suggestions.add(
            f"{action.value} {decision.country_scope} {self._words(text)}",
            Suggested(shown, action, step, decision.country_scope, score),
        )

    def _country_of(self, row: Row) -> str | None:
        """Return the country of a row; a cell that names none is a problem, and its number tells it then."""
        placed = self._countries.of(row)
        if placed.error is not None and self.columns.country is not None:
            self.ignored[self.columns.country] += 1
            self._list_problem(self._problem(row, self.columns.country, placed.error))
        return placed.country

    def _compare(
        self,
        text: str,
        decision: Decision | None,
        monday: date | None,
        done: Action | Unknown | None,
    ) -> bool:
        """Count a message; tell whether it is of interest: missed, or a hit where nothing can be missed."""
        wanted = None if decision is None else decision.intent
        if isinstance(done, Action) and done is not wanted:
            self.surplus[done.value] += 1
        if decision is None:
            return False
        missed = done is not Unknown.UNKNOWN and done is not wanted
        asked, step = decision.label, decision.matched_by.value
        self.asked.add(asked, missed=missed)
        self.languages.add(decision.language, missed=missed)
        self.steps.add(step, missed=missed)
        if monday is not None:
            self.weekly.add((monday, asked), missed=missed)
        shows = missed or not self.compares
        if shows:
            self._show(text, decision)
        return shows

    def _show(self, text: str, decision: Decision) -> None:
        """Keep a hit to be shown, under the words that make messages the same."""
        step, shown = decision.matched_by.value, self._shown(text)[:LONGEST]
        hit = Hit(shown, decision.label, decision.keyword, step, decision.language, decision.rule)
        self.frequent.add(f"{decision.label} {self._words(text)}", hit)

    def _words(self, text: str) -> str:
        """Return what is equal of messages that count as one."""
        return " ".join(self._shown(each) for each in tokens(text))[:LONGEST]

    def _cell(self, row: Row, column: str | None, read: Callable[[object], T], unread: D) -> T | D:
        """Return what a cell says; `unread` if there is no such column, or nothing that can be read."""
        if column is None:
            return unread
        try:
            return read(row.cells.get(column))
        except CellError as error:
            self.ignored[column] += 1
            self._list_problem(self._problem(row, column, error))
            return unread

    def _problem(self, row: Row, column: str, error: CellError) -> Problem:
        cell = self._shown(error.cell)
        shown = f"{cell[:CELL_LENGTH]}…" if len(cell) > CELL_LENGTH else cell
        return Problem(row.number, column, f"{error.reason}: `{shown}`" if cell else error.reason)

    def _list_problem(self, problem: Problem) -> None:
        if len(self.problems) < LISTED_PROBLEMS:
            if self.source is not None:
                problem = replace(problem, reason=f"{problem.reason} ({self.source})")
            self.problems.append(problem)


@runtime_checkable
class ColumnTable(Table, Protocol):
    """A table whose rows may be counted together."""

    def rows_to_take(self, scan: Scan) -> Iterator[Row | Problem]:
        """Yield the rows that a scan must take, and count the others in; errors are as for `rows`."""


def _present(row: Row, column: str) -> object:
    if column not in row.cells:
        raise CellError("missing", "")
    return row.cells[column]
