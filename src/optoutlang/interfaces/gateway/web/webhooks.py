"""Webhooks of providers: verified, read, recorded, answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import structlog
from starlette.requests import Request
from starlette.responses import Response

from optoutlang.consent.engine.account import UnknownSenderError
from optoutlang.consent.engine.effect import SendReply
from optoutlang.consent.engine.event import DeliveryReport, InboundMessage
from optoutlang.consent.engine.transition import Transition
from optoutlang.consent.stores.port import StoreError
from optoutlang.interfaces.gateway.deliveries.application import REQUEST_ID
from optoutlang.interfaces.gateway.gateway import Gateway
from optoutlang.interfaces.gateway.web.bodies import read_body
from optoutlang.interfaces.gateway.web.problems import ProblemError
from optoutlang.interfaces.gateway.web.transport import require_transport
from optoutlang.providers import (
    ForgedError,
    MalformedError,
    Provider,
    Received,
    WebhookRequest,
)

ANSWER_SECONDS = 12.0
"""Within Twilio's 15: whoever asks again gets the answer then."""

_LOG = structlog.get_logger("optoutlang.webhooks")


class Webhooks:
    """The webhooks of all providers of a gateway."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._providers = {each.name: each for each in gateway.settings.providers}

    async def message(self, request: Request) -> Response:
        """Answer the webhook of inbound messages."""
        request.scope["route_name"] = "message"
        provider, sent = await self._verified(request)
        return await self._received(request, provider, _read(provider.message, sent))

    async def report(self, request: Request) -> Response:
        """Answer the webhook of status callbacks."""
        request.scope["route_name"] = "report"
        provider, sent = await self._verified(request)
        return await self._received(request, provider, _read(provider.report, sent))

    async def _verified(self, request: Request) -> tuple[Provider, WebhookRequest]:
        provider = self._providers.get(request.path_params["provider"])
        if provider is None:
            raise ProblemError(404, "there is no such provider")
        require_transport(request, self._gateway.settings.server)
        body = (
            b""
            if request.method == "GET"
            else await read_body(request, self._gateway.settings.server)
        )
        sent = WebhookRequest(
            method=request.method,
            url=self._public_url(request),
            headers=request.headers,
            body=body,
            at=self._gateway.clock(),
        )
        try:
            provider.verify(sent)
        except ForgedError as error:
            _LOG.warning(
                "forged",
                provider=provider.name,
                reason=str(error),
                url=sent.url.partition("?")[0],
                request_id=request.scope["request_id"],
            )
            # Why is for the log: whoever forges learns nothing.
            raise ProblemError(403, "the signature is missing or wrong") from error
        return provider, sent

    def _public_url(self, request: Request) -> str:
        """Return the URL that the provider called: what it says of itself counts for nothing, nor X-Forwarded-Host."""
        path = request.scope.get("raw_path") or request.scope["path"].encode()
        query = request.scope["query_string"]
        url = self._gateway.settings.server.public_url + str(path, "latin-1")
        return f"{url}?{str(query, 'latin-1')}" if query else url

    async def _received(self, request: Request, provider: Provider, received: Received) -> Response:
        event = received.event
        if event is None:
            return _response(provider, None)
        event = self._placed(event, provider)
        if isinstance(event, InboundMessage):
            event = replace(event, form=f"{event.form}&{REQUEST_ID}={request.scope['request_id']}")
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                transition = await self._gateway.record(event)
                reply = await self._reply(provider, event, transition)
        except TimeoutError:
            raise ProblemError(
                503, "the store did not answer in time", headers={"retry-after": "5"}
            ) from None
        except StoreError as error:
            _LOG.error(
                "not recorded",
                key=event.key,
                error=str(error),
                request_id=request.scope["request_id"],
            )
            raise ProblemError(503, "nothing was recorded", headers={"retry-after": "5"}) from error
        except UnknownSenderError as error:
            raise ProblemError(404, str(error)) from error
        return _response(provider, None if received.is_answered else reply)

    def _placed(
        self, event: InboundMessage | DeliveryReport, provider: Provider
    ) -> InboundMessage | DeliveryReport:
        """Return the event with the sender that we know it by; a provider speaks for its own senders alone."""
        settings = self._gateway.settings
        sender = settings.sender_of.get(event.sender, event.sender)
        if settings.provider_of.get(sender) != provider.name:
            _LOG.error("unknown sender", provider=provider.name, sender=event.sender, key=event.key)
            raise ProblemError(404, "this provider has no such sender in the settings")
        return event if sender == event.sender else replace(event, sender=sender)

    async def _reply(
        self,
        provider: Provider,
        event: InboundMessage | DeliveryReport,
        transition: Transition | None,
    ) -> SendReply | None:
        """Return the reply that the answer carries: of an event that came before, the one that nobody got yet."""
        if not provider.answers_inline or not isinstance(event, InboundMessage):
            return None
        if transition is not None and not any(
            isinstance(each, SendReply) for each in transition.effects
        ):
            return None
        return await self._gateway.take_reply(event.key)


def _read(read: Callable[[WebhookRequest], Received], sent: WebhookRequest) -> Received:
    try:
        return read(sent)
    except MalformedError as error:
        raise ProblemError(400, str(error)) from error


def _response(provider: Provider, reply: SendReply | None) -> Response:
    answer = provider.answer(reply)
    return Response(answer.body, media_type=answer.media_type)
