"""Settings: every mistake has a place, a reason and a cure; what is right comes out as it was written."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optoutlang.consent import Channel, SenderKind, Sharing
from optoutlang.interfaces.gateway.serve import rendered
from optoutlang.interfaces.gateway.settings import Reading, Scope, read_settings

CASES = sorted((Path(__file__).parent / "cases").glob("*.toml"))
ENVIRONMENT = {"TWILIO_AUTH_TOKEN": "t", "APPLICATION_SECRET": "a", "PLAIN_SECRET": "p"}


def read(written: str, folder: Path = Path("/nowhere")) -> Reading:
    return read_settings(written, path=folder / "gateway.toml", environment=ENVIRONMENT)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_findings_are_as_expected(path: Path, request: pytest.FixtureRequest) -> None:
    reading = read_settings(
        path.read_text(encoding="utf-8"), path=Path(path.name), environment=ENVIRONMENT
    )
    found = rendered(reading.diagnostics) + "\n"
    expected = path.with_suffix(".expected")
    if request.config.getoption("--rewrite"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


def test_every_setting_comes_out_as_it_was_written(tmp_path: Path) -> None:
    [path] = [each for each in CASES if each.stem == "complete"]
    settings = read(path.read_text(encoding="utf-8"), tmp_path).settings
    assert settings is not None
    server, application = settings.server, settings.application
    assert (server.public_url, server.host, server.port) == (
        "https://sms.example.com/gateway",
        "0.0.0.0",  # noqa: S104 - as in the file
        9000,
    )
    assert (server.processes, server.body_bytes, server.body_seconds, server.json_depth) == (
        2,
        100_000,
        5,
        8,
    )
    assert server.trusted_proxies == {"10.0.0.1"}
    assert application is not None
    assert (application.url, application.details) == ("https://app.example.com/sms?tenant=1", False)
    assert (application.seconds, application.attempts, application.parallel) == (3, 4, 8)
    assert (application.first_wait, application.longest_wait) == (0.5, 60)
    assert (application.secret, application.events_url) == (b"a", "https://app.example.com/events")
    assert settings.store == "postgresql://localhost/consent"
    assert settings.rules.custom == {"alerts": str(tmp_path / "acme.optout")}
    assert (settings.rules.standard, settings.rules.reload_seconds, settings.rules.prove) == (
        "standard",
        2.5,
        False,
    )
    assert settings.provider_of == {"+13125550100": "twilio", "55555": "shop"}
    assert settings.sender_of == {"MG1": "+13125550100"}
    account = settings.account
    [service], [alone] = account.services, account.senders
    assert (alone.kind, alone.handled) == (SenderKind.SHORT_CODE, True)
    assert account.alone.answer_help_when_opted_out
    assert (account.flood.changes, account.flood.within) == (50, timedelta(minutes=30))
    own = service.settings
    assert (own.sharing, own.reply_window) == (Sharing.ALL, timedelta(minutes=10))
    assert own.sharing.reach(Channel.SMS).value == "all"
    assert own.fallback == "This number is not read.\nCe numéro n'est pas lu."
    assert own.double_opt_in is not None
    assert (own.double_opt_in.within, own.double_opt_in.confirmations) == (
        timedelta(days=10),
        ("YES", "OUI"),
    )
    assert own.scope_question is not None
    assert (own.scope_question.answers, own.scope_question.within) == (
        ("ONLY",),
        timedelta(hours=2),
    )
    assert own.provider_lift_every == timedelta(days=30)
    assert own.drop_incoming
    assert own.require_opt_in
    assert own.message_lifts_only
    assert own.hold_during_review
    [key] = settings.keys
    assert (set(key.scopes), key.rate, key.burst) == (
        {Scope.MAY_SEND, Scope.REVIEW, Scope.UI},
        5.0,
        10,
    )
    assert settings.ui is not None
    assert (settings.ui.secret, settings.ui.hours) == (b"p", 4)
    assert settings.log_level == "warning"


def test_a_secret_may_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("from a file\n")
    [path] = [each for each in CASES if each.stem == "advice"]
    written = path.read_text().replace(
        'auth_token_env = "TWILIO_AUTH_TOKEN"', 'auth_token_file = "token"'
    )
    settings = read(written, tmp_path).settings
    assert settings is not None
    assert "from a file" not in repr(settings)


def test_a_store_in_a_file_stands_beside_the_settings(tmp_path: Path) -> None:
    [path] = [each for each in CASES if each.stem == "advice"]
    settings = read(path.read_text(), tmp_path).settings
    assert settings is not None
    assert settings.store == str(tmp_path / "consent.db")


@given(st.text("[]{}=\"'#.\nab \\1"))
def test_any_text_has_settings_or_findings(written: str) -> None:
    reading = read(written)
    assert reading.settings is None
    assert reading.diagnostics
    rendered(reading.diagnostics)
