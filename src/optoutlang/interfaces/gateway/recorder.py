"""Events into the store, and questions to it: many at once, from one event loop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime

from optoutlang.consent.engine.channel import Channel
from optoutlang.consent.engine.effect import Effect
from optoutlang.consent.engine.engine import Engine
from optoutlang.consent.engine.event import Event
from optoutlang.consent.engine.permission import Permission
from optoutlang.consent.engine.state import ConsentState
from optoutlang.consent.engine.transition import Reads, Snapshot, Transition
from optoutlang.consent.stores.port import Step
from optoutlang.consent.stores.sql.store import SqlStore
from optoutlang.interfaces.gateway.batcher import Batcher

Work = tuple[Reads, Step]


class Recorder:
    """Records events; those that wait together commit together.

    Every event of a batch still stands or falls alone: where one cannot be
    recorded, each is tried by itself. An effect that nobody wants is not
    written: the queue would only drop it.
    """

    def __init__(
        self,
        store: SqlStore,
        engine: Callable[[], Engine],
        executor: Executor,
        *,
        is_wanted: Callable[[Effect], bool],
    ) -> None:
        self._store = store
        self._engine = engine
        self._is_wanted = is_wanted
        self._batcher: Batcher[Event, Transition | None] = Batcher(self._apply, executor)
        self.drain = self._batcher.drain

    async def record(self, event: Event) -> Transition | None:
        """Record an event as `Ledger.record` does.

        Raises:
            UnknownSenderError: the event names a sender that the account has not.
            UnknownReviewError: the event decides a review that there is not.
            StoreError: the store could not do it; nothing has changed.
        """
        return await self._batcher(event)

    def _apply(self, events: Sequence[Event]) -> list[Transition | Exception | None]:
        engine = self._engine()
        results: list[Transition | Exception | None] = [None] * len(events)
        together: dict[int, Work] = {}
        for at, event in enumerate(events):
            try:
                work = self._work(engine, event)
            except Exception as error:  # noqa: BLE001 - it is this event's alone
                results[at] = error
                continue
            if _needs_more(work[0]):
                results[at] = self._alone(work)
            else:
                together[at] = work
        for at, result in zip(together, self._together(list(together.values())), strict=True):
            results[at] = result
        return results

    def _work(self, engine: Engine, event: Event) -> Work:
        def step(snapshot: Snapshot) -> Transition:
            transition = engine.handle(event, snapshot)
            wanted = tuple(each for each in transition.effects if self._is_wanted(each))
            if len(wanted) == len(transition.effects):
                return transition
            return replace(transition, effects=wanted)

        return engine.reads(event), step

    def _together(self, work: list[Work]) -> Sequence[Transition | Exception | None]:
        if len(work) > 1:
            try:
                return self._store.apply_many(work)
            except Exception:  # noqa: BLE001, S110 - whose it is comes out below
                pass
        return [self._alone(each) for each in work]

    def _alone(self, work: Work) -> Transition | Exception | None:
        try:
            return self._store.apply(*work)
        except Exception as error:  # noqa: BLE001 - it is this event's alone
            return error


def _needs_more(reads: Reads) -> bool:
    """Whether an event needs more than the rows of its recipient, and so a transaction of its own."""
    return bool(
        reads.history or reads.review or reads.selection is not None or reads.provider_since
    )


@dataclass(frozen=True, slots=True)
class Question:
    """Whether a recipient may be texted by a sender, now; about one topic, if it is given."""

    recipient: str
    sender: str
    channel: Channel
    at: datetime
    topic: str | None = None


class Asker:
    """Answers who may be texted; questions that wait together are one look into the store."""

    def __init__(self, store: SqlStore, engine: Callable[[], Engine], executor: Executor) -> None:
        self._store = store
        self._engine = engine
        self._batcher: Batcher[Sequence[Question], list[Permission]] = Batcher(
            self._answers, executor
        )

    async def ask(self, questions: Sequence[Question]) -> list[Permission]:
        """Return a permission for each question.

        Raises:
            UnknownSenderError: the account has no such sender, or the sender no such channel.
            StoreError: the store cannot be asked: do not send.
        """
        return await self._batcher(questions)

    def _answers(self, asked: Sequence[Sequence[Question]]) -> list[list[Permission] | Exception]:
        engine = self._engine()
        whom = {each.recipient for questions in asked for each in questions}
        states = self._states(whom)
        return [_answered(engine, questions, states) for questions in asked]

    def _states(self, whom: set[str]) -> dict[str, tuple[ConsentState, ...]]:
        if len(whom) == 1:
            [recipient] = whom
            return {recipient: self._store.states(recipient)}
        return self._store.states_of(whom) if whom else {}


def _answered(
    engine: Engine, questions: Sequence[Question], states: dict[str, tuple[ConsentState, ...]]
) -> list[Permission] | Exception:
    try:
        return [
            engine.may_send(
                states.get(each.recipient, ()), each.sender, each.channel, each.at, each.topic
            )
            for each in questions
        ]
    except Exception as error:  # noqa: BLE001 - it is theirs alone
        return error
