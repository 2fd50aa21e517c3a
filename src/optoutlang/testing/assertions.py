"""Assertions about what messages mean. One that fails tells what was read, what fired, and what lost to what."""

from __future__ import annotations

from dataclasses import replace
from types import EllipsisType

from optoutlang.language.driver.examples import Outcome
from optoutlang.language.model.ruleset import Example
from optoutlang.runtime.matcher.matcher import Matcher
from optoutlang.runtime.terms.action import Action
from optoutlang.runtime.terms.language import language_tag
from optoutlang.testing.cases import meaning_nothing
from optoutlang.testing.story import story

Reply = str | EllipsisType | None
"""An expected reply: its text, None for no reply at all, `...` for whatever it may be."""


def assert_means(
    matcher: Matcher,
    text: str,
    action: Action | str,
    *,
    country: str | None = None,
    language: str | None = None,
    answered_in: str | None = None,
    reply: Reply = ...,
) -> None:
    """Fail unless a message asks for an action (`Action.OPT_OUT` or `"opt-out"`) and gets it.

    `country` and `language` are those of `Matcher.match`. `answered_in` is the
    BCP 47 tag of the language that the decision must speak, and `reply` what
    must be sent: what is left out may be anything, as in a `test` block.

    Raises:
        AssertionError: it means something else; the message tells the story.
        ValueError: no action, country or language of that name.
    """
    __tracebackhide__ = True
    nothing = meaning_nothing(text, country=country, language=language)
    expected = _asking(nothing, action, answered_in)
    if reply is not ...:
        expected = replace(expected, states_reply=True, reply=reply)
    _assert_holds(matcher, expected)


def assert_opts_out(
    matcher: Matcher,
    text: str,
    *,
    country: str | None = None,
    language: str | None = None,
    answered_in: str | None = None,
    reply: Reply = ...,
) -> None:
    """Fail unless a message is an opt-out; the arguments and errors are those of `assert_means`."""
    __tracebackhide__ = True
    assert_means(
        matcher,
        text,
        Action.OPT_OUT,
        country=country,
        language=language,
        answered_in=answered_in,
        reply=reply,
    )


def assert_suggests(
    matcher: Matcher,
    text: str,
    action: Action | str,
    *,
    country: str | None = None,
    language: str | None = None,
    answered_in: str | None = None,
) -> None:
    """Fail unless an action is suggested and not done; the arguments and errors are those of `assert_means`."""
    __tracebackhide__ = True
    nothing = meaning_nothing(text, country=country, language=language)
    _assert_holds(matcher, replace(_asking(nothing, action, answered_in), suggested=True))


def assert_means_nothing(
    matcher: Matcher, text: str, *, country: str | None = None, language: str | None = None
) -> None:
    """Fail if a message gets any decision; the arguments and errors are those of `assert_means`."""
    __tracebackhide__ = True
    _assert_holds(matcher, meaning_nothing(text, country=country, language=language))


def _asking(example: Example, action: Action | str, answered_in: str | None) -> Example:
    speaks = None if answered_in is None else language_tag(answered_in)
    return replace(example, action=Action(action), language=speaks)


def _assert_holds(matcher: Matcher, expected: Example) -> None:
    __tracebackhide__ = True
    found = matcher.explain(expected.message, country=expected.country, language=expected.prefer)
    outcome = Outcome(expected, found)
    if not outcome.passed:
        raise AssertionError(story(outcome, rules=f"{matcher.name} {matcher.digest[:12]}"))
