"""An account at Twilio."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from optoutlang.consent.engine.channel import Channel
from optoutlang.consent.engine.effect import SendReply
from optoutlang.providers.twilio import parameters
from optoutlang.providers.twilio.signature import HEADER, body_digest, is_digest, is_signed
from optoutlang.providers.twilio.twiml import MEDIA_TYPE, twiml
from optoutlang.providers.webhook import (
    Answer,
    ForgedError,
    MalformedError,
    Outgoing,
    Received,
    WebhookRequest,
)

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
MOST_PARAMETERS = 500
"""Twilio sends some 40; more is no message of Twilio's."""

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Twilio:
    """Verifies and reads the webhooks of one account.

    `account` (AccountSid) is checked where it is given. A reply travels in
    the answer; with an account one that could not is sent by the API at `api`.
    """

    name: str
    token: str = field(repr=False)
    account: str | None = None
    api: str = "https://api.twilio.com"
    answers_inline: bool = True

    def __post_init__(self) -> None:
        if not self.token:
            raise ValueError(
                "a Twilio account needs its auth token: without it every STOP would be refused"
            )

    def verify(self, request: WebhookRequest) -> None:
        """Check the signature, and the digest of a JSON body.

        Raises:
            ForgedError: the signature is missing or wrong, or the account is another.
        """
        given = request.headers.get(HEADER)
        if given is None:
            raise ForgedError("no X-Twilio-Signature")
        form: Pairs = ()
        if _media_type(request) == JSON:
            digest = body_digest(request.url)
            if digest is None or not is_digest(digest, request.body):
                raise ForgedError("the body is not the one that bodySHA256 names")
        elif request.method != "GET":
            form = self._pairs(request)
        if not is_signed(self.token, given, request.url, form):
            raise ForgedError("the signature is not that of this URL and these parameters")

    def message(self, request: WebhookRequest) -> Received:
        """Return the inbound message.

        Raises:
            MalformedError: the request says none, or is for another account.
        """
        form = dict(self._form(request))
        original = request.query if request.method == "GET" else request.body.decode("ascii")
        event = parameters.message(form, request.at, original)
        return Received(event=event, is_answered=bool(form.get("OptOutType")))

    def report(self, request: WebhookRequest) -> Received:
        """Return what a status callback says.

        Raises:
            MalformedError: the request says nothing, or is for another account.
        """
        return Received(event=parameters.report(dict(self._form(request)), request.at))

    def answer(self, reply: SendReply | None) -> Answer:
        """Return TwiML with the reply."""
        return Answer(media_type=MEDIA_TYPE, body=twiml(None if reply is None else reply.text))

    def outgoing(self, reply: SendReply) -> Outgoing | None:
        """Return the request that sends a reply by the API (https://www.twilio.com/docs/messaging/api/message-resource)."""
        if self.account is None:
            return None
        prefix = {Channel.WHATSAPP: "whatsapp:", Channel.RCS: "rcs:"}.get(reply.channel, "")
        body = urlencode({"To": prefix + reply.recipient, "From": reply.sender, "Body": reply.text})
        secret = b64encode(f"{self.account}:{self.token}".encode()).decode("ascii")
        return Outgoing(
            url=f"{self.api}/2010-04-01/Accounts/{self.account}/Messages.json",
            headers={"authorization": f"Basic {secret}", "content-type": FORM},
            body=body.encode(),
        )

    def _form(self, request: WebhookRequest) -> Pairs:
        if request.method == "GET":
            pairs = _parsed(request.query.encode())
        elif _media_type(request) == JSON:
            raise MalformedError("a message comes as a form, not as JSON")
        else:
            pairs = self._pairs(request)
        account = dict(pairs).get("AccountSid")
        if self.account is not None and account not in {None, self.account}:
            raise MalformedError("`AccountSid` is that of another account")
        return pairs

    def _pairs(self, request: WebhookRequest) -> Pairs:
        try:
            return _parsed(request.body)
        except MalformedError as error:
            raise ForgedError(str(error)) from error


@lru_cache(maxsize=64)  # a request is verified, and then read
def _parsed(body: bytes) -> Pairs:
    try:
        text = body.decode("ascii")
        return tuple(
            parse_qsl(
                text,
                keep_blank_values=True,
                max_num_fields=MOST_PARAMETERS,
                errors="strict",
            )
        )
    except (UnicodeDecodeError, ValueError) as error:
        raise MalformedError("the body is no form") from error


def _media_type(request: WebhookRequest) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()
