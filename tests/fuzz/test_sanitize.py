"""The sanitizers are there where they say that they are, and their absence is loud."""

from __future__ import annotations

import sys
import sysconfig

import pytest

from tests.fuzz.sanitize import NoSanitizerError, library, main, sanitized


def test_the_sanitizer_sees_a_write_behind_a_block() -> None:
    try:
        runtime = library()
    except NoSanitizerError as error:
        pytest.skip(str(error))
    done = sanitized(runtime, "--overflow")
    assert done.returncode
    assert "heap-buffer-overflow" in done.stderr


@pytest.mark.parametrize("compiler", ["no-such-compiler", "false", "echo"])
def test_a_compiler_without_sanitizers_is_said_loudly(
    compiler: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sysconfig, "get_config_var", lambda _: compiler)
    monkeypatch.setattr(sys, "argv", ["sanitize"])
    assert main() == 0
    assert capsys.readouterr().out.startswith("NOT FUZZED UNDER SANITIZERS: ")
