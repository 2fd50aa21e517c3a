"""Expected meanings of messages as test cases of the language: checked, and printed ready to paste."""

from __future__ import annotations

from dataclasses import replace

from optoutlang.language.diagnostics.visible import visible
from optoutlang.language.model.ruleset import Example
from optoutlang.language.source.place import Place
from optoutlang.language.source.span import Span
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.format import format_file
from optoutlang.language.syntax.tree import File, Reply, Test, TestCase, Word
from optoutlang.runtime.terms.country import country_code
from optoutlang.runtime.terms.decision import Decision
from optoutlang.runtime.terms.language import language_tag

_NOWHERE = Span(0, 0)
_PLACE = Place(SourceText("<test>", ""), _NOWHERE)


def meaning_nothing(message: str, *, country: str | None, language: str | None) -> Example:
    """Return the expectation that a message means nothing.

    Raises:
        ValueError: no ISO 3166-1 alpha-2 code, or no BCP 47 tag.
    """
    return Example(
        test="",
        message=message,
        country=None if country is None else country_code(country),
        prefer=None if language is None else language_tag(language),
        action=None,
        language=None,
        states_reply=False,
        reply=None,
        place=_PLACE,
    )


def stating(
    message: str, decision: Decision | None, *, country: str | None, language: str | None
) -> Example:
    """Return the expectation that a message gets a decision: its action, language and reply.

    Raises:
        ValueError: no ISO 3166-1 alpha-2 code, or no BCP 47 tag.
    """
    nothing = meaning_nothing(message, country=country, language=language)
    if decision is None:
        return nothing
    return replace(
        nothing,
        action=decision.intent,
        suggested=decision.action is None,
        answer=decision.answer,
        topic=decision.topic,
        language=decision.language,
        states_reply=decision.action is not None,
        reply=decision.reply,
    )


def as_test_block(name: str, examples: tuple[Example, ...]) -> str:
    """Return examples as a `test` block in the canonical layout, with a newline at its end.

    A message with a lone surrogate stands in a comment instead: no string of
    the language can hold it.
    """
    writable = tuple(each for each in examples if _fits_a_string(each.message))
    comments = [
        f"# no string can hold this message: {visible(each.message)}\n"
        for each in examples
        if each not in writable
    ]
    if not writable:
        return "".join(comments)
    block = Test(_quoted(name), tuple(map(_case, writable)), _NOWHERE)
    return "".join(comments) + format_file(File(_PLACE.source, (block,), ()))


def _fits_a_string(text: str) -> bool:
    return not any("\ud800" <= each <= "\udfff" for each in text)


def _case(example: Example) -> TestCase:
    return TestCase(
        message=_quoted(example.message),
        country=_name(example.country),
        prefer=_name(example.prefer),
        action=example.action,
        language=_name(example.language),
        reply=_reply(example),
        span=_NOWHERE,
        suggested=example.suggested,
        answer=_name(example.answer),
        topic=_name(example.topic),
        button=example.button,
    )


def _reply(example: Example) -> Reply | None:
    if not example.states_reply:
        return None
    return Reply(None if example.reply is None else _quoted(example.reply), _NOWHERE)


def _quoted(text: str) -> Word:
    return Word(text, _NOWHERE, quoted=True)


def _name(text: str | None) -> Word | None:
    return None if text is None else Word(text, _NOWHERE)
