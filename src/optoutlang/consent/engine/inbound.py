"""Messages: from a text to marks, replies and what the application gets."""

from __future__ import annotations

from dataclasses import dataclass, replace

from optoutlang.consent.engine.draft import Draft
from optoutlang.consent.engine.effect import OPT_OUT_TYPES, Forward, ReplyKind
from optoutlang.consent.engine.event import InboundMessage, Source
from optoutlang.consent.engine.moves import Move, Trigger
from optoutlang.consent.engine.question import ask_scope, narrow, narrows
from optoutlang.consent.engine.record import AuditRecord, Outcome, Review, ReviewReason
from optoutlang.consent.engine.replies import is_echo, reply
from optoutlang.consent.engine.route import Route, Routes, Rules
from optoutlang.consent.engine.scope import Key
from optoutlang.consent.engine.standing import Standing, standing, standing_about
from optoutlang.consent.engine.state import Consent, ConsentState, Mark, MarkKind
from optoutlang.consent.engine.transition import Snapshot, Transition
from optoutlang.runtime.terms.action import REQUESTS, Action
from optoutlang.runtime.terms.country import COUNTRIES
from optoutlang.runtime.terms.decision import Decision
from optoutlang.runtime.terms.language import language_tag

NETWORK_WORDS = frozenset({"STOP", "START", "UNSTOP"})
"""The words that the toll-free network handles itself, as whole messages."""

_SUGGESTIBLE = {Action.OPT_OUT: MarkKind.OPT_OUT, Action.OPT_IN: MarkKind.START}


@dataclass(slots=True)
class Reading:
    """A message with all that decides about it, and the row that it writes to. It lives for one event.

    `topic` is what the message is about (None: everything); `before` what held for that, `everything` what held at all.
    """

    event: InboundMessage
    route: Route
    key: Key
    decision: Decision | None
    network_word: str | None
    echo: bool
    before: Standing
    everything: Standing
    topic: str | None


def inbound(routes: Routes, event: InboundMessage, snapshot: Snapshot) -> Transition:
    """Return what a message comes to.

    Raises:
        UnknownSenderError: the account has no such sender, or the sender no such channel.
    """
    route = routes.of(event.sender, event.channel, event.at)
    draft = Draft(snapshot.states)
    if route.rules is None:
        return _transition(draft, route, Forward(message=event), None)
    key = Key(event.recipient, route.scope, route.reach)
    if narrows(route, event, snapshot.states):
        record = narrow(routes, draft, key, event, snapshot)
        now = standing(draft.states, route, event.channel, event.at).effective
        return _transition(draft, route, Forward(message=event, consent=now), record)
    reading = _read(route, route.rules, event, snapshot.states)
    trigger = trigger_of(reading)
    if trigger is not None:
        return _moved(routes, reading, draft, trigger)
    if _waits(reading):
        return _suggested(reading, draft)
    return _ordinary(reading, draft)


def _read(
    route: Route, rules: Rules, event: InboundMessage, states: tuple[ConsentState, ...]
) -> Reading:
    decision = match(rules, event)
    network_word = _network_word(route, event.text)
    now = standing(states, route, event.channel, event.at)
    topic = None if decision is None or network_word is not None else decision.topic
    if _confirms(route, decision) and network_word is None and now.effective is not Consent.PENDING:
        topic = _waiting_topic(states, route, event)
    return Reading(
        event,
        route,
        Key(event.recipient, route.scope.about(topic), route.reach),
        decision,
        network_word,
        is_echo(event.text, states),
        now if topic is None else standing_about(states, route, event.channel, event.at, topic),
        now,
        topic,
    )


def _waiting_topic(
    states: tuple[ConsentState, ...], route: Route, event: InboundMessage
) -> str | None:
    """Return the topic whose prompt waits for a confirmation, of several the one that was asked about last."""
    waiting = [
        (state.marks.prompted.at, state.key.scope.topic)
        for state in states
        if state.key.scope.topic and state.marks.prompted is not None
        if standing_about(states, route, event.channel, event.at, state.key.scope.topic).effective
        is Consent.PENDING
    ]
    return max(waiting)[1] if waiting else None


def match(rules: Rules, event: InboundMessage) -> Decision | None:
    """Return what the rules say of a message; a country or language that nobody knows is none at all."""
    country = event.country
    if country is not None and country not in COUNTRIES:
        country = country.upper() if country.upper() in COUNTRIES else None
    language = event.language
    if language is not None:
        try:
            language = language_tag(language)
        except ValueError:
            language = None
    if event.payload is None:
        return rules.match(event.text, country=country, language=language)
    return rules.match(event.text, country=country, language=language, payload=event.payload)


def trigger_of(reading: Reading) -> Trigger | None:
    """Return what a message asks for, or None if it is an ordinary one."""
    action = _action(reading)
    if action is Action.OPT_OUT:
        return Trigger.STOP
    if action not in REQUESTS or reading.echo:
        return None  # what we wrote ourselves asks for nothing but, in doubt, to stop
    if action is Action.HELP:
        return Trigger.HELP
    if reading.network_word is None and _confirms(reading.route, reading.decision):
        return Trigger.CONFIRM
    if reading.network_word is None and reading.route.network is not None and not reading.topic:
        return None  # toll-free: START and UNSTOP bring back, and nothing else
    out = reading.before.marks.opted_out
    came_before = out is not None and out.at < reading.event.at
    return Trigger.RETURN if came_before or reading.before.network else Trigger.START


def _action(reading: Reading) -> Action | None:
    if reading.network_word is not None:
        return Action.OPT_OUT if reading.network_word == "STOP" else Action.OPT_IN
    return None if reading.decision is None else reading.decision.action


def _confirms(route: Route, decision: Decision | None) -> bool:
    double = route.settings.double_opt_in
    if double is None or decision is None or decision.topic is not None:
        return False
    return decision.keyword.casefold() in {each.casefold() for each in double.confirmations}


def _network_word(route: Route, text: str) -> str | None:
    if route.network is None:
        return None
    word = text.strip().upper()
    return word if word in NETWORK_WORDS else None


def _moved(routes: Routes, reading: Reading, draft: Draft, trigger: Trigger) -> Transition:
    event, route, topic = reading.event, reading.route, reading.topic
    # Who opted out of one topic gets help about it all the same.
    before = reading.everything if trigger is Trigger.HELP else reading.before
    move = (route.moves_of_topics if topic else route.moves)[trigger, before.effective]
    marks = _mark(reading, draft, move)
    asks = (
        trigger is Trigger.STOP
        and topic is None
        and ask_scope(routes, route, draft, reading.key, marks)
    )
    about = None if trigger is Trigger.HELP else topic
    after = standing_about(draft.states, route, event.channel, event.at, about).effective
    outcome = _outcome(trigger, move, before.effective, after)
    kind = _reply_kind(reading, move, trigger, after)
    if kind is not None:
        reply(draft, route, event, kind, _answer(reading, kind, asks=asks), about=topic)
    draft.change(reading.key, marks, before.effective, after)
    action = _action(reading) if move.acts else None
    forward = Forward(
        message=event,
        action=action,
        # All that Twilio's parameter can say is of everything.
        opt_out_type=OPT_OUT_TYPES[action] if action and route.custom and not topic else None,
        topic=topic if move.acts else None,
        decision=reading.decision,
        consent=after,
    )
    return _transition(draft, route, forward, _record(reading, draft, outcome))


def _mark(reading: Reading, draft: Draft, move: Move) -> tuple[tuple[MarkKind, Mark], ...]:
    """Write the marks of a move, the network's own among them; return those of the message's own row."""
    event, route = reading.event, reading.route
    mark = Mark(event.at, event.key, Source.MESSAGE, event.text)
    if reading.network_word is not None and route.network is not None:
        block = Key(event.recipient, route.network, route.reach)
        stops = reading.network_word == "STOP"
        draft.write(block, MarkKind.OPT_OUT if stops else MarkKind.START, mark, event.at)
    if move.mark is None:
        return ()
    kind = move.mark
    if kind is MarkKind.PROMPT and route.settings.double_opt_in is not None:
        mark = replace(mark, until=event.at + route.settings.double_opt_in.within)
    if kind is MarkKind.START and move.acts and _out_elsewhere(reading.before):
        kind = MarkKind.OPT_IN
    draft.add(reading.key, kind, mark)
    return ((kind, mark),)


def _out_elsewhere(before: Standing) -> bool:
    """Whether an opt-out stands of which the message's own row knows nothing: START could not lift it there."""
    return before.network is not None or not before.own


def _outcome(trigger: Trigger, move: Move, before: Consent, after: Consent) -> Outcome:
    if after is not move.to:
        return Outcome.LATE
    if after is not before:
        return Outcome.CHANGED
    return Outcome.REPEATED if trigger is Trigger.STOP else Outcome.UNCHANGED


def _reply_kind(reading: Reading, move: Move, trigger: Trigger, after: Consent) -> ReplyKind | None:
    if reading.echo or after is not move.to:
        return None
    if reading.network_word == "STOP":
        return None  # the network sends its own text, whatever the rules say
    if trigger is Trigger.HELP and reading.route.settings.answer_help_when_opted_out:
        return ReplyKind.HELP
    return move.reply


def _answer(reading: Reading, kind: ReplyKind, *, asks: bool) -> tuple[str | None, str | None]:
    """Return the text and the language of a reply."""
    settings, decision = reading.route.settings, reading.decision
    if kind is ReplyKind.PROMPT and settings.double_opt_in is not None:
        return settings.double_opt_in.prompt, None
    if asks and settings.scope_question is not None:
        return settings.scope_question.text, None
    return (None, None) if decision is None else (decision.reply, decision.language)


def _waits(reading: Reading) -> bool:
    """Whether the rules suggest something that would change consent, for a person to look at."""
    decision, now = reading.decision, reading.before.effective
    if decision is None or decision.suggested is None or reading.echo:
        return False
    if decision.suggested is Action.OPT_OUT:
        return now is not Consent.OPTED_OUT
    return (
        decision.suggested is Action.OPT_IN
        and now is Consent.OPTED_OUT
        and not reading.route.network
    )


def _suggested(reading: Reading, draft: Draft) -> Transition:
    event, decision = reading.event, reading.decision
    assert decision is not None and decision.suggested is not None  # noqa: S101, PT018 - _waits looked
    row = draft.row(reading.key)
    if decision.suggested is Action.OPT_OUT:
        draft.put(replace(row, reviews=(*row.reviews, event.key)))
    review = Review(
        event=event.key,
        key=reading.key,
        kind=_SUGGESTIBLE[decision.suggested],
        mark=Mark(event.at, event.key, Source.MESSAGE, event.text),
        reason=ReviewReason.SUGGESTED,
        sender=event.sender,
        decision=decision,
    )
    forward = Forward(message=event, decision=decision, consent=reading.before.effective)
    record = _record(reading, draft, Outcome.WAITS)
    return replace(_transition(draft, reading.route, forward, record), reviews=(review,))


def _ordinary(reading: Reading, draft: Draft) -> Transition:
    event, route = reading.event, reading.route
    fallback = route.settings.fallback
    if _is_answered(reading):
        _give_answer(reading, draft)
    elif fallback is not None and _means_nothing(reading):
        reply(draft, route, event, ReplyKind.FALLBACK, (fallback, None))
    record = None if reading.decision is None else _record(reading, draft, Outcome.UNCHANGED)
    forward = Forward(message=event, decision=reading.decision, consent=reading.before.effective)
    return _transition(draft, route, forward, record)


def _is_answered(reading: Reading) -> bool:
    """Whether a named answer of the rules goes out: to nobody who opted out, nor to what we wrote ourselves."""
    decision = reading.decision
    if decision is None or decision.answer is None or reading.echo:
        return False
    return reading.network_word is None and reading.before.effective is not Consent.OPTED_OUT


def _give_answer(reading: Reading, draft: Draft) -> None:
    decision = reading.decision
    assert decision is not None  # noqa: S101  # _is_answered looked
    text = decision.reply, decision.language
    reply(draft, reading.route, reading.event, ReplyKind.ANSWER, text, about=decision.answer)


def _means_nothing(reading: Reading) -> bool:
    """Whether the fallback answers a message: words that the rules do not know, of somebody who did not opt out."""
    if reading.echo or reading.decision is not None or not reading.event.text.strip():
        return False
    return reading.before.effective is not Consent.OPTED_OUT


def _record(reading: Reading, draft: Draft, outcome: Outcome) -> AuditRecord:
    event = reading.event
    return AuditRecord(
        event=event.key,
        at=event.at,
        source=Source.MESSAGE,
        outcome=outcome,
        recipient=event.recipient,
        sender=event.sender,
        text=event.text,
        decision=reading.decision,
        changes=draft.changes,
    )


def _transition(
    draft: Draft, route: Route, forward: Forward, record: AuditRecord | None
) -> Transition:
    if not route.settings.drop_incoming:
        draft.do(forward)
    return Transition(states=draft.written, record=record, effects=draft.effects)
