"""Statements that came, went or changed between two programs: all of them, by scope, from what is effective there.

A program holds a sentence or phrase as the texts that it stands for, each with
the statements that say so, so that artefacts are compared as sources are. Where a
statement goes and others of the same action say all of its texts, it is named
all the same, and said to be covered. One that never decides anything, for
stronger ones say all of it, is effective in no program and is not named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from optoutlang.analysis.differences.frame_statements import FrameStatements
from optoutlang.analysis.differences.reply_texts import reply_texts
from optoutlang.runtime.program import Meaning, Origin, Program, ResolvedContext
from optoutlang.runtime.program.fields import EXCEPTIONS, KEYWORDS, PHRASES, SENTENCES
from optoutlang.runtime.program.named_fields import (
    ANSWER_KEYWORDS,
    ANSWER_SENTENCES,
    TOPIC_KEYWORDS,
    TOPIC_SENTENCES,
)
from optoutlang.runtime.program.reply_fields import BUTTONS
from optoutlang.runtime.terms import Action, MatchedBy

_KEYWORDS = {
    "keyword": KEYWORDS,
    "button": BUTTONS,
    "answer's keyword": ANSWER_KEYWORDS,
    "topic's keyword": TOPIC_KEYWORDS,
}
_TABLES = {
    "sentence": SENTENCES,
    "phrase": PHRASES,
    "except": EXCEPTIONS,
    "answer's sentence": ANSWER_SENTENCES,
    "topic's sentence": TOPIC_SENTENCES,
}
_SETTINGS = ("prefer", "suggest", "tolerances", "reply_limit", "runtime")

Scope = str | None

_Side = tuple[str | None, str | None]
"""What a statement says in one of the programs, and its place there."""

_NOTHING: _Side = (None, None)

Identity = tuple[str, str, str]
"""A sentence, phrase or exception: its action, or the answer by its name, its language and spelling."""


class Turn(Enum):
    """What became of a statement."""

    WENT = "went"
    CAME = "came"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class StatementChange:
    """A statement that is effective in one of two programs only, or not in the same way in both.

    `statement` is its kind, `text` as it is spelt, `language` its BCP 47 tag
    (empty where it has none). It happens in `countries`; None is the base, and
    every country that says nothing of its own. `before` and `after` are its
    action, or its value if it has none; None where it is not effective.
    `covered`: other statements say the same of all its texts. `texts` counts
    those that a sentence or phrase lost and won.
    """

    turn: Turn
    statement: str
    text: str
    language: str
    countries: tuple[Scope, ...]
    before: str | None
    after: str | None
    before_rule: str | None
    after_rule: str | None
    covered: bool = False
    texts: tuple[int, int] = (0, 0)

    @property
    def weaker(self) -> bool:
        """Whether an opt-out may be lost by it, or somebody be opted in who was not."""
        if self.covered:
            return False
        opt_out, opt_in = Action.OPT_OUT.value, Action.OPT_IN.value
        if self.statement == "except":
            lost, won = self.texts
            return bool(won if opt_out in {self.before, self.after} else lost)
        if self.statement == "suggest":
            return not _suggested(self.after) <= _suggested(self.before)
        if self.statement in {"filler", "tolerances"}:
            return self.turn is not Turn.CAME
        if _is(self.before, Action.OPT_OUT):
            keeps = self.after in {opt_out, self.before}
            if not keeps or self.texts[0] > 0:
                return True
        has = self.before in {opt_in, self.after}
        return _is(self.after, Action.OPT_IN) and (not has or self.texts[1] > 0)


def statement_changes(old: Program, new: Program) -> tuple[StatementChange, ...]:
    """Return every statement that came, went or changed, the weakening ones first, then by kind, text and scope."""
    merged: dict[StatementChange, list[Scope]] = defaultdict(list)
    frames = FrameStatements(old, new)
    for scope in (None, *sorted({*old.countries, *new.countries})):
        for change in _Scope(old, new, scope, frames).changes():
            merged[change].append(scope)
    found = [replace(each, countries=tuple(scopes)) for each, scopes in merged.items()]
    return tuple(sorted(found, key=_order))


def _order(change: StatementChange) -> tuple[object, ...]:
    return (
        not change.weaker,
        change.before != Action.OPT_OUT.value,
        change.statement,
        change.text.casefold(),
        change.language,
        [each or "" for each in change.countries],
    )


@dataclass(slots=True)
class _Texts:
    """What becomes of the texts of one statement: how many went and came, and how many of them nobody covers."""

    origin: Origin
    went: int = 0
    came: int = 0
    went_bare: int = 0
    came_bare: int = 0


@dataclass(slots=True)
class _Scope:
    """Compares one context of two programs; what changes in the base in the same way is left to the base."""

    old: Program
    new: Program
    scope: Scope
    frames: FrameStatements
    contexts: tuple[ResolvedContext, ResolvedContext] = field(init=False)
    bases: tuple[ResolvedContext, ResolvedContext] = field(init=False)

    def __post_init__(self) -> None:
        self.contexts = self.old.context(self.scope), self.new.context(self.scope)
        self.bases = self.old.context(None), self.new.context(None)

    def changes(self) -> Iterator[StatementChange]:
        for statement in _KEYWORDS:
            yield from self._keywords(statement)
        for statement in _TABLES:
            yield from self._texts(statement)
        yield from self._frames()
        yield from self._fillers()
        yield from self._replies()
        yield from self._settings()

    def _keywords(self, statement: str) -> Iterator[StatementChange]:
        get = _KEYWORDS[statement].resolved
        tables = [get(each) for each in self.contexts]
        bases = [get(each) for each in self.bases]
        for key in self._keys(_KEYWORDS[statement].name):
            before, after = (each.get(key) for each in tables)
            if _says(before) == _says(after):
                continue
            if self.scope is not None and [_says(each.get(key)) for each in bases] == [
                _says(before),
                _says(after),
            ]:
                continue
            yield self._keyword(statement, before, after)

    def _keyword(
        self, statement: str, before: Meaning | None, after: Meaning | None
    ) -> StatementChange:
        shown = after or before
        assert shown is not None  # noqa: S101  # the two differ
        actions = [None if each is None else _asked(each) for each in (before, after)]
        languages = [_languages(each) for each in (before, after)]
        if actions[0] == actions[1]:
            actions = [f"{actions[0]} in {each}" for each in languages]
        return self._change(
            statement,
            shown.origins[0].spelling,
            languages[1] or languages[0],
            (actions[0], None if before is None else self.old.rule(before.origins[0])),
            (actions[1], None if after is None else self.new.rule(after.origins[0])),
        )

    def _texts(self, statement: str) -> Iterator[StatementChange]:
        """Yield the changes of sentences, phrases or exceptions, which stand in a program text by text."""
        get = _TABLES[statement].resolved
        tables = [get(each) for each in self.contexts]
        bases = [get(each) for each in self.bases]
        found: dict[Identity, _Texts] = {}
        for text in self._keys(_TABLES[statement].name):
            before, after = (_statements(each.get(text)) for each in tables)
            if before.keys() == after.keys():
                continue
            if self.scope is not None:
                inherited = [_statements(each.get(text)).keys() for each in bases]
                if inherited == [before.keys(), after.keys()]:
                    continue
            actions = [{each[0] for each in side} for side in (before, after)]
            for identity in before.keys() - after.keys():
                entry = found.setdefault(identity, _Texts(before[identity]))
                entry.went += 1
                entry.went_bare += identity[0] not in actions[1]
            for identity in after.keys() - before.keys():
                entry = found.setdefault(identity, _Texts(after[identity]))
                entry.came += 1
                entry.came_bare += identity[0] not in actions[0]
        if found:
            stated = [self._stated(statement, program) for program in (self.old, self.new)]
            yield from self._moved(statement, found, stated)

    def _moved(
        self,
        statement: str,
        found: dict[Identity, _Texts],
        stated: list[Mapping[Identity, Origin]],
    ) -> Iterator[StatementChange]:
        for identity, texts in found.items():
            was, is_ = identity in stated[0], identity in stated[1]
            bare = texts.went_bare, texts.came_bare
            if was and is_ and not any(bare):
                continue  # only which of two statements is named for a text
            action, language, spelling = identity
            yield self._change(
                statement,
                spelling,
                language,
                (action, self.old.rule(stated[0][identity])) if was else _NOTHING,
                (action, self.new.rule(stated[1][identity])) if is_ else _NOTHING,
                covered=not any(bare),
                texts=bare,
            )

    def _stated(self, statement: str, program: Program) -> Mapping[Identity, Origin]:
        """Return the statements of a kind that are effective in this context, with a place each."""
        table = _TABLES[statement].resolved(program.context(self.scope))
        found: dict[Identity, Origin] = {}
        for meanings in table.values():
            found |= _statements(meanings)
        return found

    def _keys(self, name: str) -> list[str]:
        """Return the keys that may differ here: all of the base, those of the overlays in a country."""
        if self.scope is None:
            owns = (self.old.base, self.new.base)
        else:
            owns = (self.old.overlay(self.scope), self.new.overlay(self.scope))
        return sorted({key for own in owns for key in getattr(own, name)})

    def _frames(self) -> Iterator[StatementChange]:
        for identity, (before, after) in self.frames.differing(self.scope).items():
            action, language, spelling = identity
            yield self._change(
                "frame",
                spelling,
                language,
                _NOTHING if before is None else (action, self.old.rule(before)),
                _NOTHING if after is None else (action, self.new.rule(after)),
                texts=(int(before is not None), int(after is not None)),
            )

    def _fillers(self) -> Iterator[StatementChange]:
        before, after = (frozenset(each.fillers) for each in self.contexts)
        inherited = [frozenset(each.fillers) for each in self.bases]
        for text in sorted(before ^ after):
            if self.scope is not None and [text in each for each in inherited] == [
                text in before,
                text in after,
            ]:
                continue
            values = [("skipped" if text in each else None) for each in (before, after)]
            yield self._change("filler", text, "", (values[0], None), (values[1], None))

    def _replies(self) -> Iterator[StatementChange]:
        sides = [reply_texts(each) for each in self.contexts]
        bases = [reply_texts(each) for each in self.bases]
        for to, language in sorted({*sides[0], *sides[1]}):
            values = [each.get((to, language)) for each in sides]
            if values[0] == values[1]:
                continue
            if self.scope is not None and [each.get((to, language)) for each in bases] == values:
                continue
            yield self._change("reply", to, language, (values[0], None), (values[1], None))

    def _settings(self) -> Iterator[StatementChange]:
        for name in _SETTINGS:
            values = [_listed(getattr(each, name)) for each in self.contexts]
            inherited = [_listed(getattr(each, name)) for each in self.bases]
            if values[0] != values[1] and (self.scope is None or inherited != values):
                yield self._change(
                    name, name, "", (values[0] or None, None), (values[1] or None, None)
                )

    def _change(
        self,
        statement: str,
        text: str,
        language: str,
        before: _Side,
        after: _Side,
        *,
        covered: bool = False,
        texts: tuple[int, int] = (0, 0),
    ) -> StatementChange:
        turn = Turn.WENT if after[0] is None else Turn.CAME if before[0] is None else Turn.CHANGED
        return StatementChange(
            turn=turn,
            statement=statement,
            text=text,
            language=language,
            countries=(),
            before=before[0],
            after=after[0],
            before_rule=before[1],
            after_rule=after[1],
            covered=covered,
            texts=texts,
        )


def _suggested(ways: str | None) -> set[str]:
    """Return the ways to match that only suggest what they would have decided; what is similar never decides."""
    return set((ways or "").split(", ")) - {"", MatchedBy.SIMILAR.value}


def _is(asked: str | None, action: Action) -> bool:
    """Tell whether a statement asks an action, of everything or of a topic."""
    return asked is not None and re.fullmatch(rf"{action.value}( topic \S+)?", asked) is not None


def _says(meaning: Meaning | None) -> tuple[str, str] | None:
    return None if meaning is None else (_asked(meaning), _languages(meaning))


def _asked(meaning: Meaning) -> str:
    """Return what a meaning asks for: an action, perhaps of a topic, or a named answer."""
    if meaning.topic is not None:
        return f"{meaning.action.value} topic {meaning.topic}"
    if meaning.answer is None:
        return meaning.action.value
    return f"{meaning.action.value} {meaning.answer}"


def _languages(meaning: Meaning | None) -> str:
    return "" if meaning is None else ", ".join(sorted({each.language for each in meaning.origins}))


def _statements(meanings: tuple[Meaning, ...] | None) -> dict[Identity, Origin]:
    """Return the statements that say something of one text."""
    return {
        (_asked(meaning), origin.language, origin.spelling): origin
        for meaning in meanings or ()
        for origin in meaning.origins
    }


def _listed(values: object) -> str:
    if isinstance(values, tuple):
        return ", ".join(values)
    if isinstance(values, int):
        return str(values)
    if isinstance(values, Mapping):
        return ", ".join(f"{name} up to {most}" for name, most in sorted(values.items()))
    assert isinstance(values, frozenset)  # noqa: S101  # of ways or tolerances
    return ", ".join(sorted(each.value for each in values))
