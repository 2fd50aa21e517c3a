"""docs/consent.md has the engine's own tables, and its examples are run as they stand."""

from __future__ import annotations

import doctest
import re
from datetime import timedelta

import pytest

from optoutlang.consent import CancelPending, Forward, SendReply
from optoutlang.consent.engine.effect import CONFIRMATION_TIME
from optoutlang.consent.engine.settings import DoubleOptIn, FloodLimit, Settings
from tests.consent.engine.test_exhaustive import TIMES, WORLDS, orders
from tests.consent.scenario import VECTORS
from tests.docs.consent_tables import CONSENT_PAGE, with_tables

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGE = CONSENT_PAGE.read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return [body for named, body in BLOCK.findall(PAGE) if named == language]


def test_the_tables_are_drawn_from_the_engines() -> None:
    assert with_tables(PAGE) == PAGE, "run `make docs`"


def perform(effect: object) -> None:
    """Do an effect as the page's application does."""
    match effect:
        case SendReply():
            print(f"reply to {effect.recipient}: {effect.text}")  # noqa: T201 - the page shows it
        case CancelPending():
            print(f"cancel what is pending for {effect.key.recipient}")  # noqa: T201 - the page shows it
        case Forward():
            print(f"hand on: {effect.message.text}")  # noqa: T201 - the page shows it


def deliver(person: str, text: str) -> None:
    """Send a text as the page's application does."""
    print(f"to {person}: {text}")  # noqa: T201 - the page shows it


def test_the_examples_give_what_the_page_shows() -> None:
    names: dict[str, object] = {"perform": perform, "deliver": deliver}
    [application] = blocks("python")
    exec(application, names)  # noqa: S102 - the page's own
    runner = doctest.DocTestRunner(verbose=False)
    sessions = "\n".join(blocks("pycon"))
    runner.run(doctest.DocTestParser().get_doctest(sessions, names, "consent.md", None, 0))
    assert runner.tries > 15
    assert runner.failures == 0


def test_an_application_takes_ten_lines() -> None:
    [application] = blocks("python")
    lines = [line for line in application.splitlines() if line.strip()]
    assert len([line for line in lines if not line.startswith(("from", "import"))]) == 10


@pytest.mark.parametrize(
    ("said", "so"),
    [
        ("five minutes by default", Settings().reply_window == timedelta(minutes=5)),
        ("30 days", DoubleOptIn("x").within == timedelta(days=30)),
        ("100 of them within an hour", FloodLimit() == FloodLimit(100, timedelta(hours=1))),
        ("28,020 of them", sum(world[3] for world in WORLDS.values()) == 28_020),
        ("8,232 of them", len(list(orders())) * len(TIMES) == 8_232),
        ("within five minutes", timedelta(minutes=5) == CONFIRMATION_TIME),
    ],
)
def test_a_number_on_the_page_is_the_engines(said: str, so: bool) -> None:  # noqa: FBT001
    assert said in " ".join(PAGE.split())  # lines may break anywhere
    assert so


def test_every_vector_that_the_page_names_is_there() -> None:
    named = re.findall(r"`([a-z0-9-]+)\.toml`", PAGE)
    assert len(named) > 10
    assert not [each for each in named if not (VECTORS / f"{each}.toml").exists()]
