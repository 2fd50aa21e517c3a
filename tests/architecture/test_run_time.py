"""The embedded half loads nothing of the authoring half: asked of a fresh interpreter, as a user would start one."""

from __future__ import annotations

import importlib
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


def test_importing_the_package_loads_none_of_its_parts_before_a_name_is_used() -> None:
    assert {each for each in modules_after("import optoutlang") if "optoutlang." in each} == set()


@pytest.mark.parametrize("name", sorted(optoutlang.__all__))
def test_every_public_name_is_what_the_stub_says_it_is(name: str) -> None:
    stub = Path(optoutlang.__file__).with_suffix(".pyi").read_text()
    value = getattr(optoutlang, name)
    if name == "__version__":
        assert f"{name}: {type(value).__name__}\n" in stub
        return
    [line] = [each for each in stub.splitlines() if f" import {name} as {name}" in each]
    assert getattr(importlib.import_module(line.split()[1]), name) is value
    assert name in dir(optoutlang)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'optoutlang' has no attribute 'mtach'"):
        _ = optoutlang.mtach  # type: ignore[attr-defined]


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
