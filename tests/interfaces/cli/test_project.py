"""`optout.toml`: a project's folder, and what commands do without arguments."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.interfaces.cli.runner import optout

USES = 'use "../../common/words.optout"\n\ntest "a" {\n  "farewell" -> opt-out\n}\n'


@pytest.fixture
def project(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in {
        "common/words.optout": "opt-out { keywords FAREWELL }\n",
        "brands/acme/acme.optout": USES,
        "brands/nord/nord.optout": USES,
        "optout.toml": 'rules = ["brands"]\n',
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def test_files_of_a_project_use_what_stands_beside_them(project: Path) -> None:
    assert optout("check", "brands/acme/acme.optout").exit_code == 0
    shown = optout("match", "brands/acme/acme.optout", "farewell").stdout
    assert "(exact, en, common/words.optout:1)" in shown
    (project / "optout.toml").unlink()
    refused = optout("check", "brands/acme/acme.optout")
    assert refused.exit_code == 1
    assert "put an empty `optout.toml` into the folder that holds all of them" in refused.stdout


def test_nothing_outside_the_project_is_used(project: Path) -> None:
    (project / "optout.toml").rename(project / "brands" / "optout.toml")
    assert "O108" in optout("check", "brands/acme/acme.optout").stdout


def test_names_of_rules_begin_at_the_project(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = project / "brands" / "acme" / "acme.optout"
    file.write_text("opt-out { keywords FAREWELL }", encoding="utf-8")
    for here, name in ((project, "brands/acme/acme.optout"), (file.parent, "acme.optout")):
        monkeypatch.chdir(here)
        shown = optout("match", name, "farewell").stdout
        assert "(exact, en, brands/acme/acme.optout:1)" in shown


@pytest.mark.parametrize("below", [".", "brands/nord"])
def test_commands_without_a_file_take_the_projects(
    project: Path, below: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project / below)
    assert optout("check").stdout == "no findings\n"
    assert "2 passed, 0 failed" in optout("test").stdout
    assert optout("fmt", "--check").exit_code == 0


def test_a_project_may_be_strict(project: Path) -> None:
    (project / "common" / "words.optout").write_text("opt-out { keywords FAREWELL, STOP }")
    file = project / "brands" / "acme" / "acme.optout"
    file.write_text(f"{USES}opt-out {{ keywords STOP }}\n", encoding="utf-8")
    assert optout("check").exit_code == 0
    (project / "optout.toml").write_text('rules = ["brands"]\nstrict = true\n', encoding="utf-8")
    assert optout("check").exit_code == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rules = [", "no TOML"),
        ("rule = []", "no key is `rule`; the keys are `rules` and `strict`"),
        ("rules = 3", "`rules` lists files and folders"),
        ("strict = 3", "`strict` is true or false"),
    ],
)
def test_a_project_file_that_means_nothing_is_named(project: Path, text: str, message: str) -> None:
    (project / "optout.toml").write_text(text, encoding="utf-8")
    shown = optout("test")
    assert shown.exit_code == 3
    assert message in " ".join(shown.stderr.split())


@pytest.mark.parametrize("command", ["check", "test", "fmt"])
def test_without_a_project_a_file_must_be_given(folder: Path, command: str) -> None:
    assert folder.is_dir()
    shown = optout(command)
    assert shown.exit_code == 2
    assert "only a folder with an optout.toml needs none" in " ".join(shown.stderr.split())
