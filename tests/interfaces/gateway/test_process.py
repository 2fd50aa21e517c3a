"""`optout serve` as an operator starts it: one process or several, told to end, killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest
from twilio.request_validator import RequestValidator

from tests.interfaces.gateway.running import (
    AUTHORIZED,
    ENVIRONMENT,
    KEYS,
    MAIN,
    OURS,
    PERSON,
    PUBLIC,
    SERVICE,
    TOKEN,
    message,
)

pytestmark = pytest.mark.slow


@contextmanager
def started(folder: Path, processes: int) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    path = folder / "gateway.toml"
    path.write_text(
        MAIN.replace("[store]", f"port = {port}\nprocesses = {processes}\n[store]") + KEYS + SERVICE
    )
    command = [sys.executable, "-m", "optoutlang", "serve", str(path)]
    process = subprocess.Popen(command, env={**os.environ, **ENVIRONMENT}, stderr=subprocess.PIPE)
    try:
        _await(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}", process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def _await(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        with suppress(httpx.HTTPError):
            if httpx.get(f"{url}/readyz", timeout=30).status_code == 200:
                return
    raise AssertionError("the gateway does not start")


def stop(url: str, sid: str) -> httpx.Response:
    form = message("STOP", sid)
    signature = RequestValidator(TOKEN).compute_signature(f"{PUBLIC}/webhooks/twilio", form)
    headers = {"x-twilio-signature": signature}
    return httpx.post(f"{url}/webhooks/twilio", data=form, headers=headers, timeout=60)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_gateway_answers_and_ends_when_it_is_told_to(tmp_path: Path, processes: int) -> None:
    with started(tmp_path, processes) as (url, process):
        assert "<Message>" in stop(url, "SM1").text
        assert "<Message>" not in stop(url, "SM1").text
        asked = {"recipient": PERSON, "sender": OURS}
        answer = httpx.post(f"{url}/v1/may-send", json=asked, headers=AUTHORIZED, timeout=60)
        assert not answer.json()["allowed"]
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=60)
    assert process.returncode in {0, -signal.SIGTERM}, errors
    assert b"Traceback" not in errors, errors
    assert b"5145550123" not in errors
