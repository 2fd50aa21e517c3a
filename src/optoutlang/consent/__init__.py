"""Who may be texted: an engine without I/O, and stores that lose nothing (docs/consent.md).

An application makes a `Ledger` of an `Engine` and a store, records every
event with it, asks `may_send` before every message, and works off the outbox.
"""

from __future__ import annotations

from optoutlang.consent.engine.account import Account, Service, UnknownSenderError
from optoutlang.consent.engine.channel import Channel, ChannelSet, Sharing
from optoutlang.consent.engine.effect import (
    OPT_OUT_TYPES,
    AskToText,
    CancelPending,
    Forward,
    LiftAtProvider,
    ReplyKind,
    SendReply,
)
from optoutlang.consent.engine.engine import Engine
from optoutlang.consent.engine.event import (
    ConsentReported,
    DeliveryReport,
    InboundMessage,
    NumberEnded,
    ReviewDecided,
    Selection,
    SettingsChanged,
    Source,
    Undo,
    Wish,
)
from optoutlang.consent.engine.identifier import IdentifierError
from optoutlang.consent.engine.permission import Permission, Reason
from optoutlang.consent.engine.record import AuditRecord, Outcome, Review
from optoutlang.consent.engine.review import UnknownReviewError
from optoutlang.consent.engine.route import UnknownTopicError
from optoutlang.consent.engine.sender import Sender, SenderKind
from optoutlang.consent.engine.settings import DoubleOptIn, FloodLimit, ScopeQuestion, Settings
from optoutlang.consent.engine.state import Consent
from optoutlang.consent.ledger import Ledger
from optoutlang.consent.permissions import Permissions
from optoutlang.consent.stores.memory import MemoryStore
from optoutlang.consent.stores.port import Store, StoreError

__all__ = [
    "OPT_OUT_TYPES",
    "Account",
    "AskToText",
    "AuditRecord",
    "CancelPending",
    "Channel",
    "ChannelSet",
    "Consent",
    "ConsentReported",
    "DeliveryReport",
    "DoubleOptIn",
    "Engine",
    "FloodLimit",
    "Forward",
    "IdentifierError",
    "InboundMessage",
    "Ledger",
    "LiftAtProvider",
    "MemoryStore",
    "NumberEnded",
    "Outcome",
    "Permission",
    "Permissions",
    "Reason",
    "ReplyKind",
    "Review",
    "ReviewDecided",
    "ScopeQuestion",
    "Selection",
    "SendReply",
    "Sender",
    "SenderKind",
    "Service",
    "Settings",
    "SettingsChanged",
    "Sharing",
    "Source",
    "Store",
    "StoreError",
    "Undo",
    "UnknownReviewError",
    "UnknownSenderError",
    "UnknownTopicError",
    "Wish",
]
