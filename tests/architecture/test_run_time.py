"""The embedded half loads nothing of the authoring half: asked of a fresh interpreter, as a user would start one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import optoutlang
from optoutlang.language.packs import pack_path

AUTHORING = {"lark", "click", "rich", "rapidfuzz", "wcwidth", "phonenumbers", "hypothesis"}
AUTHORING_HALF = {
    *("language." + each for each in "syntax model checks compiler driver reference".split()),
    *("analysis", "testing", "interfaces"),
}

LIST_MODULES = "\nimport sys\nprint(*sorted(sys.modules), sep='\\n')"


def modules_after(program: str, *arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", program + LIST_MODULES, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def authoring_parts(modules: set[str]) -> set[str]:
    """Return the parts of the authoring half that are among some modules."""
    names = {each.removeprefix("optoutlang.") for each in modules if each.startswith("optoutlang.")}
    return {
        part for part in AUTHORING_HALF if any(f"{each}.".startswith(f"{part}.") for each in names)
    }


@pytest.fixture
def artefact(tmp_path: Path) -> Path:
    path = tmp_path / "us.optoutc"
    path.write_bytes(optoutlang.load(pack_path("us")).to_bytes())
    return path


def test_importing_the_package_loads_no_authoring_module() -> None:
    modules = modules_after("import optoutlang")
    assert not modules & AUTHORING
    assert not authoring_parts(modules)


def test_matching_an_artefact_loads_no_authoring_module(artefact: Path) -> None:
    program = (
        "import sys, optoutlang\n"
        "matcher = optoutlang.load(sys.argv[1])\n"
        "assert matcher.match('Stop.').action is optoutlang.Action.OPT_OUT"
    )
    modules = modules_after(program, str(artefact))
    assert not modules & AUTHORING
    assert not authoring_parts(modules)


def test_matching_an_artefact_from_the_command_line_loads_click_and_no_parser(
    artefact: Path,
) -> None:
    program = (
        "import sys\n"
        "from optoutlang.interfaces.cli.main import main\n"
        "sys.argv[0] = 'optout'\n"
        "assert main() == 0"
    )
    modules = modules_after(program, "match", str(artefact), "STOP")
    assert not modules & (AUTHORING - {"click"})
    assert authoring_parts(modules) <= {"interfaces", "analysis"}
