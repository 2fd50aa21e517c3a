"""Rules that change while a gateway runs: no request is lost by it, and what is refused changes nothing."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from time import monotonic

import pytest
from structlog.testing import capture_logs

from optoutlang.analysis.proofs.properties.registry import ALL
from optoutlang.analysis.proofs.properties.verdict import Verdict, Witness
from optoutlang.analysis.proofs.prove import Finding
from optoutlang.interfaces.gateway.rules.build import RefusedError, build
from tests.interfaces.gateway.running import (
    KEYS,
    MAIN,
    OURS,
    SERVICE,
    Running,
    running,
    settings_of,
)

RULES = 'ruleset acme\nlet brand = "Acme"\nopt-out {{ keywords {word} }}\n'
WATCHED = "[rules]\nreload_seconds = 0.05\nprove = false\n"


def write(folder: Path, text: str) -> None:
    """Write the rules, all at once."""
    new = folder / "new"
    new.write_text(text)
    new.replace(folder / "acme.optout")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Running]:
    write(tmp_path, RULES.format(word="BASTA"))
    service = SERVICE.replace('name = "alerts"', 'name = "alerts"\nrules = "acme.optout"')
    with running(settings_of(MAIN + WATCHED + KEYS + service, tmp_path)) as found:
        yield found


def means_stop(place: Running, text: str) -> bool:
    decision = place.ask("/v1/decide", {"text": text, "sender": OURS}).json()["decision"]
    return decision is not None and decision["action"] == "opt-out"


def until(true: Callable[[], object], what: str) -> None:
    """Ask again and again until something holds."""
    end = monotonic() + 60
    while not true():
        assert monotonic() < end, what


def test_changed_rules_hold_without_a_dropped_request(
    place: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = place.gateway.rules.custom["alerts"].digest
    statuses: list[int] = []
    ends = threading.Event()

    def traffic() -> None:
        while not ends.is_set():
            statuses.append(place.text("hello").status_code)

    thread = threading.Thread(target=traffic)
    thread.start()
    write(tmp_path, RULES.format(word="SCHLUSS"))
    until(lambda: means_stop(place, "schluss"), "the new word is never known")
    ends.set()
    thread.join()
    assert not means_stop(place, "basta")
    assert set(statuses) == {200}
    new = place.gateway.rules.custom["alerts"].digest
    lines = [json.loads(each) for each in capsys.readouterr().err.splitlines()]
    [line] = [each for each in lines if each["event"] == "rules changed"]
    assert (line["old_digest"], line["new_digest"]) == (old, new)
    until(
        lambda: [each for each in place.gateway.store.records() if each.by == "gateway"],
        "the audit does not say it",
    )
    [record] = [each for each in place.gateway.store.records() if each.by == "gateway"]
    assert record.text == f"rules of service alerts: {old} to {new}"


def test_rules_that_are_refused_change_nothing_and_are_said_once(
    place: Running, tmp_path: Path
) -> None:
    with capture_logs() as lines:

        def refused() -> list[str]:
            return [each["reason"] for each in lines if each["event"] == "rules refused"]

        write(tmp_path, "ruleset acme\nopt-out { remove STOP }\n")
        until(refused, "nothing is said")
        assert means_stop(place, "basta")
        assert "error[O201]" in refused()[0]
        write(tmp_path, RULES.format(word="SCHLUSS"))
        until(lambda: means_stop(place, "schluss"), "good rules are not taken after bad ones")
        assert len(refused()) == 1


def test_rules_that_are_gone_change_nothing(place: Running, tmp_path: Path) -> None:
    (tmp_path / "acme.optout").unlink()
    (tmp_path / "other").write_text("")
    assert means_stop(place, "basta")
    write(tmp_path, RULES.format(word="SCHLUSS"))
    until(lambda: means_stop(place, "schluss"), "rules that came back are not taken")


def test_a_property_that_does_not_hold_refuses_rules(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write(tmp_path, RULES.format(word="BASTA"))
    path = str(tmp_path / "acme.optout")
    assert build(path).files[-1] == path
    module = import_module(build.__module__)
    monkeypatch.setattr(
        module, "prove", lambda _: [Finding(ALL[0], Verdict((), Witness(wrong="wrong")))]
    )
    with pytest.raises(RefusedError, match="a property of every ruleset does not hold"):
        build(path, proved=True)


def test_an_artefact_is_taken_as_it_is_and_a_damaged_one_refused(tmp_path: Path) -> None:
    write(tmp_path, RULES.format(word="BASTA"))
    artefact = tmp_path / "acme.optoutc"
    built = build(str(tmp_path / "acme.optout"))
    artefact.write_bytes(built.artefact)
    assert build(str(artefact)).artefact == built.artefact
    artefact.write_bytes(built.artefact[:-1])
    with pytest.raises(RefusedError, match="not a valid artefact"):
        build(str(artefact))
    with pytest.raises(RefusedError, match="no such file"):
        build(str(tmp_path / "gone.optout"))
