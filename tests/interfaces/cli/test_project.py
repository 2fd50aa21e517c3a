"""`optout.toml`: a project's folder, and what commands do without arguments."""

from __future__ import annotations

import re
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


MISTAKES = [
    ("rules = [", "optout.toml:1:10", "this is no TOML", "https://toml.io"),
    ("\nrule = []", "optout.toml:2:1", "there is no setting `rule`", "did you mean `rules`?"),
    ("rules = 3", "optout.toml:1:1", "`rules` is a list of texts", 'write `rules = ["…", "…"]`'),
    ('rules = ["brand"]', "optout.toml:1:1", "there is no file or folder `brand`", "`brands`?"),
    ("strict = 3", "optout.toml:1:1", "`strict` is true or false", "write `strict = true`"),
    (
        '[severity]\nO305 = "eror"',
        "optout.toml:2:1",
        "`eror` is no value of `O305`",
        "did you mean `error`?",
    ),
    (
        '[severity]\nrepeated-tests = "error"',
        "optout.toml:2:1",
        "there is no finding `repeated-tests`",
        "did you mean `repeated-test`?",
    ),
    (
        '[severity]\nO201 = "note"',
        "optout.toml:2:1",
        "`O201` is an error of the language; it cannot be lowered",
        "`optout explain O201` says how to correct the rules",
    ),
    (
        "[brands.acme]",
        "optout.toml:1:2",
        "brand `acme` has no rules",
        'add `rules = ["brands/acme"]`',
    ),
    (
        '[brands.acme]\nrules = ["brands/acme"]\nstrct = true',
        "optout.toml:3:1",
        "there is no setting `brands.acme.strct`",
        "did you mean `strict`?",
    ),
]


@pytest.mark.parametrize(("text", "place", "message", "cure"), MISTAKES)
@pytest.mark.parametrize("command", ["check", "test", "fmt"])
def test_a_mistake_in_a_project_file_is_a_finding_with_place_and_cure(
    project: Path, command: str, text: str, place: str, message: str, cure: str
) -> None:
    (project / "optout.toml").write_text(text, encoding="utf-8")
    shown = optout(command)
    assert shown.exit_code == 1
    said = " ".join(shown.output.split())
    assert place in said
    assert message in said
    assert cure in said
    assert "optout explain G" not in said


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_a_mistake_in_a_project_file_comes_in_the_format_of_findings(
    project: Path, form: str
) -> None:
    (project / "optout.toml").write_text("strict = 3", encoding="utf-8")
    shown = optout("check", "--format", form)
    assert (shown.exit_code, "G004" in shown.stdout) == (1, True)


REPEATED = f'{USES}test "b" {{\n  "farewell" -> opt-out\n}}\n'


@pytest.mark.parametrize(
    ("settings", "level", "code"),
    [
        ("", "warning", 0),
        ('[severity]\nO601 = "error"', "error", 1),
        ('[severity]\nrepeated-test = "hint"', "hint", 0),
        ('strict = true\n[severity]\nO601 = "note"', "note", 0),
        ('[brands.acme]\nrules = ["brands/acme"]\nstrict = true', "warning", 1),
        ('rules = ["brands"]\n[brands.nord]\nrules = ["brands/nord"]\nstrict = true', "warning", 0),
        (
            '[brands.acme]\nrules = ["brands/acme"]\n[brands.acme.severity]\nO601 = "error"',
            "error",
            1,
        ),
    ],
)
@pytest.mark.parametrize("given", [(), ("brands/acme/acme.optout",)])
def test_a_project_says_how_bad_findings_are(
    project: Path, settings: str, level: str, code: int, given: tuple[str, ...]
) -> None:
    (project / "brands" / "acme" / "acme.optout").write_text(REPEATED, encoding="utf-8")
    (project / "optout.toml").write_text(settings, encoding="utf-8")
    shown = optout("check", *given)
    assert f"{level}[O601" in shown.stdout
    assert shown.exit_code == code


def test_a_brand_is_asked_for_alone(project: Path) -> None:
    text = "".join(f'[brands.{each}]\nrules = ["brands/{each}"]\n' for each in ("acme", "nord"))
    (project / "optout.toml").write_text(text, encoding="utf-8")
    assert "2 passed, 0 failed" in optout("test").stdout
    assert "1 passed, 0 failed" in optout("test", "--brand", "acme").stdout
    (project / "brands" / "nord" / "nord.optout").write_text("opt-out {", encoding="utf-8")
    assert [optout("check", "--brand", each).exit_code for each in ("acme", "nord")] == [0, 1]
    assert optout("fmt", "--check", "--brand", "acme").exit_code == 0
    unknown = optout("check", "--brand", "acne")
    assert (unknown.exit_code, "did you mean `acme`?" in unknown.stderr) == (2, True)
    both = optout("check", "--brand", "acme", "brands/acme/acme.optout")
    assert (both.exit_code, "not both" in both.stderr) == (2, True)


PAGE = Path(__file__).resolve().parents[3] / "docs" / "project.md"


def test_the_project_file_of_the_page_is_one(project: Path) -> None:
    blocks = re.findall(
        r"^```toml\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    for block in blocks:
        (project / "optout.toml").write_text(block, encoding="utf-8")
        assert "2 passed, 0 failed" in optout("test").stdout
    assert len(blocks) == 2


@pytest.mark.parametrize("command", ["check", "test", "fmt"])
def test_without_a_project_a_file_must_be_given(folder: Path, command: str) -> None:
    assert folder.is_dir()
    shown = optout(command)
    assert shown.exit_code == 2
    assert "only a folder with an optout.toml needs none" in " ".join(shown.stderr.split())
