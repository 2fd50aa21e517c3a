"""All checks, and the one function that runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from optoutlang.language.checks.frames import (
    everyday_frame,
    idle_guard,
    shadowed_frame,
    swallowed_class,
    unused_class,
)
from optoutlang.language.checks.keywords import (
    absent_removed,
    ambiguous_answer,
    ambiguous_button,
    ambiguous_keyword,
    answer_means_more,
    everyday_keyword,
    mixed_script_word,
    pattern_in_keyword,
    protected_look_alike,
    rebound_keyword,
    removed_in_vain,
    required_elsewhere,
    required_removed,
    useless_keyword,
    variable_in_keyword,
)
from optoutlang.language.checks.languages import (
    conflicting_preferences,
    language_tie,
    one_way_language,
)
from optoutlang.language.checks.phrases import (
    break_in_phrase,
    empty_phrase,
    everyday_phrase,
    everyday_sentence,
    filler_holds_keyword,
    filler_in_phrase,
    inherited_filler,
    negating_filler,
    open_object,
    regular_expression,
    repeated_phrase,
    shadowed_phrase,
    shadowed_sentence,
    useless_exception,
)
from optoutlang.language.checks.replies import (
    conflicting_replies,
    foreign_variable,
    help_reply_without_contact,
    not_gsm,
    opt_out_reply_without_end,
    overridden_reply,
    reply_is_request,
    reply_missing,
    reply_too_long,
    reply_without_brand,
    unclaimed_reply,
    unset_brand,
    url_in_opt_out_reply,
    url_shortener,
)
from optoutlang.language.checks.subject import Subject, subject_of
from optoutlang.language.checks.tests import repeated_test
from optoutlang.language.checks.topics import (
    ambiguous_topic,
    topic_means_everything,
    topic_without_reply,
)
from optoutlang.language.checks.withdrawals import (
    absent_text,
    filler_beside_stop,
    protected_text,
    wide_exception,
)
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Severity
from optoutlang.language.model.ruleset import Ruleset

Check = Callable[[Subject], Iterator[Diagnostic]]

ALL: tuple[Check, ...] = (
    mixed_script_word.check,
    protected_look_alike.check,
    ambiguous_keyword.check,
    absent_removed.check,
    required_removed.check,
    rebound_keyword.check,
    required_elsewhere.check,
    useless_keyword.check,
    everyday_keyword.check,
    pattern_in_keyword.check,
    ambiguous_answer.check,
    answer_means_more.check,
    empty_phrase.check,
    useless_exception.check,
    filler_holds_keyword.check,
    shadowed_phrase.check,
    shadowed_sentence.check,
    everyday_phrase.check,
    repeated_phrase.check,
    everyday_sentence.check,
    regular_expression.check,
    negating_filler.check,
    break_in_phrase.check,
    filler_in_phrase.check,
    open_object.check,
    reply_too_long.check,
    conflicting_replies.check,
    not_gsm.check,
    url_shortener.check,
    url_in_opt_out_reply.check,
    opt_out_reply_without_end.check,
    help_reply_without_contact.check,
    overridden_reply.check,
    unclaimed_reply.check,
    one_way_language.check,
    language_tie.check,
    reply_missing.check,
    conflicting_preferences.check,
    repeated_test.check,
    unused_class.check,
    idle_guard.check,
    everyday_frame.check,
    swallowed_class.check,
    shadowed_frame.check,
    topic_means_everything.check,
    ambiguous_topic.check,
    topic_without_reply.check,
    absent_text.check,
    protected_text.check,
    filler_beside_stop.check,
    wide_exception.check,
    reply_without_brand.check,
    ambiguous_button.check,
    foreign_variable.check,
    variable_in_keyword.check,
    removed_in_vain.check,
    inherited_filler.check,
)
"""One function for each check of statements, in order of the codes."""

OF_MESSAGES: tuple[Check, ...] = (reply_is_request.check, unset_brand.check)
"""The checks that ask what a message means, or what it is answered: they need rules that can be compiled."""


def check(ruleset: Ruleset, *, asks: bool = True) -> tuple[Diagnostic, ...]:
    """Return what all checks find, in order of place; one finding where several contexts have the same.

    What a message means is asked only of rules without errors, and only if
    `asks`: an earlier pass may have found some. Nothing is said of a rule or
    reply that has a warning already: it would say so twice.
    """
    subject = subject_of(ruleset)
    found = check_statements(subject)
    if asks and not any(each.code.severity is Severity.ERROR for each in found):
        warned = {each.primary.place for each in found if each.code.severity is Severity.WARNING}
        of_messages = _found(subject, OF_MESSAGES)
        found += tuple(each for each in of_messages if each.primary.place not in warned)
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.sort_key))


def check_statements(subject: Subject) -> tuple[Diagnostic, ...]:
    """Return what the checks of statements find, all errors among it, in no certain order."""
    return _found(subject, ALL)


def _found(subject: Subject, checks: tuple[Check, ...]) -> tuple[Diagnostic, ...]:
    found: dict[tuple[str, int, int, str], Diagnostic] = {}
    for each in checks:
        for diagnostic in each(subject):
            key = (*diagnostic.primary.place.sort_key, diagnostic.code.id)
            found.setdefault(key, diagnostic)
    return tuple(found.values())
