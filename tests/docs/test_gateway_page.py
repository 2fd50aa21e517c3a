"""docs/gateway.md has every setting, and its examples are settings without findings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from optoutlang.interfaces.gateway.settings import read_settings
from optoutlang.interfaces.settings import section
from tests.docs.blocks import ROOT

PAGE = (ROOT / "docs" / "gateway.md").read_text(encoding="utf-8")
THREATS = (ROOT / "docs" / "gateway-threats.md").read_text(encoding="utf-8")
EXAMPLE = ROOT / "docs" / "examples" / "gateway.toml"
COMPLETE = ROOT / "tests" / "interfaces" / "gateway" / "settings" / "cases" / "complete.toml"
ENVIRONMENT = {"TWILIO_AUTH_TOKEN": "t", "APPLICATION_SECRET": "a", "PLAIN_SECRET": "p"}


def test_the_settings_that_the_page_shows_have_no_findings() -> None:
    [block] = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    written = block.replace("sha256:…", f"sha256:{'0' * 64}")
    reading = read_settings(written, path=Path("gateway.toml"), environment=ENVIRONMENT)
    assert [each.message for each in reading.diagnostics] == []


def test_the_example_has_no_findings() -> None:
    reading = read_settings(
        EXAMPLE.read_text(encoding="utf-8"), path=EXAMPLE, environment=ENVIRONMENT
    )
    assert [each.message for each in reading.diagnostics] == []


def test_the_page_names_every_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    names: set[str] = set()
    close = section.Section.close

    def closing(self: section.Section) -> None:
        if not {"double_opt_in", "scope_question"} & set(map(str, self.path)):
            names.update(self._asked)
        close(self)

    monkeypatch.setattr(section.Section, "close", closing)
    read_settings(COMPLETE.read_text(encoding="utf-8"), path=COMPLETE, environment=ENVIRONMENT)
    assert len(names) > 40
    missing = {each for each in names if not re.search(rf"[`\[.]{re.escape(each)}[`\].]", PAGE)}
    assert {each for each in missing if not each.endswith("_file")} == set()


def test_every_test_that_the_threats_name_is_there() -> None:
    named = set(re.findall(r"`((?:tests|ui)/[\w/.]+|test_\w+\.py)`", THREATS))
    assert len(named) > 8
    gateway = ROOT / "tests" / "interfaces" / "gateway"
    assert not [each for each in named if not ((ROOT / each).exists() or (gateway / each).exists())]
