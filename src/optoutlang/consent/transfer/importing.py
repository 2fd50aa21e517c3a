"""Import a list of people: in batches that commit with how far the import came, so that it can be resumed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice
from typing import BinaryIO

from optoutlang.consent.engine.channel import Channel
from optoutlang.consent.engine.engine import Engine
from optoutlang.consent.engine.event import ConsentReported, Source
from optoutlang.consent.engine.identifier import require_identifier
from optoutlang.consent.engine.transition import Snapshot, Transition
from optoutlang.consent.stores.port import Step
from optoutlang.consent.stores.sql.progress import ImportProgress
from optoutlang.consent.stores.sql.store import SqlStore
from optoutlang.consent.transfer.reading import Person, Reject, Rows

ROWS = 500
"""How many rows are one commit."""


class ImportConflictError(ValueError):
    """A batch of this name was imported before, from another file or as something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a list is about: one batch for one service or one sender or (None) the account, on some channels."""

    batch: str
    service: str | None = None
    sender: str | None = None
    channel: Channel | None = Channel.SMS
    by: str | None = None

    def __post_init__(self) -> None:
        require_identifier(self.batch, "a batch")

    def event(self, person: Person) -> ConsentReported:
        """Return the event of a row; its id is its line, so that a row comes in effect once."""
        return ConsentReported(
            id=f"{self.batch}:{person.line}",
            recipient=person.number,
            wish=person.wish,
            source=Source.IMPORT,
            at=person.at,
            service=self.service,
            sender=self.sender,
            channel=self.channel,
            by=self.by,
            batch=self.batch,
            topic=person.topic,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Hooks:
    """Who hears of an import: every row that was rejected (again, when it is resumed), and every `ROWS` rows."""

    reject: Callable[[Reject], None] = lambda _: None
    step: Callable[[ImportProgress], None] = lambda _: None


def import_list(
    store: SqlStore,
    engine: Engine,
    target: Target,
    rows: Iterable[Person | Reject],
    *,
    file: str,
    hooks: Hooks | None = None,
) -> ImportProgress:
    """Import the rows of a file; go on where an import of the same batch stopped.

    `file` is the digest of the file, and how it is read.

    Raises:
        ImportConflictError: the batch is the name of another file's import.
        UnknownSenderError: the account has no such service or sender.
        StoreError: the store cannot be used; what was committed stays, and the same call goes on there.
    """
    hooks = hooks or Hooks()
    progress = store.progress(target.batch) or ImportProgress(target.batch, file)
    if progress.file != file:
        raise ImportConflictError(
            f"the batch `{target.batch}` was imported from another file, or as something else; "
            "give this one a name of its own with --batch"
        )
    if progress.finished:
        return progress
    source = iter(rows)
    _go_over(source, progress, hooks)
    while some := list(islice(source, ROWS)):
        people = [each for each in some if isinstance(each, Person)]
        for each in some:
            if isinstance(each, Reject):
                hooks.reject(each)
        progress = replace(
            progress,
            rows=progress.rows + len(some),
            accepted=progress.accepted + len(people),
            rejected=progress.rejected + len(some) - len(people),
        )
        events = [target.event(each) for each in people]
        store.apply_many([(engine.reads(each), _step(engine, each)) for each in events], progress)
        hooks.step(progress)
    progress = replace(progress, finished=True)
    store.apply_many([], progress)
    return progress


def _go_over(source: Iterator[Person | Reject], progress: ImportProgress, hooks: Hooks) -> None:
    """Go over the rows that were committed; where none of them was rejected, without understanding them again."""
    for number in range(progress.rows):
        if number % ROWS == 0:
            hooks.step(progress)
        if isinstance(source, Rows) and not progress.rejected:
            source.skip()
        elif isinstance(each := next(source, None), Reject):
            hooks.reject(each)


def file_digest(file: BinaryIO) -> str:
    """Return the SHA-256 of a file, and go back to its beginning."""
    hashed = sha256()
    while data := file.read(1 << 20):
        hashed.update(data)
    file.seek(0)
    return hashed.hexdigest()


def _step(engine: Engine, event: ConsentReported) -> Step:
    def step(snapshot: Snapshot) -> Transition:
        return engine.handle(event, snapshot)

    return step
