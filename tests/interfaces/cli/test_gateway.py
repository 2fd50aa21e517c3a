"""`optout serve --check` and `optout gateway`: what they print, their exit codes, their errors."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from optoutlang.consent import Channel, InboundMessage, Ledger
from optoutlang.consent.stores.create import create_store
from optoutlang.interfaces.gateway.deliveries.delivery import Dead
from optoutlang.interfaces.gateway.deliveries.queue import DeliveryQueue
from optoutlang.interfaces.gateway.gateway import make_engine
from tests.interfaces.cli.runner import optout as run
from tests.interfaces.gateway.running import ENVIRONMENT, MAIN, OURS, SERVICE, settings_of, standard

pytestmark = pytest.mark.usefixtures("secrets")
UNPROVED = "[rules]\nprove = false\n"


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "gateway.toml"
    path.write_text(MAIN + UNPROVED + SERVICE)
    return path


def letters(config: Path, count: int) -> list[int]:
    """Make dead letters; return their numbers."""
    settings = settings_of(config.read_text(), config.parent)
    store = create_store(settings.store)
    ledger = Ledger(make_engine(settings, standard().rules), store)
    for number in range(count):
        ledger.record(
            InboundMessage(
                id=f"SM{number}",
                recipient=f"+1514555{number:04}",
                sender=OURS,
                channel=Channel.SMS,
                at=datetime.now(UTC),
                text="",
            )
        )
    queue = DeliveryQueue(store)
    queue.create()
    now = 10**16
    numbers = [each.number for each in queue.cycle([], now, 100)]
    queue.cycle([Dead(each, "the application answered 500") for each in numbers], now, 0)
    store.close()
    return numbers


def test_check_prints_the_digests_of_the_rules(config: Path) -> None:
    found = run("serve", str(config), "--check")
    assert (found.exit_code, found.stdout) == (
        0,
        f"rules of standard: {standard().rules.standard.digest}\n",
    )


def test_check_shows_what_is_wrong_and_exits_one(config: Path) -> None:
    config.write_text(config.read_text().replace("[server]", "[server]\nprot = 80"))
    found = run("serve", str(config), "--check")
    assert found.exit_code == 1
    assert "error[G002]: there is no setting `server.prot`" in found.stderr
    assert f"{config}:3:1" in found.stderr


def test_without_its_token_nothing_starts(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TWILIO_AUTH_TOKEN")
    found = run("serve", str(config))
    assert found.exit_code == 1
    assert "error[G005]: the environment has no `TWILIO_AUTH_TOKEN`" in found.stderr


def test_rules_with_errors_start_nothing(config: Path) -> None:
    (config.parent / "acme.optout").write_text("ruleset acme\nopt-out { remove STOP }\n")
    config.write_text(
        config.read_text().replace('name = "alerts"', 'name = "alerts"\nrules = "acme.optout"')
    )
    found = run("serve", str(config))
    assert found.exit_code == 1
    assert "error[O201]" in found.stderr


def test_rules_that_are_not_there_are_named(config: Path) -> None:
    config.write_text(
        config.read_text().replace("prove = false", 'prove = false\nstandard = "standrad"')
    )
    found = run("serve", str(config), "--check")
    assert (found.exit_code, found.stderr) == (
        1,
        "`standrad` is neither a file nor a pack; did you mean `standard`?\n",
    )


def test_settings_that_cannot_be_read_exit_three(tmp_path: Path) -> None:
    found = run("serve", str(tmp_path / "gone.toml"))
    assert (found.exit_code, found.stderr) == (
        3,
        f"optout: cannot use `{tmp_path / 'gone.toml'}`: no such file or directory\n",
    )


def test_a_key_is_printed_with_its_hash() -> None:
    key, digest = [line.split()[1] for line in run("gateway", "key").stdout.splitlines()]
    assert digest == f"sha256:{sha256(key.encode()).hexdigest()}"
    assert key != run("gateway", "key").stdout.split()[1]


def test_dead_letters_are_listed_replayed_and_dropped(config: Path) -> None:
    first, second, third = letters(config, 3)
    lines = run("gateway", "dead-letters", str(config)).stdout.splitlines()
    assert (
        lines[0]
        == f"{first}  message:SM0  message of +15145550000  1 attempts  the application answered 500"
    )
    found = [
        json.loads(each)
        for each in run("gateway", "dead-letters", str(config), "--json").stdout.splitlines()
    ]
    assert [each["number"] for each in found] == [first, second, third]
    assert found[0]["effect"]["type"] == "Forward"
    assert run("gateway", "replay", str(config), str(second)).stdout == "1 to be delivered again\n"
    assert run("gateway", "drop", str(config), str(first)).stdout == "1 dropped\n"
    assert run("gateway", "replay", str(config), "--all").stdout == "1 to be delivered again\n"
    assert run("gateway", "dead-letters", str(config)).stdout == ""


@pytest.mark.parametrize("arguments", [(), ("--all", "1"), ("99",)])
def test_what_is_no_dead_letter_is_wrong_usage(config: Path, arguments: tuple[str, ...]) -> None:
    letters(config, 1)
    assert run("gateway", "replay", str(config), *arguments).exit_code == 2


def test_without_a_store_the_command_says_how_to_make_one(config: Path) -> None:
    found = run("gateway", "dead-letters", str(config))
    assert found.exit_code == 3
    assert "there is no store" in found.stderr
