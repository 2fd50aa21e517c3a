"""One attempt to deliver an effect, and what it comes to.

Messages and events may be delivered twice, never not at all: an attempt of
which nobody knows how it went is made again, with the same idempotency key.
Replies may be lost, never sent twice: such an attempt leaves a dead letter.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import httpx

from optoutlang.consent.engine.effect import Effect, Forward, LiftAtProvider, SendReply
from optoutlang.interfaces.gateway.deliveries.application import event_request, message_request
from optoutlang.interfaces.gateway.deliveries.backoff import wait
from optoutlang.interfaces.gateway.deliveries.delivery import (
    Again,
    Dead,
    Delivery,
    Done,
    Result,
)
from optoutlang.interfaces.gateway.settings.model import Application
from optoutlang.providers import Outgoing, Provider

GRACE = timedelta(seconds=20)
"""How long a reply waits for the answer that carries it; Twilio asks again within 15 seconds."""

REPLY_SECONDS = 15.0
"""How long a provider has to take a reply."""

_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_REFUSED_FOR_NOW = frozenset({429, 503})
_LONGEST_ERROR = 200


@dataclass(slots=True)
class Attempts:
    """Makes attempts. `clock` gives Unix seconds."""

    client: httpx.AsyncClient
    application: Application | None
    provider_of: Callable[[str], Provider | None]
    clock: Callable[[], float]
    random: Random = field(default_factory=Random)

    @property
    def lease(self) -> timedelta:
        """How long an attempt may have an effect: longer than any lasts."""
        seconds = 0.0 if self.application is None else self.application.seconds
        return timedelta(seconds=max(seconds, REPLY_SECONDS) + 5)

    def due(self, effect: Effect, now: int) -> int | None:
        """Return from when on an effect may be delivered, in microseconds since 1970; None if nobody wants it."""
        if not self.is_wanted(effect):
            return None
        if isinstance(effect, LiftAtProvider):
            return max(now, _micros(effect.not_before.timestamp()))
        if isinstance(effect, SendReply):
            provider = self.provider_of(effect.sender)
            if provider is None or provider.answers_inline:
                return now + _micros(GRACE.total_seconds())
        return now

    def is_wanted(self, effect: Effect) -> bool:
        """Whether an effect has somewhere to go under these settings."""
        if isinstance(effect, SendReply):
            return True
        application = self.application
        if application is None:
            return False
        return isinstance(effect, Forward) or application.events_url is not None

    async def make(self, delivery: Delivery) -> Result:
        """Try to deliver an effect once."""
        if isinstance(delivery.effect, SendReply):
            return await self._reply(delivery, delivery.effect)
        if self.application is None:
            return Done(delivery.number)
        return await self._hand_on(delivery, self.application)

    async def _hand_on(self, delivery: Delivery, application: Application) -> Result:
        number, event, effect, now = delivery.number, delivery.event, delivery.effect, self.clock()
        if isinstance(effect, Forward):
            request = message_request(application, number, event, effect, now)
        else:
            found = event_request(application, number, event, effect, now)
            if found is None:
                return Done(number)
            request = found
        try:
            async with asyncio.timeout(
                application.seconds
            ):  # httpx bounds each read, not all of them
                answer = await self.client.post(
                    request.url,
                    content=request.body,
                    headers=request.headers,
                    timeout=application.seconds,
                )
        except (httpx.HTTPError, TimeoutError) as error:
            return self._again(delivery, application, _reason(error))
        except (httpx.InvalidURL, ValueError) as error:
            return Dead(number, _reason(error))
        if answer.is_success:
            return Done(number)
        return self._again(
            delivery, application, f"the application answered {answer.status_code}", answer.headers
        )

    def _again(
        self,
        delivery: Delivery,
        application: Application,
        error: str,
        headers: Mapping[str, str] | None = None,
    ) -> Result:
        if delivery.attempts >= application.attempts:
            return Dead(delivery.number, error)
        seconds = wait(
            delivery.attempts,
            first=application.first_wait,
            longest=application.longest_wait,
            random=self.random,
        )
        asked = (headers or {}).get("retry-after", "")
        if asked.isascii() and asked.isdigit() and len(asked) < 8:
            seconds = min(max(seconds, float(asked)), application.longest_wait)
        return Again(delivery.number, _micros(self.clock() + seconds), error)

    async def _reply(self, delivery: Delivery, reply: SendReply) -> Result:
        request = self._request(delivery, reply)
        if isinstance(request, str):
            return Dead(delivery.number, request)
        try:
            async with asyncio.timeout(REPLY_SECONDS):
                answer = await self.client.post(
                    request.url,
                    content=request.body,
                    headers=dict(request.headers),
                    timeout=REPLY_SECONDS,
                )
        except _NOT_SENT as error:
            return self._later(delivery, _reason(error))
        except (httpx.HTTPError, TimeoutError, httpx.InvalidURL, ValueError) as error:
            return Dead(delivery.number, f"nobody knows whether it was sent: {_reason(error)}")
        if answer.is_success:
            return Done(delivery.number)
        status = f"the provider answered {answer.status_code}"
        if answer.status_code in _REFUSED_FOR_NOW:
            return self._later(delivery, status)
        return Dead(delivery.number, status)

    def _request(self, delivery: Delivery, reply: SendReply) -> Outgoing | str:
        """Return the request that sends a reply, or why there is none."""
        if delivery.is_unclear:
            return "the process ended while it sent the reply: nobody knows whether it did"
        if reply.send_by is not None and datetime.fromtimestamp(self.clock(), UTC) > reply.send_by:
            return "too late: the confirmation of an opt-out may go within five minutes"
        provider = self.provider_of(reply.sender)
        request = None if provider is None else provider.outgoing(reply)
        if request is None:
            return "nobody waited for the answer, and there is no other way to send it"
        return request

    def _later(self, delivery: Delivery, error: str) -> Result:
        if delivery.attempts >= 8:
            return Dead(delivery.number, error)
        seconds = wait(delivery.attempts, first=1, longest=60, random=self.random)
        return Again(delivery.number, _micros(self.clock() + seconds), error)


def _reason(error: Exception) -> str:
    text = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return text[:_LONGEST_ERROR]


def _micros(seconds: float) -> int:
    return int(seconds * 1_000_000)
