"""`make demo-consent` tells what it says, on a real store, with a process that is really killed."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

STORY = Path(__file__).resolve().parents[2] / "docs" / "examples" / "consent_story.py"

# What a reader must find, in this order.
TOLD = (
    "texts «STOP» to the reminders' number",
    "service:reminders, sms+mms+rcs: unknown -> opted-out",
    "is held back: opted out",
    "because of message:SM1 («STOP») of 02 March 2026 09:22, error 21610",
    "it was recorded before: nothing happens twice",
    "texts «HELP»",
    "Acme wants to send from WhatsApp: the message may go out",
    "service:reminders, whatsapp: unknown -> opted-out",
    "error 63014",
    "service:reminders, sms+mms+rcs: opted-out -> subscribed",
    "network:+18885550100, sms+mms+rcs: unknown -> opted-out",
    "is held back: blocked by the toll-free network",
    "network:+18885550100, sms+mms+rcs: opted-out -> subscribed",
    "sender:+13125550199, sms+mms+rcs: unknown -> opted-out",
    "recorded: waits for review",
    "Beth of Acme reads it",
    "recorded: undone",
    "ended by signal 9; nothing of the message is in the store: True",
    "[undo:U1]",
    "no record was changed, dropped or moved",
    "10 messages, each passed on once; 6 answers, none of them twice: True.",
)


def test_the_story_is_told_in_order(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", [str(STORY)])
    runpy.run_path(str(STORY), run_name="__main__")
    shown = capfd.readouterr().out
    place = 0
    for each in TOLD:
        place = shown.find(each, place)
        assert place >= 0, each
