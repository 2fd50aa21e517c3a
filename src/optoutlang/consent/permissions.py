"""The permissions of many recipients at once: who may be texted is known at once, why not is read when it is asked.

A campaign asks about ten thousand people and sends to those who may be
texted. Nearly everybody else has one row, which says by itself that it is
opted out (`port.Summary`); to read its facts takes longer than to fetch it,
so that this waits until somebody wants the reason. All rows are of the moment
at which the store was asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from optoutlang.consent.engine.channel import Channel, ChannelSet
from optoutlang.consent.engine.engine import Engine
from optoutlang.consent.engine.permission import Permission
from optoutlang.consent.engine.state import ConsentState
from optoutlang.consent.stores.port import PackedState, Summary


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about everybody: by which sender, on which channel, when, and about which topic."""

    engine: Engine
    sender: str
    channel: Channel
    at: datetime
    topic: str | None = None

    def permission(self, states: tuple[ConsentState, ...]) -> Permission:
        """Return the permission of the recipient whose rows these are.

        Raises:
            UnknownSenderError: the account has no such sender, or the sender no such channel.
        """
        return self.engine.may_send(states, self.sender, self.channel, self.at, self.topic)

    def split(self, rows: Sequence[Summary | PackedState]) -> tuple[set[str], set[str]]:
        """Return who is blocked by one row alone, and who else has rows, which have to be looked at."""
        scopes = {str(each) for each in self.engine.scopes(self.sender, self.channel, self.at)}
        reaching = {each.value for each in ChannelSet if self.channel in each.members}
        blocked = {row[0] for row in rows if row[3] and row[1] in scopes and row[2] in reaching}
        everybody = {row[0] for row in rows}
        if len(everybody) < len(rows):
            times = Counter([row[0] for row in rows])
            blocked = {each for each in blocked if times[each] == 1}
        return blocked, everybody - blocked


class Permissions(Mapping[str, Permission]):
    """For each recipient what `may_send` returns; `allowed` are those who may be texted.

    A permission is worked out when it is asked for, each time anew.
    """

    __slots__ = ("_allowed", "_packed", "_question", "_several", "_stranger", "_unpack", "_whom")

    def __init__(
        self,
        question: Question,
        whom: Iterable[str],
        packed: Sequence[PackedState],
        unpack: Callable[[PackedState], ConsentState],
    ) -> None:
        """Keep the packed rows of some recipients, of one moment.

        Raises:
            UnknownSenderError: the account has no such sender, or the sender no such channel.
        """
        self._question, self._unpack = question, unpack
        self._whom = dict.fromkeys(whom)
        self._stranger = question.permission(())
        self._packed = {row[0]: row for row in packed}
        self._several: dict[str, list[PackedState]] = {}
        if len(self._packed) < len(packed):
            for row in packed:
                self._several.setdefault(row[0], []).append(row)
        self._allowed: frozenset[str] | None = None

    @property
    def allowed(self) -> frozenset[str]:
        """Who may be texted.

        Raises:
            StoreError: a row that has to be looked at is damaged: send to nobody.
        """
        if self._allowed is None:
            several = [row for rows in self._several.values() for row in rows]
            _, unclear = self._question.split(several or list(self._packed.values()))
            allowed = self._whom.keys() - self._packed.keys() if self._stranger.allowed else set()
            allowed |= {each for each in unclear if self[each].allowed}
            self._allowed = frozenset(allowed)
        return self._allowed

    def __getitem__(self, recipient: str) -> Permission:
        """Return the permission of one of the recipients.

        Raises:
            KeyError: nobody asked about it.
            StoreError: its row is damaged: do not send.
        """
        row = self._packed.get(recipient)
        if row is None:
            self._whom[recipient]
            return self._stranger
        rows = self._several.get(recipient) or (row,)
        return self._question.permission(tuple([self._unpack(each) for each in rows]))

    def __iter__(self) -> Iterator[str]:
        """Yield the recipients in the order in which they were asked about."""
        return iter(self._whom)

    def __len__(self) -> int:
        """Return how many recipients there are."""
        return len(self._whom)

    def __repr__(self) -> str:
        """Return how many recipients there are, and no number of any."""
        return f"<permissions of {len(self._whom)} recipients>"
