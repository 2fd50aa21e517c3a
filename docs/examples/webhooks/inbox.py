"""What every webhook does, whatever framework it stands in: verify, decide, record once, answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from hot_reload import RulesFile

from optoutlang import Action
from optoutlang.consent.engine.event import InboundMessage
from optoutlang.providers.twilio import Twilio
from optoutlang.providers.twilio.twiml import MEDIA_TYPE, twiml
from optoutlang.providers.webhook import ForgedError, WebhookRequest

__all__ = ["MEDIA_TYPE", "ForgedError", "Inbox"]

TABLES = """
create table if not exists inbound (
    id text primary key, at text, number text, text text, decision text, reply text
);
create table if not exists stopped (number text primary key, since text);
"""


class Inbox:
    """Takes in Twilio's messages. `url` is the public address of the webhook, which Twilio signs."""

    def __init__(self, *, rules: Path, database: Path, token: str, url: str) -> None:
        self.rules = RulesFile(rules)
        self._database = database
        self._url = url
        self._twilio = Twilio(name="twilio", token=token)
        with self._connect() as connection:
            connection.executescript(TABLES)

    def receive(self, headers: Mapping[str, str], body: bytes) -> bytes:
        """Take in a request and return the TwiML to answer with. A message that comes twice is recorded once.

        Raises:
            ForgedError: it is not Twilio's: answer 403.
        """
        lower = {name.lower(): value for name, value in headers.items()}
        request = WebhookRequest(
            method="POST", url=self._url, headers=lower, body=body, at=datetime.now(UTC)
        )
        self._twilio.verify(request)
        received = self._twilio.message(request)
        if not isinstance(received.event, InboundMessage):
            return twiml(None)
        return twiml(self._record(received.event))

    def may_text(self, number: str) -> bool:
        """Tell whether a number may be texted: ask right before every message."""
        with self._connect() as connection:
            found = connection.execute("select 1 from stopped where number = ?", [number])
            return found.fetchone() is None

    def _record(self, event: InboundMessage) -> str | None:
        # A country or language that nobody knows loses no STOP: the decision says so in its notes.
        decision = self.rules.current().match(
            event.text, country=event.country, language=event.language
        )
        reply = None if decision is None else decision.reply
        at, number = event.at.isoformat(), event.recipient
        row = (event.id, at, number, event.text, decision and decision.to_json(), reply)
        with (
            self._connect() as connection
        ):  # one transaction: all of it, or nothing and Twilio tries again
            new = connection.execute("insert or ignore into inbound values (?, ?, ?, ?, ?, ?)", row)
            if not new.rowcount:
                return None  # Twilio repeats what it got no answer to; the person has the reply already
            if decision is not None and decision.action is Action.OPT_OUT:
                connection.execute("insert or ignore into stopped values (?, ?)", [number, at])
            elif decision is not None and decision.action is Action.OPT_IN:
                connection.execute("delete from stopped where number = ?", [number])
        return reply

    @contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._database, timeout=10)) as connection, connection:
            yield connection
