"""The skeletons of `make new-check`, `make new-command` and `make new-pack` pass what a finished one passes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from docs.contributing.new import NotWrittenError, new_check, new_command, new_pack

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("docs", "grammar", "rules", "src", "tests")
CHECK = "tests/language/diagnostics"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the repository in which one of each was made."""
    root = tmp_path_factory.mktemp("copy")
    for folder in COPIED:
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / "pyproject.toml", root)
    new_check(root, code="O499", name="shouted-reply")
    new_command(root, name="spell")
    new_pack(root, name="lang-cy", title="Welsh")
    new_pack(root, name="natural-cy", title="Welsh")
    new_pack(root, name="cl", title="Chile")
    return root


def _unmeasured() -> dict[str, str]:
    """Return the environment without what starts coverage in a process: a copy is not the project."""
    return {name: each for name, each in os.environ.items() if not name.startswith("COVERAGE_")}


def run(root: Path, *arguments: str) -> str:
    """Run Python in a copy, with the copy's own sources; return its output, and fail if it fails."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env={**_unmeasured(), "PYTHONPATH": str(root / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def pytest_of(root: Path, *arguments: str) -> str:
    return run(root, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments)


def test_a_new_thing_is_as_few_files_as_was_decided(copy: Path) -> None:
    """The bounds of docs/decisions/0008, 0010 and 0011; what `make docs` and `--rewrite` write is one file each."""
    written = {each.relative_to(ROOT).as_posix() for each in _files(ROOT)}
    new = {each.relative_to(copy).as_posix() for each in _files(copy)} - written
    of_check = {each for each in new if "shouted" in each}
    of_command = {each for each in new if "spell" in Path(each).stem.split("_")}
    lists_of_check, golden_and_index = 2, 2
    page_and_changelog = 2

    assert len(of_check) + lists_of_check + golden_and_index == 6
    assert len(of_command) + page_and_changelog == 4
    for pack in ("lang-cy", "natural-cy", "cl"):
        folder = next((copy / "rules").rglob(f"{pack}.optout")).parent
        user = 1
        assert len([*folder.iterdir()]) + user == 3


def _files(root: Path) -> list[Path]:
    """Return the files of the folders that are copied, without byte code."""
    return [
        path
        for folder in COPIED
        for path in (root / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]


def test_a_new_check_passes_the_tests_of_checks(copy: Path) -> None:
    run(copy, "-m", "tests.docs.pages")
    pytest_of(copy, f"{CHECK}/test_golden.py", "-k", "O499", "--rewrite")
    files = [f"{CHECK}/test_{each}.py" for each in ("golden", "pages", "registry")]
    passed = pytest_of(copy, *files, "tests/docs/test_codes_page.py", "-k", "O499 or not O")
    assert " passed" in passed


def test_a_new_command_passes_the_tests_of_commands(copy: Path) -> None:
    run(copy, "-m", "tests.docs.pages")
    files = ("tests/interfaces/cli/test_spell.py", "tests/docs/test_cli_page.py")
    assert " passed" in pytest_of(copy, *files)
    program = "import sys; from optoutlang.interfaces.cli.main import main; sys.exit(main())"
    assert "Print the canonical text" in run(copy, "-c", program, "--help")


def test_new_modules_are_laid_out_and_pass_the_linter(copy: Path) -> None:
    ruff = shutil.which("ruff", path=str(Path(sys.executable).parent))
    assert ruff is not None
    for command in (("format", "--no-cache", "--check"), ("check", "--no-cache")):
        done = subprocess.run(
            [ruff, *command, "src", "tests/interfaces"], cwd=copy, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stdout


def test_a_new_pack_passes_the_tests_of_packs(copy: Path) -> None:
    packs = " or ".join(f"[{each}]" for each in ("lang-cy", "natural-cy", "cl"))
    passed = pytest_of(copy, "tests/language/packs/test_rules.py", "-k", packs)
    assert " passed" in passed


def test_a_new_pack_is_used_by_all_packs_together_in_order(copy: Path) -> None:
    for user, pack in (("world", "lang-cy"), ("world", "cl"), ("natural", "natural-cy")):
        lines = (copy / "rules" / user / f"{user}.optout").read_text("utf-8").splitlines()
        at = lines.index(f'use "{pack}"')
        assert lines[at - 1] < lines[at] < lines[at + 1]


def test_a_new_pack_is_laid_out_as_the_formatter_would(copy: Path) -> None:
    folders = ("rules/languages/cy", "rules/countries/cl", "rules/world", "rules/natural")
    program = "import sys; from optoutlang.interfaces.cli.main import main; sys.exit(main())"
    run(copy, "-c", program, "fmt", "--check", *folders)


@pytest.mark.parametrize(
    ("code", "name"),
    [("O406", "shouted-reply"), ("O499", "url-shortener"), ("X1", "a"), ("O499", "Shouted")],
)
def test_a_code_or_name_that_is_taken_or_malformed_is_refused(code: str, name: str) -> None:
    with pytest.raises(NotWrittenError, match=r"taken|such as"):
        new_check(ROOT, code=code, name=name)


@pytest.mark.parametrize("name", ["us", "lang-es", "natural-es", "Lang-cy", "lang-", "cy-lang", ""])
def test_a_pack_that_exists_or_has_no_right_name_is_refused(name: str) -> None:
    with pytest.raises(NotWrittenError, match=r"exists|such as"):
        new_pack(ROOT, name=name, title="")


@pytest.mark.parametrize("name", ["match", "two words", "Match", ""])
def test_a_command_that_exists_or_has_no_right_name_is_refused(name: str) -> None:
    with pytest.raises(NotWrittenError, match=r"exists|such as"):
        new_command(ROOT, name=name)
