"""Questions: who may be texted, what a recipient wants, what a message would mean."""

from __future__ import annotations

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from optoutlang import Matcher
from optoutlang.consent.engine.account import UnknownSenderError
from optoutlang.consent.engine.channel import Channel
from optoutlang.consent.engine.permission import Permission
from optoutlang.consent.engine.record import AuditRecord
from optoutlang.consent.engine.route import UnknownTopicError
from optoutlang.consent.engine.state import ConsentState, Mark
from optoutlang.consent.transfer.number import NumberError, e164
from optoutlang.interfaces.gateway.api.keys import Keys
from optoutlang.interfaces.gateway.api.requests import answer, body_of, store_errors
from optoutlang.interfaces.gateway.api.shapes import (
    Cause,
    ConsentRow,
    Consents,
    FiredRow,
    HistoryRow,
    MaySend,
    Meaning,
    Message,
    Verdict,
    Verdicts,
)
from optoutlang.interfaces.gateway.gateway import Gateway
from optoutlang.interfaces.gateway.recorder import Question
from optoutlang.interfaces.gateway.settings.model import Scope
from optoutlang.interfaces.gateway.web.problems import ProblemError
from optoutlang.runtime.terms.country import COUNTRIES
from optoutlang.runtime.terms.decision import decision_object
from optoutlang.runtime.terms.language import language_tag


class Asking:
    """The endpoints that change nothing."""

    def __init__(self, gateway: Gateway, keys: Keys) -> None:
        self._gateway = gateway
        self._keys = keys

    async def may_send(self, request: Request) -> Response:
        """`POST /v1/may-send`: one recipient, or many."""
        request.scope["route_name"] = "may-send"
        self._keys.require(request, Scope.MAY_SEND)
        asked = await body_of(request, MaySend, self._gateway)
        if (asked.recipient is None) is (asked.recipients is None):
            raise ProblemError(422, "say `recipient`, or `recipients` for many")
        whom = [asked.recipient] if asked.recipient is not None else asked.recipients or []
        numbers = [number(each) for each in whom]
        channel, now = Channel(asked.channel), self._gateway.clock()
        questions = [Question(each, asked.sender, channel, now, asked.topic) for each in numbers]
        with store_errors():
            try:
                found = await self._gateway.ask(questions)
            except (UnknownSenderError, UnknownTopicError) as error:
                raise ProblemError(422, str(error)) from error
        verdicts = [_verdict(*each) for each in zip(numbers, found, strict=True)]
        return answer(verdicts[0] if asked.recipient is not None else Verdicts(verdicts))

    async def consents(self, request: Request) -> Response:
        """`GET /v1/consents/{recipient}`: what a recipient wants, and how it came to that."""
        request.scope["route_name"] = "consents"
        self._keys.require(request, Scope.CONSENTS_READ)
        recipient = number(request.path_params["recipient"])
        with store_errors():
            states, history = await self._gateway.known_of(recipient)
        now = self._gateway.clock()
        return answer(
            Consents(
                recipient, [_row(each, now) for each in states], [_record(each) for each in history]
            )
        )

    async def decide(self, request: Request) -> Response:
        """`POST /v1/decide`: what a message would mean, and why."""
        request.scope["route_name"] = "decide"
        self._keys.require(request, Scope.DECIDE)
        asked = await body_of(request, Message, self._gateway)
        country = None if asked.country is None else asked.country.upper()
        if country is not None and country not in COUNTRIES:
            raise ProblemError(422, "`country` is no ISO 3166-1 code")
        try:
            language = None if asked.language is None else language_tag(asked.language)
        except ValueError as error:
            raise ProblemError(422, "`language` is no BCP 47 tag") from error
        found = self._matcher(asked.sender).explain(
            asked.text, country=country, language=language, payload=asked.payload
        )
        fired = [
            FiredRow(
                each.action.value,
                each.matched_by.value,
                each.keyword,
                each.language,
                each.rule,
                each.lost,
            )
            for each in found.fired
        ]
        decision = decision_object(found.decision)
        plain = (
            None if decision is None else {name: _plain(value) for name, value in decision.items()}
        )
        return answer(Meaning(plain, list(found.tokens), fired))

    def _matcher(self, sender: str | None) -> Matcher:
        rules = self._gateway.rules
        if sender is None:
            return rules.standard
        account = self._gateway.settings.account
        try:
            account.sender(sender)
        except UnknownSenderError as error:
            raise ProblemError(422, str(error)) from error
        service = account.service_of(sender)
        named = None if service is None else service.ruleset
        return rules.standard if named is None else rules.custom[named]


def number(text: str) -> str:
    """Return a recipient as the store knows it.

    Raises:
        ProblemError: it is no phone number.
    """
    try:
        return e164(text)
    except NumberError as error:
        raise ProblemError(422, str(error)) from error


def _verdict(recipient: str, found: Permission) -> Verdict:
    return Verdict(
        recipient=recipient,
        allowed=found.allowed,
        consent=found.consent.value,
        reason=None if found.reason is None else found.reason.value,
        code=found.code,
        cause=_cause(found.cause),
    )


def _cause(mark: Mark | None) -> Cause | None:
    return None if mark is None else Cause(mark.event, mark.at, mark.source.value, mark.text)


def _row(state: ConsentState, now: datetime) -> ConsentRow:
    marks = state.marks
    return ConsentRow(
        scope=str(state.key.scope.everything),
        topic=state.key.scope.topic or None,
        channels=state.key.channels.value,
        consent=marks.consent(now).value,
        cause=_cause(marks.cause),
        last_opt_in=_cause(marks.last_opt_in),
        in_review=list(state.reviews),
    )


def _record(record: AuditRecord) -> HistoryRow:
    decision = record.decision
    return HistoryRow(
        event=record.event,
        at=record.at,
        source=record.source.value,
        outcome=record.outcome.value,
        text=record.text,
        by=record.by,
        rule=None if decision is None else decision.rule,
        digest=None if decision is None else decision.digest,
    )


def _plain(value: object) -> str | bool | None:
    return value if isinstance(value, str | bool) or value is None else str(value)
