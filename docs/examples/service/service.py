"""A service that texts customers about their parcels, and heeds what they text back."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from optoutlang import Action, Matcher, load

RULES = Path(__file__).with_name("rules.optout")


@dataclass
class Inbox:
    """Who may be texted, and what was answered. A number is texted until its owner says stop."""

    rules: Matcher = field(default_factory=lambda: load(RULES))
    stopped: set[str] = field(default_factory=set)
    sent: list[tuple[str, str]] = field(default_factory=list)

    def receive(self, number: str, text: str, *, country: str | None = None) -> None:
        """Take in a message: remember an opt-out or opt-in, and send the rules' reply."""
        decision = self.rules.match(text, country=country)
        if decision is None or decision.action is None:
            return
        if decision.action is Action.OPT_OUT:
            self.stopped.add(number)
        elif decision.action is Action.OPT_IN:
            self.stopped.discard(number)
        if decision.reply is not None:
            self.sent.append((number, decision.reply))

    def notify(self, number: str, text: str) -> bool:
        """Text a customer, unless they said stop; return whether anything was sent."""
        if number in self.stopped:
            return False
        self.sent.append((number, text))
        return True
