"""Events: all that an engine is ever told.

Each says when it happened (`at`, an aware time) and who it is (`key`): the
same key comes in effect once, however often a provider repeats it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from optoutlang.consent.engine.channel import Channel
from optoutlang.consent.engine.constructor import fast_constructor
from optoutlang.consent.engine.identifier import require_identifier
from optoutlang.consent.engine.kind import require_kind
from optoutlang.consent.engine.moment import require_aware
from optoutlang.consent.engine.scope import require_topic


class Source(Enum):
    """Where a word about consent comes from."""

    MESSAGE = "message"
    PROVIDER = "provider"
    WEB_FORM = "web form"
    API = "api"
    CARRIER = "carrier"
    IMPORT = "import"
    REASSIGNED = "reassigned number"
    DEACTIVATED = "deactivated number"
    OPERATOR = "operator"


class Wish(Enum):
    """What a word from elsewhere asks for."""

    OPT_OUT = "opt-out"
    OPT_IN = "opt-in"


def _require(key: str, recipient: str | None, at: datetime, *, batch: str | None = None) -> None:
    require_aware(at)
    if not key:
        raise ValueError(
            "an event needs an id: without one a repeated event cannot be told from a new one"
        )
    require_identifier(key, "the id of an event")
    if recipient is not None:
        if not recipient:
            raise ValueError("an event needs a recipient")
        require_identifier(recipient, "the recipient of an event")
    if batch is not None:
        require_identifier(batch, "a batch")


@fast_constructor
@dataclass(frozen=True, slots=True, kw_only=True)
class InboundMessage:
    """A message that a person wrote to one of our senders.

    `id` is the provider's message id, `recipient` the person's address, in
    the one spelling that the application uses for it (E.164), `sender` ours,
    `country` the ISO 3166-1 alpha-2 code of where the person's number
    belongs, `language` the BCP 47 tag that the person prefers; a country or
    language that nobody knows is read as None, so that no STOP is lost by it.
    `media` counts attachments. `form` has all that the provider gave, as a form
    (application/x-www-form-urlencoded), for the application alone: it goes
    where the message goes. `payload` is that of the button which the person pressed, None for a
    message that they wrote.
    """

    id: str
    recipient: str
    sender: str
    channel: Channel
    at: datetime
    text: str
    country: str | None = None
    language: str | None = None
    media: int = 0
    form: str = ""
    payload: str | None = None

    def __post_init__(self) -> None:
        _require(self.id, self.recipient, self.at)
        require_kind(self.channel, Channel, "the channel of a message")
        if self.payload is not None:
            require_kind(self.payload, str, "the payload of a message")
        require_kind(self.text, str, "the text of a message")

    @property
    def key(self) -> str:
        """`message:<id>`."""
        return f"message:{self.id}"


@fast_constructor
@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """What a provider says of a message that we sent: in its answer or in a status callback.

    `id` is the message's id, `status` the provider's word (`sent`, `failed`),
    `error` its error code, `recipient`, `sender` and `channel` those of the
    message, `at` the time of the report.
    """

    id: str
    status: str
    recipient: str
    sender: str
    channel: Channel
    at: datetime
    error: int | None = None

    def __post_init__(self) -> None:
        _require(self.id, self.recipient, self.at)
        require_identifier(self.status, "the status of a delivery report")
        require_kind(self.channel, Channel, "the channel of a delivery report")
        if self.error is not None:
            require_kind(self.error, int, "the error of a delivery report")

    @property
    def key(self) -> str:
        """`report:<id>:<status>:<error>`: a later status of the same message is another event."""
        return f"report:{self.id}:{self.status}:{self.error or 0}"


@fast_constructor
@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentReported:
    """An opt-out or opt-in from elsewhere: a web form, an API, a carrier, an import.

    It is said for a `service` (its name), for one `sender` (its address: for
    its service, where it stands in one), or for the whole account when both
    are None; and for the channels that the service's setting joins to
    `channel`, or for all of them when that is None. `text_version` names the
    text that the person agreed to, `by` who entered it, `batch` the import or
    run that it belongs to, so that it can be undone as one, `topic` the one
    topic that it concerns (None: everything).
    """

    id: str
    recipient: str
    wish: Wish
    source: Source
    at: datetime
    service: str | None = None
    sender: str | None = None
    channel: Channel | None = Channel.SMS
    text_version: str | None = None
    by: str | None = None
    batch: str | None = None
    topic: str | None = None

    def __post_init__(self) -> None:
        _require(self.id, self.recipient, self.at, batch=self.batch)
        if self.topic is not None:
            if not self.topic:
                raise ValueError("a topic needs a name; None stands for everything")
            require_topic(self.topic)
        require_kind(self.wish, Wish, "what a person wishes")
        require_kind(self.source, Source, "the source of an event")
        if self.channel is not None:
            require_kind(self.channel, Channel, "the channel of an event")
        if self.service is not None and self.sender is not None:
            raise ValueError("a consent is said for a service or for a sender, not for both")
        if self.source is Source.MESSAGE:
            raise ValueError("a message is an InboundMessage: the rules say what it means")

    @property
    def key(self) -> str:
        """`consent:<id>`."""
        return f"consent:{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberEnded:
    """A person's number was deactivated or given to somebody else: opt-ins end, opt-outs stay.

    `source` is `REASSIGNED` or `DEACTIVATED` (the FCC's Reassigned Numbers
    Database, carriers' daily files).
    """

    id: str
    recipient: str
    source: Source
    at: datetime
    batch: str | None = None

    def __post_init__(self) -> None:
        _require(self.id, self.recipient, self.at, batch=self.batch)
        require_kind(self.source, Source, "the source of an event")
        if self.source not in {Source.REASSIGNED, Source.DEACTIVATED}:
            raise ValueError(
                f"a number ends by reassignment or deactivation, not by `{self.source.value}`"
            )

    @property
    def key(self) -> str:
        """`ended:<id>`."""
        return f"ended:{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDecided:
    """A person looked at what waited for review: the change is accepted, or not.

    `review` is the key of the event that opened it.
    """

    id: str
    review: str
    accepted: bool
    by: str
    at: datetime
    reason: str = ""

    def __post_init__(self) -> None:
        _require(self.id, None, self.at)
        require_kind(self.accepted, bool, "whether a review is accepted")
        if not self.review or not self.by:
            raise ValueError("a review's decision names the review and who decided")
        require_identifier(self.review, "the key of a review")

    @property
    def key(self) -> str:
        """`review:<id>`."""
        return f"review:{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The recorded events that an undo takes back: those that fit every condition that is given.

    `events` are event keys, `since` and `until` bound the event time (both
    included).
    """

    events: tuple[str, ...] = ()
    batch: str | None = None
    source: Source | None = None
    since: datetime | None = None
    until: datetime | None = None

    def __post_init__(self) -> None:
        require_kind(self.events, tuple, "the list of events of a selection")
        if self.source is not None:
            require_kind(self.source, Source, "the source of a selection")
        if not self.events and self.batch is None and self.source is None:
            raise ValueError(
                "an undo names events, a batch or a source: it never takes back everything"
            )
        for key in self.events:
            require_identifier(key, "the key of an event")
        if self.batch is not None:
            require_identifier(self.batch, "a batch")
        for each in (self.since, self.until):
            if each is not None:
                require_aware(each)

    def holds(self, key: str, source: Source, batch: str | None, at: datetime) -> bool:
        """Whether an event with these marks is selected."""
        return (
            (not self.events or key in self.events)
            and (self.batch is None or batch == self.batch)
            and (self.source is None or source is self.source)
            and (self.since is None or at >= self.since)
            and (self.until is None or at <= self.until)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """A batch of recorded changes is taken back, in one step: every state becomes what it is without them."""

    id: str
    selection: Selection
    by: str
    at: datetime
    reason: str

    def __post_init__(self) -> None:
        _require(self.id, None, self.at)
        if not self.by or not self.reason:
            raise ValueError("an undo says who does it, and why")

    @property
    def key(self) -> str:
        """`undo:<id>`."""
        return f"undo:{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsChanged:
    """The account's services, senders or settings were changed: recorded, so that every decision can be explained.

    `what` says in words what changed, `by` who did it.
    """

    id: str
    what: str
    by: str
    at: datetime

    def __post_init__(self) -> None:
        _require(self.id, None, self.at)
        if not self.what or not self.by:
            raise ValueError("a change of settings says what changed, and who did it")

    @property
    def key(self) -> str:
        """`settings:<id>`."""
        return f"settings:{self.id}"


Event = (
    InboundMessage
    | DeliveryReport
    | ConsentReported
    | NumberEnded
    | ReviewDecided
    | Undo
    | SettingsChanged
)
