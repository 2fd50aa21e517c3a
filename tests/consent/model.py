"""A second implementation of consent, as naive as can be: a dictionary of facts, read again from the beginning.

It shares no code with the engine. Whatever was said is kept as a fact of a
seat (recipient, scope, channel); what somebody wants is found by reading the
facts in the order of their times, as if they had come so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

FOREVER = 10**9
PHONE = ("sms", "mms", "rcs")
EVERY = (*PHONE, "whatsapp")
PROMPT_LASTS = 30 * 24 * 60

# At one time: a prompt, opt-ins, the end of a number, and the opt-out last, which so wins.
ORDER = ("prompt", "in", "start", "end", "out")


@dataclass(frozen=True)
class Fact:
    at: int
    kind: str
    event: str


@dataclass
class Model:
    """Minutes for times, plain words for everything else."""

    service: dict[str, str | None]  # of each sender
    kinds: dict[str, str]
    sharing: dict[str, str] = field(default_factory=dict)  # of each service
    double: set[str] = field(default_factory=set)  # services with double opt-in
    facts: dict[tuple[str, str, str], list[Fact]] = field(default_factory=dict)
    moves: dict[str, list[tuple[int, str]]] = field(
        default_factory=dict
    )  # until when it stood where
    places: dict[str, list[str]] = field(default_factory=dict)  # senders whose place one took
    seen: set[str] = field(default_factory=set)
    reviews: dict[str, tuple[str, str, tuple[str, ...], int]] = field(default_factory=dict)
    shared: bool = False  # one list for the account
    senders_gone: dict[str, str | None] = field(default_factory=dict)

    def consent(self, person: str, sender: str, channel: str, at: int, topic: str = "") -> str:
        """Return `unknown`, `pending`, `subscribed` or `opted-out`, of everything or of one topic."""
        if self._network_blocks(person, sender, at):
            return "opted-out"
        everything = self._joint(person, sender, channel, at, "")
        own = self._joint(person, sender, channel, at, topic) if topic else "unknown"
        if own == "unknown":
            return everything
        if own == "opted-out" or everything != "opted-out":
            return own
        kind = "in" if own == "subscribed" else "prompt"
        said = max(
            each.at for each in self._facts(person, sender, channel, at, topic) if each.kind == kind
        )
        out = next(
            max(each.at for each in facts if each.kind == "out")
            for other in (channel, *self._reach(sender, channel))
            if read(facts := self._facts(person, sender, other, at, ""), at) == "opted-out"
        )
        return everything if out >= said else own

    def _joint(self, person: str, sender: str, channel: str, at: int, topic: str) -> str:
        own = self._channel(person, sender, channel, at, topic)
        others = (
            self._channel(person, sender, other, at, topic)
            for other in self._reach(sender, channel)
        )
        return "opted-out" if "opted-out" in others else own

    def say(self, event: str, person: str, sender: str, channel: str, at: int, word: str) -> None:
        """Hear a message: STOP, START, UNSTOP, YES, HELP or anything else."""
        if event in self.seen:
            return
        self.seen.add(event)
        before = self.consent(person, sender, channel, at)
        own = self._channel(person, sender, channel, at)
        elsewhere = self._network_blocks(person, sender, at) or (
            before == "opted-out" and own != "opted-out"
        )
        if self.kinds[sender] == "toll-free" and word in {"STOP", "START", "UNSTOP"}:
            block = "out" if word == "STOP" else "start"
            self._add((person, f"network:{sender}", "sms"), Fact(at, block, event))
        topic = self.topic(person, sender, channel, at, word)
        if topic:
            kind = self._about(sender, word, self.consent(person, sender, channel, at, topic))
        else:
            kind = self._meaning(sender, word, before, elsewhere=elsewhere)
        if kind is not None:
            scope = about(self.scope(sender, at), topic)
            self._write(person, scope, self._reach(sender, channel), Fact(at, kind, event))
        if word == "SUGGESTED" and before != "opted-out":
            place = (person, self.scope(sender, at), self._reach(sender, channel), at)
            self.reviews[f"message:{event}"] = place

    def topic(self, person: str, sender: str, channel: str, at: int, word: str) -> str:
        """Return the topic that a message is about: by its words, or as the one whose prompt a YES confirms."""
        if word.endswith(" OFFERS"):
            return "offers"
        is_double = self.service.get(sender) in self.double
        if word != "YES" or not is_double or self.consent(person, sender, channel, at) == "pending":
            return ""
        waits = self.consent(person, sender, channel, at, "offers") == "pending"
        return "offers" if waits else ""

    def _about(self, sender: str, word: str, before: str) -> str | None:
        double = self.service.get(sender) in self.double
        if word == "STOP OFFERS":
            return "out"
        if word == "YES":
            return "in"
        if word == "START OFFERS":
            return ("prompt" if before != "subscribed" else None) if double else "in"
        return None

    def report(
        self,
        event: str,
        person: str,
        service: str,
        channel: str,
        at: int,
        kind: str,
        topic: str = "",
    ) -> None:
        """Hear an opt-out or opt-in for a service, or one topic of it, from elsewhere."""
        if event not in self.seen:
            self.seen.add(event)
            reach = self._joined(self.sharing.get(service, "together"), channel)
            scope = "account" if self.shared else f"service:{service}"
            self._write(person, about(scope, topic), reach, Fact(at, kind, event))

    def told(self, event: str, person: str, sender: str, at: int, kind: str) -> None:
        """Hear an opt-out or opt-in for one sender from elsewhere, for text messages."""
        if event not in self.seen:
            self.seen.add(event)
            reach = self._reach(sender, "sms")
            self._write(person, self.scope(sender, at), reach, Fact(at, kind, event))

    def everything(self, event: str, person: str, at: int, kind: str) -> None:
        """Hear an opt-out or opt-in for the account, or the end of a number."""
        if event not in self.seen:
            self.seen.add(event)
            self._write(person, "account", EVERY, Fact(at, kind, event))

    def decide(self, event: str, review: str, *, accepted: bool) -> None:
        """Close a review."""
        if event in self.seen:
            return
        self.seen.add(event)
        place = self.reviews.pop(review, None)
        if place is not None and accepted:
            person, scope, reach, at = place
            self._write(person, scope, reach, Fact(at, "out", event))

    def undo(self, event: str, undone: str) -> None:
        """Forget an event, as far as consent goes."""
        if event not in self.seen:
            self.seen.add(event)
            for key, facts in self.facts.items():
                self.facts[key] = [each for each in facts if each.event != undone]

    def move(self, sender: str, service: str | None, at: int) -> None:
        """Put a sender into another service, or into none."""
        self.moves.setdefault(sender, []).append((at, self._home(sender)))
        self.service[sender] = service

    def replace(self, old: str, new: str, at: int) -> None:
        """Let a new sender take another's place."""
        self.moves.setdefault(old, []).append((at, self._home(old)))
        self.moves[new] = list(self.moves[old])
        self.places[new] = [*self.places.get(old, []), f"sender:{old}"]
        self.service[new], self.kinds[new] = self.service[old], "long code"
        self.senders_gone[old] = self.service.pop(old)

    def _meaning(self, sender: str, word: str, before: str, *, elsewhere: bool) -> str | None:
        double = self.service.get(sender) in self.double
        if word == "STOP":
            return "out"
        if word == "YES" and double:
            return "in" if before == "pending" else None
        if word == "YES" and self.kinds[sender] == "toll-free":
            return None
        if word not in {"START", "UNSTOP", "YES"}:
            return None
        if double:
            return None if before == "subscribed" else "prompt"
        return "in" if before == "pending" or elsewhere else "start"

    def _home(self, sender: str) -> str:
        service = self.service[sender]
        return f"sender:{sender}" if service is None else f"service:{service}"

    def scope(self, sender: str, at: int) -> str:
        """Return the scope that a sender wrote for at a time."""
        if self.shared:
            return "account"
        then = [scope for until, scope in self.moves.get(sender, []) if at < until]
        return then[0] if then else self._home(sender)

    def _reach(self, sender: str, channel: str) -> tuple[str, ...]:
        service = self.service[sender]
        return self._joined(
            "together" if service is None else self.sharing.get(service, "together"), channel
        )

    @staticmethod
    def _joined(sharing: str, channel: str) -> tuple[str, ...]:
        if sharing == "all":
            return EVERY
        return PHONE if sharing == "together" and channel in PHONE else (channel,)

    def _write(self, person: str, scope: str, reach: Iterable[str], fact: Fact) -> None:
        for channel in reach:
            self._add((person, scope, channel), fact)

    def _add(self, key: tuple[str, str, str], fact: Fact) -> None:
        self.facts.setdefault(key, []).append(fact)

    def _network_blocks(self, person: str, sender: str, at: int) -> bool:
        facts = self.facts.get((person, f"network:{sender}", "sms"), [])
        return self.kinds[sender] == "toll-free" and read(facts, at) == "opted-out"

    def _channel(self, person: str, sender: str, channel: str, at: int, topic: str = "") -> str:
        return read(self._facts(person, sender, channel, at, topic), at)

    def _facts(self, person: str, sender: str, channel: str, at: int, topic: str) -> list[Fact]:
        here = self.scope(sender, at)

        def known(scope: str) -> list[Fact]:
            return self.facts.get((person, about(scope, topic), channel), [])

        facts = [*known(here), *known("account")] if here != "account" else [*known(here)] * 2
        for scope, until in self._inherited(sender, here):
            facts += inherited(known(scope), until)
        if topic:
            everything = self.facts.get((person, "account", channel), [])
            facts += [each for each in everything if each.kind == "end"]
        return facts

    def _inherited(self, sender: str, here: str) -> Iterator[tuple[str, int]]:
        scopes = {scope: until for until, scope in self.moves.get(sender, [])}
        scopes |= {self._home(sender): FOREVER, f"sender:{sender}": FOREVER}
        scopes |= dict.fromkeys(self.places.get(sender, []), FOREVER)
        return ((scope, until) for scope, until in scopes.items() if scope != here)


def about(scope: str, topic: str) -> str:
    """Return the scope of one topic, or of everything."""
    return f"{scope}#{topic}" if topic else scope


def inherited(facts: list[Fact], until: int) -> list[Fact]:
    """Return the opt-out that a sender takes along from a scope that it left."""
    outs = sorted(each.at for each in facts if each.kind == "out")
    if not outs or outs[0] > until:
        return []
    ins = [each.at for each in facts if each.kind == "in"]
    ins += [each.at for each in facts if each.kind == "start" and each.at > outs[-1]]
    if ins and outs[-1] < max(ins) <= until:
        return []
    return [Fact(min(outs[-1], until), "out", "inherited")]


def read(facts: Iterable[Fact], at: int) -> str:
    """Return what facts come to, read in the order of their times."""
    now, under, lasts, ever = "unknown", "unknown", 0, False
    for fact in sorted(facts, key=lambda each: (each.at, ORDER.index(each.kind))):
        if fact.kind == "out":
            now, ever = "opted-out", True
        elif fact.kind == "in" or (fact.kind == "start" and ever):
            now = "subscribed"
        elif fact.kind == "end" and now != "opted-out":
            now = under if now == "pending" else "unknown"
        elif fact.kind == "prompt" and now != "subscribed":
            under = under if now == "pending" else now
            now, lasts = "pending", fact.at + PROMPT_LASTS
    return under if now == "pending" and at > lasts else now
