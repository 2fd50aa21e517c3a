"""Words from elsewhere, and decisions of people."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response

from optoutlang.consent.engine.account import UnknownSenderError
from optoutlang.consent.engine.channel import Channel
from optoutlang.consent.engine.event import ConsentReported, ReviewDecided, Source, Wish
from optoutlang.consent.engine.identifier import IdentifierError
from optoutlang.consent.engine.record import Review
from optoutlang.consent.engine.review import UnknownReviewError
from optoutlang.consent.engine.route import UnknownTopicError
from optoutlang.consent.transfer.number import NumberError, e164
from optoutlang.interfaces.gateway.api.keys import Keys
from optoutlang.interfaces.gateway.api.requests import answer, body_of, store_errors
from optoutlang.interfaces.gateway.api.shapes import (
    ConsentItem,
    ConsentItems,
    ConsentResult,
    ConsentResults,
    Outcome,
    ReviewDecision,
    ReviewRow,
    Reviews,
)
from optoutlang.interfaces.gateway.gateway import Gateway
from optoutlang.interfaces.gateway.settings.model import Scope
from optoutlang.interfaces.gateway.web.problems import ProblemError

WRONG_ITEM = 30646
"""Twilio's code for an item of the Consent API that is wrong (https://www.twilio.com/docs/api/errors/30646)."""

SOURCES = {
    "website": Source.WEB_FORM,
    "offline": Source.OPERATOR,
    "opt-in-message": Source.API,
    "opt-out-message": Source.API,
    "others": Source.API,
}
_WISHES = {"opt-in": Wish.OPT_IN, "opt-out": Wish.OPT_OUT}


class WrongItemError(ValueError):
    """An item cannot be taken; its text is Twilio's reason."""


class Changing:
    """The endpoints that record something."""

    def __init__(self, gateway: Gateway, keys: Keys) -> None:
        self._gateway = gateway
        self._keys = keys

    async def consents(self, request: Request) -> Response:
        """`POST /v1/consents`: words about consent from elsewhere; each stands or falls alone."""
        request.scope["route_name"] = "consents-write"
        key = self._keys.require(request, Scope.CONSENTS_WRITE)
        given = await body_of(request, ConsentItems, self._gateway)
        now = self._gateway.clock()
        with store_errors():
            results = await asyncio.gather(
                *[self._record(each, by=key.name, now=now) for each in given.items],
                return_exceptions=True,
            )
            for each in results:
                if isinstance(each, BaseException):
                    raise each
        return answer(ConsentResults([each for each in results if isinstance(each, ConsentResult)]))

    async def reviews(self, request: Request) -> Response:
        """`GET /v1/review`: what waits for a person."""
        request.scope["route_name"] = "review"
        self._keys.require(request, Scope.REVIEW)
        limit = request.query_params.get("limit", "100")
        if not (limit.isascii() and limit.isdigit() and len(limit) < 5 and 1 <= int(limit) <= 1000):
            raise ProblemError(422, "`limit` is a number from 1 to 1000")
        with store_errors():
            found = await self._gateway.reviews(int(limit), request.query_params.get("after"))
        return answer(Reviews([_row(each) for each in found]))

    async def decide_review(self, request: Request) -> Response:
        """`POST /v1/review`: a person accepts or rejects what waits."""
        request.scope["route_name"] = "review-write"
        key = self._keys.require(request, Scope.REVIEW)
        given = await body_of(request, ReviewDecision, self._gateway)
        event = ReviewDecided(
            id=uuid4().hex,
            review=given.event,
            accepted=given.accepted,
            by=key.name,
            at=self._gateway.clock(),
            reason=given.reason,
        )
        with store_errors():
            try:
                transition = await self._gateway.record(event)
            except UnknownReviewError as error:
                raise ProblemError(404, str(error)) from error
        record = None if transition is None else transition.record
        return answer(Outcome("recorded" if record is None else record.outcome.value))

    async def _record(self, item: ConsentItem, *, by: str, now: datetime) -> ConsentResult:
        try:
            event = self._event(item, by=by, now=now)
            transition = await self._gateway.record(event)
        except IdentifierError:
            return ConsentResult(
                item.correlation_id, WRONG_ITEM, ["INVALID_CORRELATION_ID"], "refused"
            )
        except UnknownTopicError:
            return ConsentResult(item.correlation_id, WRONG_ITEM, ["INVALID_TOPIC"], "refused")
        except (WrongItemError, UnknownSenderError) as error:
            reason = str(error) if isinstance(error, WrongItemError) else "INVALID_SENDER_ID"
            return ConsentResult(item.correlation_id, WRONG_ITEM, [reason], "refused")
        if transition is None:
            return ConsentResult(item.correlation_id, 0, [], "duplicate")
        record = transition.record
        return ConsentResult(
            item.correlation_id, 0, [], "recorded" if record is None else record.outcome.value
        )

    def _event(self, item: ConsentItem, *, by: str, now: datetime) -> ConsentReported:
        settings = self._gateway.settings
        wish, source = _WISHES.get(item.status), SOURCES.get(item.source)
        if wish is None:
            raise WrongItemError("INVALID_STATUS")
        if source is None:
            raise WrongItemError("INVALID_SOURCE")
        try:
            recipient = e164(item.contact_id)
        except NumberError as error:
            raise WrongItemError("INVALID_CONTACT_ID") from error
        names = {each.name for each in settings.account.services}
        service = item.sender_id if item.sender_id in names else None
        sender = settings.sender_of.get(item.sender_id, item.sender_id)
        return ConsentReported(
            id=item.correlation_id,
            recipient=recipient,
            wish=wish,
            source=source,
            at=_time(item.date_of_consent, now),
            service=service,
            sender=None if service is not None else sender,
            channel=None if item.channel is None else Channel(item.channel),
            text_version=item.text_version,
            by=by,
            topic=item.topic,
        )


def _time(text: str | None, now: datetime) -> datetime:
    """Return when somebody consented; a time to come would beat every STOP until then, so there is none."""
    if text is None:
        return now
    try:
        found = datetime.fromisoformat(text)
        found = (found if found.tzinfo is not None else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise WrongItemError("INVALID_DATE_OF_CONSENT") from error
    if found > now or found.year < 1990:
        raise WrongItemError("INVALID_DATE_OF_CONSENT")
    return found


def _row(review: Review) -> ReviewRow:
    return ReviewRow(
        event=review.event,
        at=review.mark.at,
        recipient=review.key.recipient,
        scope=str(review.key.scope),
        kind=review.kind.value.replace("_", "-"),
        reason=review.reason.value,
        text=review.mark.text,
    )
