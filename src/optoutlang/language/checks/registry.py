"""All checks, and the one function that runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from optoutlang.language.checks.keywords import (
    absent_removed,
    ambiguous_keyword,
    mixed_script_word,
    protected_look_alike,
    rebound_keyword,
    required_elsewhere,
    required_removed,
    useless_keyword,
)
from optoutlang.language.checks.languages import (
    conflicting_preferences,
    language_tie,
    one_way_language,
)
from optoutlang.language.checks.phrases import (
    empty_phrase,
    everyday_phrase,
    filler_holds_keyword,
    repeated_phrase,
    shadowed_phrase,
    useless_exception,
)
from optoutlang.language.checks.replies import (
    conflicting_replies,
    help_reply_without_contact,
    not_gsm,
    opt_out_reply_without_end,
    overridden_reply,
    reply_missing,
    url_in_opt_out_reply,
    url_shortener,
)
from optoutlang.language.checks.subject import Subject, subject_of
from optoutlang.language.checks.tests import repeated_test
from optoutlang.language.diagnostics.diagnostic import Diagnostic
from optoutlang.language.model.ruleset import Ruleset

ALL: tuple[Callable[[Subject], Iterator[Diagnostic]], ...] = (
    mixed_script_word.check,
    protected_look_alike.check,
    ambiguous_keyword.check,
    absent_removed.check,
    required_removed.check,
    rebound_keyword.check,
    required_elsewhere.check,
    useless_keyword.check,
    empty_phrase.check,
    useless_exception.check,
    filler_holds_keyword.check,
    shadowed_phrase.check,
    everyday_phrase.check,
    repeated_phrase.check,
    conflicting_replies.check,
    not_gsm.check,
    url_shortener.check,
    url_in_opt_out_reply.check,
    opt_out_reply_without_end.check,
    help_reply_without_contact.check,
    overridden_reply.check,
    one_way_language.check,
    language_tie.check,
    reply_missing.check,
    conflicting_preferences.check,
    repeated_test.check,
)
"""One function for each check, in order of the codes."""


def check(ruleset: Ruleset) -> tuple[Diagnostic, ...]:
    """Return what all checks find, in order of place; one finding where several contexts have the same."""
    subject = subject_of(ruleset)
    found: dict[tuple[str, int, int, str], Diagnostic] = {}
    for each in ALL:
        for diagnostic in each(subject):
            key = (*diagnostic.primary.place.sort_key, diagnostic.code.id)
            found.setdefault(key, diagnostic)
    return tuple(sorted(found.values(), key=lambda diagnostic: diagnostic.sort_key))
