"""The operations page by HTTP: who comes in, what it shows, what it does, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from optoutlang.consent import StoreError
from optoutlang.interfaces.gateway.deliveries.queue import DeadLetter
from tests.interfaces.gateway.running import (
    KEY,
    KEY_HASH,
    PERSON,
    PUBLIC,
    Receiver,
    Running,
    served,
)
from tests.interfaces.gateway.ui.site import UI, post, sign_in, site, text, token

PAGES = ["/ui", "/ui/reviews", "/ui/history", "/ui/letters"]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Running]:
    with site(tmp_path) as found:
        yield found


def test_the_page_is_off_unless_the_settings_say_so(tmp_path: Path) -> None:
    with site(tmp_path, more="") as place:
        assert {place.client.get(place.url + each).status_code for each in PAGES} == {404}


@pytest.mark.parametrize("path", PAGES)
def test_nobody_sees_a_page_before_signing_in(place: Running, path: str) -> None:
    answer = place.client.get(place.url + path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/ui/sign-in")


@pytest.mark.parametrize("path", ["/ui/reviews", "/ui/history", "/ui/letters", "/ui/sign-out"])
def test_nobody_does_anything_before_signing_in(place: Running, path: str) -> None:
    page = place.client.get(f"{place.url}/ui/sign-in")
    answer = place.client.post(place.url + path, data={"token": token(page), "number": PERSON})
    assert (answer.status_code, answer.headers["location"]) == (303, "/ui/sign-in")


@pytest.mark.parametrize("path", ["/ui/reviews", "/ui/history", "/ui/letters", "/ui/sign-out"])
@pytest.mark.parametrize("given", ["", "none", "of another session"])
def test_a_form_without_the_token_of_its_session_is_refused(
    place: Running, path: str, given: str
) -> None:
    if given == "of another session":
        given = token(sign_in(place))
        place.client.cookies.clear()
    sign_in(place)
    answer = post(place, path, {"token": given, "number": PERSON})
    assert answer.status_code == 403
    assert "load the page" in answer.text


def test_the_token_from_before_signing_in_is_worth_nothing_after_it(place: Running) -> None:
    before = token(place.client.get(f"{place.url}/ui/sign-in"))
    sign_in(place)
    assert post(place, "/ui/history", {"token": before, "number": PERSON}).status_code == 403


def test_the_wrong_key_does_not_sign_in(place: Running) -> None:
    answer = sign_in(place, "optout_wrong")
    assert (answer.status_code, "may not sign in" in answer.text) == (403, True)
    assert place.client.get(f"{place.url}/ui").status_code == 303


def test_a_key_without_the_scope_does_not_sign_in(tmp_path: Path) -> None:
    other = f'[[key]]\nname = "other"\nhash = "{KEY_HASH}"\nscopes = ["review"]\n'
    with site(tmp_path, more=UI + other) as place:  # the later of two keys with one hash counts
        assert sign_in(place).status_code == 403


def test_signing_out_ends_the_session(place: Running) -> None:
    post(place, "/ui/sign-out", {"token": token(sign_in(place))})
    assert place.client.get(f"{place.url}/ui").status_code == 303


def test_a_cookie_that_somebody_changed_is_no_session(place: Running) -> None:
    sign_in(place)
    [cookie] = place.client.cookies.jar
    good = str(cookie.value)
    place.client.cookies.clear()
    # Of the last letter, some bits say nothing: the one in the middle is changed.
    middle = len(good) // 2
    changed = good[:middle] + ("A" if good[middle] != "A" else "B") + good[middle + 1 :]
    for bad in (changed, "x", ""):
        headers = {"cookie": f"optout_session={bad}"}
        assert place.client.get(f"{place.url}/ui", headers=headers).status_code == 303


def test_the_cookie_is_for_no_script_no_other_site_and_https_alone(tmp_path: Path) -> None:
    with site(tmp_path, public=PUBLIC) as place:
        cookie = place.client.get(f"{place.url}/ui/sign-in").headers["set-cookie"].lower()
    assert {"httponly", "secure", "samesite=strict", "path=/ui"} <= set(cookie.split("; "))


def test_every_page_has_one_strict_policy(place: Running) -> None:
    sign_in(place)
    for path in [*PAGES, "/ui/static/style.css"]:
        answer = place.client.get(place.url + path)
        assert answer.status_code == 200
        [policy] = answer.headers.get_list("content-security-policy")
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "script" not in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-frame-options"] == "DENY"


def test_a_review_is_decided_under_the_name_of_the_key(place: Running) -> None:
    text(place, "leave me alone", "SM1")
    page = sign_in(place)
    assert "<b>1</b> reviews waiting" in page.text
    page = place.client.get(f"{place.url}/ui/reviews")
    assert "leave me alone" in page.text
    assert place.may_send()
    form = {"token": token(page), "event": "message:SM1", "answer": "accept", "reason": "clear"}
    page = post(place, "/ui/reviews", form)
    assert "Nothing waits" in page.text
    assert not place.may_send()
    [*_, record] = place.get(f"/v1/consents/{PERSON}").json()["history"]
    assert (record["by"], record["text"]) == ("test", "clear")


def test_a_rejected_review_changes_nothing(place: Running) -> None:
    text(place, "leave me alone", "SM1")
    form = {"token": token(sign_in(place)), "event": "message:SM1", "answer": "reject"}
    assert "Nothing waits" in post(place, "/ui/reviews", form).text
    assert place.may_send()


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("/ui/reviews", {"event": "message:none", "answer": "accept"}, 404),
        ("/ui/reviews", {"event": "message:SM1", "answer": "perhaps"}, 422),
        ("/ui/reviews", {"event": "message:\0", "answer": "accept"}, 422),
        ("/ui/history", {"number": "12"}, 422),
        ("/ui/letters", {"number": "x"}, 422),
        ("/ui/letters", {"number": "9" * 30}, 422),
        ("/ui/history", {str(each): "" for each in range(30)}, 400),
        ("/ui/history", {"number": "1" * 70_000}, 413),
    ],
)
def test_what_cannot_be_is_answered_with_a_page(
    place: Running, path: str, form: dict[str, str], status: int
) -> None:
    answer = post(place, path, {"token": token(sign_in(place)), **form})
    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "text/html; charset=utf-8",
    )
    assert 'role="alert"' in answer.text


def test_a_number_has_its_history(place: Running) -> None:
    text(place, "STOP", "SM1")
    text(place, "START", "SM2")
    page = post(place, "/ui/history", {"token": token(sign_in(place)), "number": "+1 514 555 0123"})
    for each in (PERSON, "subscribed", "STOP", "START", "message:SM2"):
        assert each in page.text
    other = post(place, "/ui/history", {"token": token(page), "number": "+15145550999"})
    assert "Nothing is known of this number" in other.text


def test_words_of_people_are_text_and_never_markup(place: Running) -> None:
    text(place, "leave me alone <script>alert(1)</script> \u202egnp", "SM1")
    page = post(place, "/ui/history", {"token": token(sign_in(place)), "number": PERSON})
    assert "<script" not in page.text
    assert "&lt;script&gt;" in page.text
    assert "\u202e" not in page.text


def test_a_dead_letter_is_replayed(tmp_path: Path) -> None:
    receiver = Receiver(answers=lambda _: 500)
    with served(receiver.app) as url, site(tmp_path, url) as place:
        text(place, "hello", "SM1")
        receiver.wait(1)
        letter = dead_letter(place)
        page = sign_in(place)
        page = place.client.get(f"{place.url}/ui/letters")
        assert f'value="{letter.number}"' in page.text
        receiver.answers = lambda _: 204
        answer = post(place, "/ui/letters", {"token": token(page), "number": str(letter.number)})
        assert answer.status_code == 200
        receiver.wait(2)


def dead_letter(place: Running) -> DeadLetter:
    """Return the dead letter as soon as there is one: the worker writes it down after the answer."""
    for _ in range(100_000):
        if found := place.gateway.queue.dead_letters():
            return found[0]
    raise AssertionError("no dead letter")


def test_the_overview_counts_what_goes_through(place: Running) -> None:
    text(place, "STOP", "SM1")
    text(place, "STOP", "SM2")
    page = sign_in(place)
    [row] = [each for each in page.text.splitlines() if "requests message 200" in each]
    assert row.count("<td>2</td>") == 4


def test_without_a_store_a_page_says_so(place: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(place)

    def broken() -> tuple[int, int]:
        raise StoreError("the disk is gone")

    monkeypatch.setattr(place.gateway.queue, "counts", broken)
    answer = place.client.get(f"{place.url}/ui")
    assert (answer.status_code, 'role="alert"' in answer.text) == (503, True)
    assert "the disk" not in answer.text


def test_plain_http_comes_from_a_trusted_proxy_alone(tmp_path: Path) -> None:
    more = UI
    with site(tmp_path, public=PUBLIC, more=more) as place:
        assert place.client.get(f"{place.url}/ui/sign-in").status_code == 200
    elsewhere = PUBLIC + '"\ntrusted_proxies = ["10.0.0.1"]\nhost = "127.0.0.1'
    with site(tmp_path, public=elsewhere, more=more) as place:
        assert place.client.get(f"{place.url}/ui/sign-in").status_code == 403


def test_the_key_is_in_no_page(place: Running) -> None:
    assert KEY not in sign_in(place).text
