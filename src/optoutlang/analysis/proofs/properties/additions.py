"""A keyword that is added elsewhere never turns an opt-out into anything weaker.

What is meant, exactly: a keyword added for one country changes no other
context; a keyword added anywhere changes only messages that are that keyword
(or tolerated for it), or hold it as a sentence of its action among others; and an
opt-out keyword added anywhere leaves every opt-out an opt-out, unless the rules
say that such sentences only suggest.
"""

from __future__ import annotations

from dataclasses import replace

from optoutlang.analysis.proofs.properties.differences import difference
from optoutlang.analysis.proofs.properties.verdict import (
    Property,
    Verdict,
    Witness,
    by_construction,
    enumerated,
)
from optoutlang.analysis.proofs.subject import EVERYWHERE, Subject
from optoutlang.language.model.layers import Layers
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import Claim, Origin
from optoutlang.language.source.place import Place
from optoutlang.runtime.program import (
    EXCEPTIONS,
    FILLERS,
    PHRASES,
    PROTECTED_KEYS,
    SENTENCES,
    Meaning,
)
from optoutlang.runtime.terms import REQUESTS, Action

NEW = "neverseenbefore"
"""A key that no ruleset has."""


def _settle(whole: Subject) -> Verdict:
    subject = whole.light()
    ruleset = subject.source
    named = ruleset.countries[:1]
    unnamed = next(each for each in EVERYWHERE[1:] if each not in ruleset.countries)
    scopes = (None, *named, unnamed)
    slips = sorted(subject.program.typos)[:1]
    keys = sorted({claim.key for claim in ruleset.of(Claim)} | {NEW, *slips})
    added, wrong = 0, None
    for scope in scopes:
        for action in REQUESTS:
            claims = _accepted(ruleset, _claims(ruleset, keys, scope, action))
            added += len(claims)
            wrong = wrong or _wrong(subject, claims, scope, action)
    places = ", ".join(each or "the base" for each in scopes)
    refused = len(keys) * len(scopes) * len(REQUESTS) - added
    return Verdict(
        (
            by_construction(
                "keywords are settled key by key and context by context, and phrases and "
                "sentences without them, but for a sentence that has the key and action of one"
            ),
            enumerated(
                added,
                f"keywords: each of {len(keys):,} keys (all of the rules, a tolerated slip, and a new one) x 3 actions "
                f"x the scopes of {places}; {refused:,} more are refused as errors",
            ),
        ),
        wrong,
    )


def _claims(
    ruleset: Ruleset, keys: list[str], scope: str | None, action: Action
) -> tuple[Claim, ...]:
    """Return a claim of each key at the root file's end; the model refuses those of protected words."""
    root = len(ruleset.files) - 1
    place = Place(ruleset.root.text, ruleset.root.text.end)
    return tuple(
        Claim(Origin(root, scope, place), action, ruleset.language, key, key)
        for key in keys
        if PROTECTED_KEYS.get(key, action) is action
    )


def _accepted(ruleset: Ruleset, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Return the claims that the checks would not call an error: nothing contests or defies them."""
    more = _with(ruleset, claims)
    layers = Layers(more)
    scope = claims[0].scope
    refused = {
        key
        for context in ((None, *more.countries) if scope is None else (scope,))
        for key, resolution in layers.resolve(context).items()
        if resolution.contested or resolution.defied
    }
    return tuple(each for each in claims if each.key not in refused)


def _with(ruleset: Ruleset, claims: tuple[Claim, ...]) -> Ruleset:
    scopes = {each.scope for each in claims if each.scope is not None}
    countries = tuple(sorted({*ruleset.countries, *scopes}))
    more = ruleset.replacing(Claim, (*ruleset.of(Claim), *claims))
    return replace(more, countries=countries)


def _wrong(
    subject: Subject, claims: tuple[Claim, ...], scope: str | None, action: Action
) -> Witness | None:
    more = _with(subject.source, claims)
    other = replace(subject, program=subject.compiler(more))
    added = frozenset(each.key for each in claims)
    for country in (None, *more.countries):
        # A context that does not differ at all has changed in nothing.
        found = (
            _changed(subject, other, country, added, action)
            if scope in (None, country)
            else difference(subject, other, country)
        )
        if found is not None:
            when = f"once {action.value} keywords are added in {scope or 'the base'}"
            return replace(found, wrong=f"{found.wrong} {when}")
    return None


def _changed(
    one: Subject, other: Subject, country: str | None, added: frozenset[str], action: Action
) -> Witness | None:
    """Return what the added keywords change in a context that they may not."""
    ours, theirs = one.context(country), other.context(country)
    before, after = ours.keywords, theirs.keywords
    keys = [each for each in before.keys() | after.keys() if before.get(each) != after.get(each)]
    for key in sorted(keys, key=lambda each: (len(each), each)):
        meant, means = (_action(each.get(key)) for each in (before, after))
        lost = meant is Action.OPT_OUT and action is Action.OPT_OUT
        if means is not meant and (key not in added or lost):
            wrong = f"means {_named(means)}, no longer {_named(meant)},"
            return Witness(wrong, (before.get(key) or after[key]).origins[0].spelling, country)
    kept = other.slips(country)
    for key, slips in one.slips(country).items():
        if key in added or kept.get(key) is slips:  # equal sets are one object, nearly always
            continue
        for slip in sorted(slips - kept.get(key, frozenset()) - added):
            return Witness("means nothing, no longer opt-out,", slip, country)
    for field in (SENTENCES, PHRASES, EXCEPTIONS, FILLERS):
        if field.resolved(ours) != field.resolved(theirs):
            return Witness(f"has other {field.label}", None, country)
    return None


def _action(meaning: Meaning | None) -> Action | None:
    return None if meaning is None else meaning.action


def _named(action: Action | None) -> str:
    return "nothing" if action is None else action.value


PROPERTY = Property(
    "additions-keep-opt-outs",
    "A keyword added elsewhere never turns an opt-out into anything weaker.",
    _settle,
    needs_source=True,
)
