"""The operations page in a real Chromium, at three widths; skipped where there is none (`make test-browser`)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.interfaces.gateway.running import KEY, PERSON, Receiver, Running, served
from tests.interfaces.gateway.ui.site import site, text
from tests.interfaces.gateway.ui.test_pages import dead_letter

pytest.importorskip(
    "playwright.sync_api",
    reason="NO BROWSER TESTS: playwright is not installed (make test-browser)",
)

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
WIDTHS = [375, 768, 1280]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        CHROMIUM is None, reason="NO BROWSER TESTS: there is no chromium (apt install chromium)"
    ),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def receiver() -> Receiver:
    return Receiver(answers=lambda got: 500 if got.form["Body"] == "hello" else 204)


@pytest.fixture
def place(tmp_path: Path, receiver: Receiver) -> Iterator[Running]:
    with served(receiver.app) as url, site(tmp_path, url) as found:
        yield found


@pytest.mark.parametrize("width", WIDTHS)
def test_an_operator_decides_looks_up_and_replays(
    browser: Browser, place: Running, receiver: Receiver, width: int
) -> None:
    text(place, "leave me alone", "SM1")
    text(place, "hello", "SM2")
    text(place, "what? " + "w" * 300, "SM3")
    dead_letter(place)
    page = browser.new_page(viewport={"width": width, "height": 800})
    errors: list[str] = []
    page.on("console", lambda each: errors.append(each.text) if each.type == "error" else None)
    page.on("pageerror", lambda each: errors.append(str(each)))
    page.goto(f"{place.url}/ui")
    _look(page, width, "sign-in")
    page.get_by_label("Key").fill(KEY)
    page.get_by_role("button", name="Sign in").click()
    _look(page, width, "overview")
    _decide(page, width)
    assert not place.may_send()
    _look_up(page, width)
    _replay(page, width, receiver)
    page.get_by_role("button", name="Sign out").click()
    assert page.url.endswith("/ui/sign-in")
    assert errors == []
    page.close()


def _decide(page: Page, width: int) -> None:
    page.get_by_role("link", name="Reviews", exact=True).click()
    _look(page, width, "reviews")
    assert page.get_by_text("leave me alone").is_visible()
    page.get_by_label("Reason, for the audit").fill("clear enough")
    page.get_by_role("button", name="Accept").click()
    assert page.get_by_text("Nothing waits for a decision.").is_visible()


def _look_up(page: Page, width: int) -> None:
    page.get_by_role("link", name="History", exact=True).click()
    page.get_by_label("Phone number").fill(PERSON)
    page.get_by_role("button", name="Look up").click()
    assert page.get_by_text("opted-out", exact=True).is_visible()
    assert page.get_by_text("clear enough").first.is_visible()
    _look(page, width, "history")


def _replay(page: Page, width: int, receiver: Receiver) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Dead letters").click()
    _look(page, width, "letters")
    receiver.answers = lambda _: 204
    before = len(receiver.requests)
    page.get_by_role("button", name="Replay").click()
    receiver.wait(before + 1)
    page.reload()
    assert page.get_by_text("Everything was delivered").is_visible()


def _look(page: Page, width: int, name: str) -> None:
    """See that nothing is wider than the window; keep a picture where somebody wants to look."""
    assert page.get_by_role("heading", level=1).is_visible()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, f"{name} scrolls sideways: {wide} of {width}"
    if folder := os.environ.get("OPTOUT_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
