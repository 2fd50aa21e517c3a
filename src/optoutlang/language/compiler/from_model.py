"""A checked ruleset as a program: the base whole, each country as what it changes (docs/language.md §4, §5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from optoutlang.language.compiler.answers import everyday_answers
from optoutlang.language.compiler.everyday import EverydayWords
from optoutlang.language.compiler.frames import Frames
from optoutlang.language.compiler.keywords import base_keywords, changed_keywords
from optoutlang.language.compiler.origins import Origins
from optoutlang.language.compiler.phrases import PhraseWriter, changed_rows
from optoutlang.language.compiler.typos import ordinary_there, typos
from optoutlang.language.model.effective import Table, effective_tables
from optoutlang.language.model.reply_limits import limit_in
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.runtime_variables import greatest_lengths
from optoutlang.language.words.territories import languages_of
from optoutlang.runtime.program import Absent, Context, Meaning, Program
from optoutlang.runtime.terms import Action, MatchedBy, Tolerance

_K = TypeVar("_K")
_V = TypeVar("_V")


def from_model(ruleset: Ruleset) -> Program:
    """Return the program of a ruleset that the checks found without errors.

    The same statements give the same program, in whatever order they stand.

    Raises:
        UnprotectedWordError: STOP, START or HELP lacks its action in some
            context: whoever made the ruleset left out the protected core.
        ValueError: it asks for the suggester: whoever made it left that out.
    """
    tables = effective_tables(ruleset)
    compiler = _Compiler(ruleset, tables)
    overlays = {
        code: compiler.overlay(tables.get(code, tables[None]), code) for code in ruleset.scopes
    }
    slips = typos(compiler.base, overlays.values())
    known = frozenset(slips)
    return Program(
        name=ruleset.name,
        language=ruleset.language,
        sources=compiler.origins.sources,
        base=compiler.base,
        countries={
            code: replace(each, ordinary=compiler.ordinary(known, code, each))
            for code, each in overlays.items()
        },
        typos=slips,
        frames=compiler.frames.table,
        similar=ruleset.similar if _suggests_similar(tables) else None,
    )


class _Compiler:
    """Compiles the base first, then each country's difference from it."""

    def __init__(self, ruleset: Ruleset, tables: Mapping[str | None, Table]) -> None:
        table = self._table = tables[None]
        self._ruleset = ruleset
        self.origins = Origins(ruleset)
        self._everyday = EverydayWords(ruleset, tables.values())
        self._writer = PhraseWriter(self.origins)
        self._sentences = self._writer.rows(table.sentences)
        self._phrases = self._writer.rows(table.phrases)
        self._exceptions = self._writer.rows(table.exceptions)
        tolerances = {each for table in tables.values() for each in table.tolerances}
        self.frames = Frames(ruleset, self.origins, slips=Tolerance.TYPOS in tolerances)
        self.base = Context(
            keywords=base_keywords(self.origins, table),
            sentences=self._sentences,
            phrases=self._phrases,
            exceptions=self._exceptions,
            fillers=_fillers(table),
            replies=_replies(table),
            keyword_replies=_keyword_replies(table),
            answer_keywords=self._answer_keywords(table),
            answer_sentences=self._answer_sentences(table),
            answer_replies=_answer_replies(table),
            topic_keywords=self._topic_keywords(table),
            topic_sentences=self._topic_sentences(table),
            topic_replies=_topic_replies(table),
            buttons=self._buttons(table),
            reply_limit=_limit(ruleset, None),
            runtime=greatest_lengths(ruleset),
            prefer=_prefer(table),
            languages=_languages(table),
            suggest=table.suggest or None,
            tolerances=table.tolerances,
            answers=everyday_answers(table),
            compounds=self._everyday.compounds(table),
            everyday=self._everyday.spellings(table, None),
            local=self._everyday.local(table, None),
            frames=self.frames.numbers(None),
        )

    def overlay(self, country: Table, code: str) -> Context:
        """Return what a country changes in the base; `country` is the base's table if no file names it."""
        base = self.base
        everyday = self._everyday.changed(base.everyday, country, code)
        local = self._everyday.local(country, code)
        if country is self._table:  # it says nothing itself
            return Context(everyday=everyday, local=local)
        sentences = self._writer.rows(country.sentences)
        phrases = self._writer.rows(country.phrases)
        exceptions = self._writer.rows(country.exceptions)
        replies, prefer, languages = _replies(country), _prefer(country), _languages(country)
        limit = _limit(self._ruleset, code)
        return Context(
            keywords=changed_keywords(self.origins, self._table, base.keywords, country),
            sentences=changed_rows(self._sentences, sentences),
            phrases=changed_rows(self._phrases, phrases),
            exceptions=changed_rows(self._exceptions, exceptions),
            fillers=self._more_fillers(country),
            replies=_changed(base.replies, replies),
            keyword_replies=_changed(base.keyword_replies, _keyword_replies(country)),
            answer_keywords=_changed(base.answer_keywords, self._answer_keywords(country)),
            answer_sentences=_changed(base.answer_sentences, self._answer_sentences(country)),
            answer_replies=_changed(base.answer_replies, _answer_replies(country)),
            topic_keywords=_changed(base.topic_keywords, self._topic_keywords(country)),
            topic_sentences=_changed(base.topic_sentences, self._topic_sentences(country)),
            topic_replies=_changed(base.topic_replies, _topic_replies(country)),
            buttons=_changed(base.buttons, self._buttons(country)),
            reply_limit=None if limit == base.reply_limit else limit,
            prefer=() if prefer == base.prefer else prefer,
            languages=() if languages == base.languages else languages,
            suggest=None if country.suggest == self._table.suggest else country.suggest,
            tolerances=country.tolerances - base.tolerances,
            answers=everyday_answers(country) - base.answers,
            compounds=self._everyday.compounds(country) - base.compounds,
            everyday=everyday,
            local=local,
            frames=self.frames.numbers(code),
            absent=self._absent(country, code),
        )

    def _absent(self, country: Table, code: str) -> Absent:
        """Return what the base has and a country takes back."""
        base, fillers = self.base, country.fillers
        replies = {(*at, "") for at in base.replies.keys() - country.replies.keys()}
        return Absent(
            fillers=frozenset()
            if fillers is self._table.fillers
            else frozenset(base.fillers).difference(_fillers(country)),
            tolerances=base.tolerances - country.tolerances,
            frames=self.frames.absent(code),
            replies=frozenset(
                replies | (base.keyword_replies.keys() - country.keyword_replies.keys())
            ),
        )

    def _more_fillers(self, country: Table) -> tuple[str, ...]:
        if country.fillers is self._table.fillers:
            return ()
        return tuple(sorted({*_fillers(country)}.difference(self.base.fillers)))

    def _answer_keywords(self, table: Table) -> dict[str, Meaning | None]:
        return {key: self.origins.answer(each) for key, each in table.answer_keywords.items()}

    def _buttons(self, table: Table) -> dict[str, Meaning | None]:
        return {payload: self.origins.button(each) for payload, each in table.buttons.items()}

    def _answer_sentences(self, table: Table) -> dict[str, tuple[Meaning, ...]]:
        stated = table.answer_sentences.items()
        return {text: (self.origins.answer(each),) for text, each in stated}

    def _topic_keywords(self, table: Table) -> dict[str, Meaning | None]:
        return {key: self.origins.topic(each) for key, each in table.topic_keywords.items()}

    def _topic_sentences(self, table: Table) -> dict[str, tuple[Meaning, ...]]:
        stated = table.topic_sentences.items()
        return {text: (self.origins.topic(each),) for text, each in stated}

    def ordinary(self, slips: frozenset[str], code: str, overlay: Context) -> frozenset[str]:
        """Return the slips that are ordinary words of the languages of a country, by the rules or by CLDR."""
        spoken = languages_of(code) if self._everyday.ignored else ()
        return ordinary_there(slips, self.base, overlay, spoken)


def _suggests_similar(tables: Mapping[str | None, Table]) -> bool:
    return any(MatchedBy.SIMILAR in each.suggest for each in tables.values())


def _changed(base: Mapping[_K, _V], country: Mapping[_K, _V]) -> dict[_K, _V]:
    """Return what a country has otherwise than the base; what it has not is no matter of this."""
    return {
        place: value
        for place, value in country.items()
        if place not in base or base[place] != value
    }


def _answer_replies(table: Table) -> dict[tuple[str, str, str], str | None]:
    return {where: reply.text for where, reply in table.answer_replies.items()}


def _topic_replies(table: Table) -> dict[tuple[str, Action, str, str], str | None]:
    return {where: reply.text for where, reply in table.topic_replies.items()}


def _limit(ruleset: Ruleset, scope: str | None) -> int | None:
    stated = limit_in(ruleset, scope)
    return None if stated is None else stated.most


def _fillers(table: Table) -> tuple[str, ...]:
    return tuple(sorted({" ".join(each.tokens) for each in table.fillers}))


def _replies(table: Table) -> dict[tuple[Action, str], str | None]:
    return {where: reply.text for where, reply in table.replies.items()}


def _keyword_replies(table: Table) -> dict[tuple[Action, str, str], str | None]:
    return {where: reply.text for where, reply in table.keyword_replies.items()}


def _prefer(table: Table) -> tuple[str, ...]:
    return tuple(dict.fromkeys(table.prefer))


def _languages(table: Table) -> tuple[str, ...]:
    return tuple(sorted(table.languages))
