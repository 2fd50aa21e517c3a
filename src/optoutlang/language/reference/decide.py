"""The meaning of a message, the language of the answer, and the reply (docs/language.md §5)."""

from __future__ import annotations

from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.model.statement import (
    Claim,
    Frame,
    Phrase,
    Sentence,
)
from optoutlang.language.reference.answers import answering
from optoutlang.language.reference.buttons import button_decision, goes_before
from optoutlang.language.reference.everyday import (
    is_everyday_answer,
    is_everyday_sentence,
    is_ignoring,
    is_keyword,
    is_native,
    spoken,
)
from optoutlang.language.reference.foremost import foremost, spelling
from optoutlang.language.reference.frames import frames_that_match
from optoutlang.language.reference.layers import Table, protected_keys, table
from optoutlang.language.reference.phrases import (
    Occurrence,
    counting_occurrences,
    filler_tokens,
    outside_quotes,
    places_without_filler,
    readings,
    sentence_occurrences,
    sentences,
)
from optoutlang.language.reference.replies import choose_language, reply, spoken_languages
from optoutlang.language.reference.similar import is_similar, suggester
from optoutlang.language.reference.text import key, spelt, tokens
from optoutlang.language.reference.tolerances import (
    is_slip,
    is_stretch,
    look_alikes,
    without_last_numbers,
)
from optoutlang.language.reference.topics import About, sentence, whole_message
from optoutlang.language.reference.values import variables
from optoutlang.language.words.ordinary import listed, names, words
from optoutlang.runtime.terms.action import Action, MatchedBy, Tolerance
from optoutlang.runtime.terms.country import country_code
from optoutlang.runtime.terms.decision import Decision
from optoutlang.runtime.terms.language import language_tag
from optoutlang.runtime.terms.rest import Rest

ORDER = (Action.OPT_OUT, Action.HELP, Action.OPT_IN)
"""When in doubt: opt-out before help before opt-in."""


def decide(
    ruleset: Ruleset,
    text: str,
    *,
    country: str | None = None,
    language: str | None = None,
    payload: str | None = None,
) -> Decision | None:
    """Return what a message means, or None when it means nothing; the digest is left empty.

    `country` is where the message comes from, `language` what its sender is
    known to prefer, `payload` that of the button which they pressed.

    Raises:
        ValueError: no ISO 3166-1 alpha-2 code, or no BCP 47 tag.
    """
    code = None if country is None else country_code(country)
    preferred = None if language is None else language_tag(language)
    here = table(ruleset, code)
    button = None if payload is None else button_decision(here, payload, preferred)
    written = meaning(here, text, preferred)
    return written if button is None or goes_before(written, button) else button


def meaning(table: Table, text: str, preferred: str | None) -> Decision | None:
    """Try exact, but for filler, topic, tolerated, sentence or phrase, frame, topic's sentence, answer, similar."""
    if is_named(table, text, [*range(len(tokens(text)))], {*keywords(table)}):
        return _keyword_decision(table, key(text), MatchedBy.EXACT, preferred)
    repeated = keyword_but_for_filler(table, text)
    if repeated is not None:
        return _keyword_decision(table, repeated, MatchedBy.FILLER, preferred)
    whole = whole_message(table, text)
    if whole is not None:
        return topic_decision(table, whole, preferred)
    near = nearly_a_keyword(table, text)
    if near is not None:
        return _keyword_decision(table, near[0], near[1], preferred)
    found = _decision_in_part(table, text, preferred) or _frame_decision(table, text, preferred)
    about = sentence(table, text)
    if about is not None and (
        found is None
        or (found.intent is not Action.OPT_OUT and about.statements[0].action is Action.OPT_OUT)
    ):
        return topic_decision(table, about, preferred)
    return (
        found
        or answer_decision(table, text, preferred)
        or _similar_decision(table, text, preferred)
    )


# Keywords.


def keywords(table: Table) -> dict[str, Action]:
    """Return the action of every key that is a keyword's; the protected words always are."""
    return {key(claim.word): claim.action for claim in table.claims} | protected_keys()


def keyword_but_for_filler(table: Table, text: str) -> str | None:
    """Return the key of the keyword that a text is without filler, or of the first of the several that it is."""
    places = places_without_filler(tokens(text), filler_tokens(table))
    actions = keywords(table)
    if len(places) < len(tokens(text)):
        actions = {each: actions[each] for each in actions if not is_everyday_answer(table, each)}
    for action in ORDER:
        named = {each for each in actions if actions[each] is action}
        if is_named(table, text, places, named):
            return key_at(text, places)
    for action in ORDER:
        named = {each for each in actions if actions[each] is action}
        for end in range(len(places) - 1, 0, -1):
            if is_named(table, text, places[:end], named) and are_named(
                table, text, places[end:], named
            ):
                return key_at(text, places[:end])
    return None


def key_at(text: str, places: list[int]) -> str:
    """Return some tokens of a text, joined."""
    message = tokens(text)
    return "".join(message[place] for place in places)


def is_named(table: Table, text: str, places: list[int], named: set[str]) -> bool:
    """Tell whether some tokens of a text are one of the keywords named."""
    found = key_at(text, places)
    return found in named and is_keyword(table, text, places, keywords(table)[found])


def are_named(table: Table, text: str, places: list[int], named: set[str]) -> bool:
    """Tell whether some tokens of a text are nothing but keywords named, none, one or more."""
    if not places:
        return True
    return any(
        is_named(table, text, places[:end], named) and are_named(table, text, places[end:], named)
        for end in range(1, len(places) + 1)
    )


def nearly_a_keyword(table: Table, text: str) -> tuple[str, MatchedBy] | None:
    """Return the opt-out keyword that a text without filler may be meant for, as far as the rules tolerate it."""
    places = places_without_filler(tokens(text), filler_tokens(table))
    message = tuple(tokens(text)[place] for place in places)
    if "".join(message) in keywords(table):
        return None
    if Tolerance.NUMBERS in table.tolerances:
        message = without_last_numbers(message)
    wanted, actions = "".join(message), keywords(table)
    opt_outs = sorted(each for each in actions if actions[each] is Action.OPT_OUT)
    if wanted in actions:
        counts = is_named(table, text, places[: len(message)], {*opt_outs})
        return (wanted, MatchedBy.FILLER) if counts else None
    ways = (
        (Tolerance.STRETCHES, MatchedBy.STRETCH, [k for k in opt_outs if is_stretch(wanted, k)]),
        (Tolerance.TYPOS, MatchedBy.TYPO, mistyped(table, opt_outs, wanted)),
        (Tolerance.LOOKALIKES, MatchedBy.LOOKALIKE, look_alikes(wanted)),
    )
    for tolerance, matched_by, keys in ways:
        for each in keys:
            if tolerance in table.tolerances and each in opt_outs:
                return each, matched_by
    return None


def mistyped(table: Table, opt_outs: list[str], word: str) -> list[str]:
    """Return the keywords of which a word is a slip; none if the word means something itself."""
    near = [each for each in opt_outs if is_slip(word, each) and may_slip(table, each)]
    return [] if near and means_something(table, word) else near


def may_slip(here: Table, keyword: str) -> bool:
    """Tell whether slips of a keyword count: where everyday words are ignored, those of a short one only at home."""
    if len(keyword) > 4 or keyword in protected_keys() or not is_ignoring(here):
        return True
    return here.country is None or any(
        is_native(here, each) for each in here.claims if key(each.word) == keyword
    )


def means_something(here: Table, word: str) -> bool:
    """Tell whether a key is a keyword in the base, a name, or a word of a language spoken there or here."""
    base = table(here.ruleset, None)
    if word in keywords(base) or word in names():
        return True
    languages = spoken_languages(base) | spoken_languages(here)
    if is_ignoring(here):
        languages |= spoken(here)
    lists = {name for name in map(listed, languages) if name is not None}
    return any(word in words(name) for name in lists)


def _keyword_decision(
    table: Table, keyword: str, matched_by: MatchedBy, preferred: str | None
) -> Decision:
    claims = [claim for claim in table.claims if key(claim.word) == keyword]
    languages = {claim.language for claim in claims}
    if keyword in protected_keys():
        languages = spoken_languages(table)
    language = choose_language(table, languages, preferred)
    return _decision(table, foremost(table, claims, language), matched_by, language)


# Sentences and phrases.


def _decision_in_part(table: Table, text: str, preferred: str | None) -> Decision | None:
    """Decide by the strongest action that a sentence or a phrase asks for.

    A sentence goes first, then a phrase, and a keyword among other sentences last.
    """
    whole, part = sentences_that_count(table, text), counting_occurrences(table, text)
    among = [each for each in whole if is_keyword_among_sentences(table, text, each)]
    whole = [each for each in whole if each not in among]
    for action in ORDER:
        for occurrences in (whole, part, among):
            asking = [each for each in occurrences if each.phrase.action is action]
            if asking:
                return _best(table, asking, preferred, is_among=occurrences is among)
    return None


def is_keyword_among_sentences(table: Table, text: str, sentence: Occurrence) -> bool:
    """Tell whether a whole sentence is a keyword of its action, and another one has words that are no filler."""
    both = readings(table, text)
    words = "".join(token for _, token in both[sentence.way][sentence.start])
    others = [each for number, each in enumerate(both[1]) if number != sentence.start]
    return keywords(table).get(words) is sentence.phrase.action and any(others)


def sentences_that_count(table: Table, text: str) -> list[Occurrence]:
    """Return the occurrences of sentences that are no everyday words."""
    written = [each for each in sentences(outside_quotes(text)) if tokens(each)]
    counting = []
    for each in sentence_occurrences(table, text):
        as_written, *_ = both = readings(table, text)
        first = as_written[each.start][0][0]
        row = tuple(token for _, token in both[each.way][each.start])
        spelling = spelt(written[each.start])
        kept = tuple(spelling[place - first] for place, _ in both[each.way][each.start])
        if not is_everyday_sentence(table, row, kept):
            counting.append(each)
    return counting


def _best(
    table: Table, asking: list[Occurrence], preferred: str | None, *, is_among: bool
) -> Decision:
    best = min(merit(each) for each in asking)
    phrases = [each.phrase for each in asking if merit(each) == best]
    is_sentence = isinstance(phrases[0], Sentence)
    matched_by = MatchedBy.SENTENCE if is_sentence else MatchedBy.PHRASE
    if is_among:
        matched_by = MatchedBy.KEYWORD_SENTENCE
    language = choose_language(table, {phrase.language for phrase in phrases}, preferred)
    return _decision(table, foremost(table, phrases, language), matched_by, language)


def merit(occurrence: Occurrence) -> tuple[int, int, int, int]:
    """Order occurrences of one action: the most tokens; a sentence that ends so, one that begins so, a phrase.

    Then the first to end, and as written before without filler. Equals have the same tokens.
    """
    phrase = occurrence.phrase
    rest = phrase.rest if isinstance(phrase, Sentence) else Rest.NONE
    form = (Rest.BEFORE, Rest.BEHIND, Rest.NONE).index(rest)
    return -occurrence.length, form, occurrence.end, occurrence.way


# Frames.


def _frame_decision(table: Table, text: str, preferred: str | None) -> Decision | None:
    """Decide by the strongest action that a frame asks for.

    Of the chosen language, the country's frames go before the base's, then the
    first line, then the smallest spelling.
    """
    matching = frames_that_match(table, text)
    for action in ORDER:
        asking = [each for each in matching if each.action is action]
        if asking:
            language = choose_language(table, {each.language for each in asking}, preferred)
            first = min(
                (each for each in asking if each.language == language),
                key=lambda each: (
                    each.scope is None,
                    (each.place.source.name, each.place.start.line),
                    each.spelling,
                ),
            )
            return _decision(table, first, MatchedBy.FRAME, language)
    return None


# The suggester.


def _similar_decision(table: Table, text: str, preferred: str | None) -> Decision | None:
    """Suggest an opt-out where the suggester finds a text similar to one."""
    model = suggester(table)
    if model is None or not is_similar(model, text):
        return None
    way, rule = MatchedBy.SIMILAR, f"{model.name}:1"
    language = choose_language(table, spoken_languages(table), preferred)
    return Decision(
        None, way.value, way, language, table.country, None, rule, "", suggested=Action.OPT_OUT
    )


# Topics.


def topic_decision(table: Table, about: About, preferred: str | None) -> Decision:
    """Return what a message asks of one topic; of several it asks it of everything, and everything's reply goes out."""
    statements, matched_by, topic = about
    language = choose_language(table, {each.language for each in statements}, preferred)
    first = foremost(table, list(statements), language)
    action, suggests = first.action, matched_by in table.suggest
    asked = (action, "", topic or "")
    text = None if suggests else reply(table, first, language, asked=asked)
    return Decision(
        action=None if suggests else action,
        keyword=spelling(first),
        matched_by=matched_by,
        language=language,
        country_scope=table.country,
        reply=text,
        rule=first.place.rule,
        digest="",
        suggested=action if suggests else None,
        topic=topic,
        variables=variables(table, text),
    )


# Answers.


def answer_decision(table: Table, text: str, preferred: str | None) -> Decision | None:
    """Give the named answer to a message, which does nothing else: it is never only suggested."""
    found = answering(table, text)
    if found is None:
        return None
    statements, matched_by = found
    language = choose_language(table, {each.language for each in statements}, preferred)
    first = foremost(table, list(statements), language)
    sent = reply(table, first, language)
    return Decision(
        action=Action.ANSWER,
        keyword=spelling(first),
        matched_by=matched_by,
        language=language,
        country_scope=table.country,
        reply=sent,
        rule=first.place.rule,
        digest="",
        answer=first.name,
        variables=variables(table, sent),
    )


# The answer.


def _decision(
    table: Table, statement: Claim | Phrase | Frame, matched_by: MatchedBy, language: str
) -> Decision:
    suggests = matched_by in table.suggest
    text = None if suggests else reply(table, statement, language)
    return Decision(
        action=None if suggests else statement.action,
        keyword=spelling(statement),
        matched_by=matched_by,
        language=language,
        country_scope=table.country,
        reply=text,
        rule=statement.place.rule,
        digest="",
        suggested=statement.action if suggests else None,
        variables=variables(table, text),
    )
