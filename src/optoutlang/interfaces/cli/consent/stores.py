"""The store that a subcommand works on."""

from __future__ import annotations

import os

from optoutlang.consent.engine.account import Account, Service
from optoutlang.consent.engine.engine import Engine
from optoutlang.consent.engine.sender import Sender, SenderKind
from optoutlang.consent.engine.settings import Settings
from optoutlang.consent.stores.create import open_store
from optoutlang.consent.stores.keys import Keys
from optoutlang.consent.stores.sql.store import SqlStore
from optoutlang.runtime.terms.decision import Decision


def opened(location: str) -> SqlStore:
    """Open the store at a location, with the keys of the environment if it needs them.

    Raises:
        StoreError: there is none, or it cannot be used.
    """
    return open_store(location, privacy=Keys.from_environment(os.environ))


class NoRules:
    """Rules for an engine that is told no message."""

    def match(
        self,
        text: str,
        *,
        country: str | None = None,
        language: str | None = None,
        payload: str | bytes | None = None,
    ) -> Decision | None:
        """Return None: no message means anything here."""
        del text, country, language, payload
        return None


def engine(
    account: str = "account",
    *,
    service: str | None = None,
    sender: str | None = None,
    settings: Settings | None = None,
) -> Engine:
    """Return an engine that knows one service or sender, to import for it, or none, to review and undo."""
    settings = settings or Settings()
    return Engine(
        Account(
            name=account,
            services=() if service is None else (Service(service, settings=settings),),
            senders=() if sender is None else (Sender(sender, SenderKind.LONG_CODE),),
            alone=settings,
        ),
        standard=NoRules(),
    )
