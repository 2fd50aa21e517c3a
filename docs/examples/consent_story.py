"""`make demo-consent`: what people text, what is sent and what is held back, told so that a lawyer can read it.

Everything is played on a real store, an SQLite file in a folder of its own.
The process that is killed is a real process, and it is killed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import optoutlang
from optoutlang.consent import (
    Account,
    CancelPending,
    Channel,
    Engine,
    Forward,
    InboundMessage,
    Ledger,
    ReviewDecided,
    Selection,
    Sender,
    SenderKind,
    SendReply,
    Service,
    Undo,
)
from optoutlang.consent.engine.transition import Snapshot, Transition
from optoutlang.consent.stores.create import create_store, open_store
from optoutlang.consent.stores.sql.store import SqlStore
from optoutlang.consent.stores.sql.verify import verify
from optoutlang.language.packs import pack_path

RULES = Path(__file__).with_name("consent.optout")
LONG, TOLL_FREE, WHATSAPP = "+13125550100", "+18885550100", "whatsapp:+13125550100"
OUTSIDE = "+13125550199"
SENDERS = {
    LONG: "the reminders' number",
    TOLL_FREE: "the toll-free number",
    WHATSAPP: "WhatsApp",
    OUTSIDE: "a number outside the service",
}
ANN = "+15145550123"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def engine() -> Engine:
    """Return the engine of the story: one service with three senders, and one number beside it."""
    service = Service(
        "reminders",
        (
            Sender(LONG, SenderKind.LONG_CODE, "US"),
            Sender(TOLL_FREE, SenderKind.TOLL_FREE, "US"),
            Sender(WHATSAPP, SenderKind.WHATSAPP),
        ),
        ruleset="acme",
    )
    account = Account(
        name="Acme", services=(service,), senders=(Sender(OUTSIDE, SenderKind.LONG_CODE, "US"),)
    )
    return Engine(
        account,
        standard=optoutlang.load(pack_path("standard")),
        rulesets={"acme": optoutlang.load(RULES)},
    )


@dataclass(slots=True)
class Story:
    """Plays events one after the other, and says what came of each."""

    ledger: Ledger
    store: SqlStore
    minutes: int = 0
    messages: int = 0

    @property
    def now(self) -> datetime:
        """The time in the story."""
        return START + timedelta(minutes=self.minutes)

    def chapter(self, title: str) -> None:
        """Begin a chapter, twenty minutes later."""
        self.minutes += 20
        print(f"\n{title}\n{'-' * len(title)}")

    def message(self, text: str, sender: str) -> InboundMessage:
        """Return a new message of the person."""
        self.minutes += 1
        self.messages += 1
        return InboundMessage(
            id=f"SM{self.messages}",
            recipient=ANN,
            sender=sender,
            channel=Channel.WHATSAPP if sender == WHATSAPP else Channel.SMS,
            at=self.now,
            text=text,
        )

    def text(self, text: str, sender: str) -> InboundMessage:
        """Let the person text, and say what came of it."""
        message = self.message(text, sender)
        self.say(f"{ANN} texts «{text}» to {SENDERS[sender]}")
        self.came_of(self.ledger.record(message))
        return message

    def send(self, sender: str) -> None:
        """Try to send to the person, and say whether it may go out."""
        self.minutes += 1
        channel = Channel.WHATSAPP if sender == WHATSAPP else Channel.SMS
        answer = self.ledger.may_send(ANN, sender, channel, at=self.now)
        verdict = "may go out" if answer.allowed else f"is held back: {answer.reason.value}"
        self.say(f"Acme wants to send from {SENDERS[sender]}: the message {verdict}")
        if answer.cause is not None:
            code = f", error {answer.code}" if answer.code else ""
            words = f" («{answer.cause.text}»)" if answer.cause.text else ""
            print(
                f"       because of {answer.cause.event}{words} of {answer.cause.at:%d %B %Y %H:%M}{code}"
            )

    def came_of(self, transition: Transition | None) -> None:
        """Say what an event came to, from its audit record and its effects."""
        if transition is None:
            print("       it was recorded before: nothing happens twice")
            return
        record = transition.record
        if record is not None:
            for each in record.changes:
                if each.consent_before is not each.consent_after:
                    where = f"{each.key.scope}, {each.key.channels.value}"
                    print(
                        f"       {where}: {each.consent_before.value} -> {each.consent_after.value}"
                    )
            decision = record.decision
            if decision is not None:
                place = Path(decision.rule).name
                print(
                    f"       recorded: {record.outcome.value}; rule {place}, rules {decision.digest[:12]}"
                )
            else:
                print(f"       recorded: {record.outcome.value}")
        for effect in transition.effects:
            if isinstance(effect, SendReply):
                print(f"       answered: «{effect.text}»")
            elif isinstance(effect, CancelPending):
                print("       whatever was queued for this person is cancelled")
            elif isinstance(effect, Forward) and effect.action is None:
                print("       passed on to Acme's people as an ordinary message")

    def say(self, text: str) -> None:
        """Print a line with the time in the story."""
        print(f"{self.now:%H:%M}  {text}")


def tell(story: Story, location: str) -> None:
    """Play the whole story."""
    story.chapter("1. STOP, and an attempt to send")
    story.send(LONG)
    stop = story.text("STOP", LONG)
    story.send(LONG)
    story.say("The provider delivers the same message once more")
    story.came_of(story.ledger.record(stop))

    story.chapter("2. HELP while opted out")
    story.text("HELP", LONG)

    story.chapter("3. WhatsApp stands beside SMS")
    story.send(WHATSAPP)
    story.text("STOP", WHATSAPP)
    story.send(WHATSAPP)

    story.chapter("4. START brings SMS back, and only SMS")
    story.text("START", LONG)
    story.send(LONG)
    story.send(WHATSAPP)

    story.chapter("5. Toll-free: the network keeps a block of its own")
    story.text("STOP", TOLL_FREE)
    story.send(TOLL_FREE)
    story.text("START", LONG)
    story.send(TOLL_FREE)
    story.text("UNSTOP", TOLL_FREE)
    story.send(TOLL_FREE)

    story.chapter("6. A number outside the service is another matter")
    story.text("STOP", OUTSIDE)
    story.send(OUTSIDE)
    story.send(LONG)

    story.chapter("7. Words that only suggest an opt-out wait for a person")
    unclear = story.text("oh leave me alone, you robot", LONG)
    story.say("Beth of Acme reads it, and accepts it as an opt-out")
    decided = ReviewDecided(id="R1", review=unclear.key, accepted=True, by="Beth", at=story.now)
    story.came_of(story.ledger.record(decided))
    story.send(LONG)

    story.chapter("8. The review was a mistake, and is undone")
    story.say("Beth sees that it was a joke among friends, and takes it back")
    undo = Undo(
        id="U1",
        selection=Selection(events=(decided.key,)),
        by="Beth",
        at=story.now,
        reason="a joke",
    )
    story.came_of(story.ledger.record(undo))
    story.send(LONG)

    story.chapter("9. A STOP, and the server dies in the middle of it")
    message = story.message("STOP", LONG)
    story.say(f"{ANN} texts «STOP»; the process is killed before it has committed")
    before = story.store.stats()
    code = killed(location, message)
    print(
        f"       the process ended by signal {-code}; nothing of the message is in the store: "
        f"{story.store.stats() == before}"
    )
    story.say("The provider got no answer, and delivers the message again")
    story.came_of(story.ledger.record(message))
    story.send(LONG)


def close(store: SqlStore) -> None:
    """Print the whole audit, and prove that nobody changed it."""
    title = "What is on record about this person"
    print(f"\n{title}\n{'=' * len(title)}")
    for each in store.history(ANN):
        words = f" «{each.text}»" if each.text else ""
        by = f" by {each.by}" if each.by else ""
        print(
            f"{each.at:%d %B %Y %H:%M}  {each.source.value}{words}{by}: {each.outcome.value}  [{each.event}]"
        )
    found = verify(store)
    verdict = "no record was changed, dropped or moved" if not found.faulty else "TAMPERED WITH"
    replies = [each for each in store.outbox(limit=1000) if isinstance(each.effect, SendReply)]
    forwards = [each for each in store.outbox(limit=1000) if isinstance(each.effect, Forward)]
    print(f"\n{found.records} records, {found.states} states: {verdict}.")
    print(
        f"{len(forwards)} messages, each passed on once; {len(replies)} answers, none of them twice: "
        f"{len({each.event for each in replies}) == len(replies)}."
    )


def killed(location: str, message: InboundMessage) -> int:
    """Let another process begin with a message and die before it commits; return how it ended."""
    command = [sys.executable, __file__, location, message.id, message.at.isoformat()]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - this file


def die(location: str, name: str, at: str) -> None:
    """Record a message, and be killed when all is worked out and nothing is committed."""
    own = engine()
    event = InboundMessage(
        id=name,
        recipient=ANN,
        sender=LONG,
        channel=Channel.SMS,
        at=datetime.fromisoformat(at),
        text="STOP",
    )

    def step(snapshot: Snapshot) -> Transition:
        own.handle(event, snapshot)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    open_store(location).apply(own.reads(event), step)


def main() -> None:
    """Play the story in a store of its own."""
    with tempfile.TemporaryDirectory() as folder:
        location = str(Path(folder) / "consent.db")
        store = create_store(location)
        print("Acme sends reminders. This is what one person wrote, and what was made of it.")
        tell(Story(Ledger(engine(), store), store), location)
        close(store)
        store.close()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        die(*sys.argv[1:])
    else:
        main()
