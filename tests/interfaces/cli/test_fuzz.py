"""`optout fuzz`: what holds, what is found, and how it is said; the same seed says the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import optoutlang
from tests.interfaces.cli.runner import START, optout

RULES = """\
ruleset shop
country MX { prefer es language es { opt-out { keywords BAJA } } }
test "Mexico" { "Baja." from MX -> opt-out in es }
"""


@pytest.fixture
def shop(folder: Path) -> Path:
    path = folder / "shop.optout"
    path.write_text(RULES, encoding="utf-8")
    return path


@pytest.fixture
def stale(folder: Path) -> Path:
    """An artefact that was compiled before Mexico had a word of its own."""
    path = folder / "stale.optoutc"
    rules = "ruleset shop country MX { prefer es language es { opt-out { keywords ALTO } } }"
    path.write_bytes(optoutlang.compile(rules).to_bytes())
    return path


def test_sound_rules_keep_every_law_and_the_counts_are_said(shop: Path) -> None:
    result = optout("fuzz", shop, "--seed", "7", "--examples", "10")
    assert result.exit_code == 0
    first, *laws, closing = result.stdout.splitlines()
    assert first == "shop  seed 7"
    assert all(line.startswith("  ok  ") and line.endswith(" sampled)") for line in laws)
    assert closing.startswith("9 laws, ")
    assert closing.endswith(" messages sampled, 0 broken")


def test_a_stale_artefact_is_found_and_the_test_case_is_ready_to_paste(
    shop: Path, stale: Path, folder: Path
) -> None:
    result = optout("fuzz", shop, "--artefact", stale, "--seed", "1", "--examples", "40")
    assert result.exit_code == 1
    shown = result.stdout
    assert (
        '        "BAJA" from MX\n          expected  opt-out in es\n          got       none'
        in shown
    )
    assert "because   shop.optout:3 expects it of 'Baja.'" in shown

    blocks = shown[shown.index("\ntest ") :].rpartition("\n")[0].rpartition("\n")[0]
    (folder / "pasted.optout").write_text(f"{RULES}{blocks}\n", encoding="utf-8")
    assert "3 passed, 0 failed" in optout("test", "pasted.optout").stdout


def test_json_has_each_law_and_its_counterexample(shop: Path, stale: Path) -> None:
    line = ("fuzz", shop, "--artefact", stale, "--seed", "1", "--examples", "40")
    report = json.loads(optout(*line, "--format", "json").stdout)
    assert (report["version"], report["ruleset"], report["seed"]) == (1, "shop", 1)
    broken = {each["law"]: each["counterexample"] for each in report["laws"]}
    assert {name for name, found in broken.items() if found} == {"reference", "tests"}
    assert broken["reference"] == {
        "message": "BAJA",
        "country": "MX",
        "prefer": None,
        "expected": "opt-out in es",
        "got": "none",
        "remark": "",
        "test": broken["reference"]["test"],
    }
    assert {each["method"] for each in report["laws"]} == {"sampled"}


@pytest.mark.slow
def test_the_same_seed_says_the_same_in_every_process(shop: Path, stale: Path) -> None:
    line = ("fuzz", shop, "--artefact", stale, "--seed", "3", "--examples", "15")
    first, second = (
        subprocess.run(
            [*START, *map(str, line)],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=False,
        )
        for hash_seed in ("1", "42")
    )
    assert first.stdout.startswith("shop  seed 3\n")
    assert second.stdout == first.stdout


def test_an_artefact_alone_is_fuzzed_without_its_source(stale: Path) -> None:
    result = optout("fuzz", stale, "--examples", "5")
    assert result.exit_code == 0
    assert "7 laws, " in result.stdout


def test_seconds_limit_the_time(shop: Path) -> None:
    result = optout("fuzz", shop, "--seconds", "1")
    assert result.exit_code == 0
    assert " 0 broken" in result.stdout


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("fuzz", 2),
        ("fuzz us --seconds 1 --examples 1", 2),
        ("fuzz us --seconds 0", 2),
        ("fuzz us --seed x", 2),
        ("fuzz stale.optoutc --artefact stale.optoutc", 2),
        ("fuzz absent.optout", 3),
        ("fuzz shop.optout --artefact absent.optoutc", 3),
        ("fuzz bad.optout", 1),
    ],
)
@pytest.mark.usefixtures("shop", "stale")
def test_a_command_line_ends_with_its_code(folder: Path, line: str, code: int) -> None:
    (folder / "bad.optout").write_text("opt-out { remove STOP }", encoding="utf-8")
    assert optout(*line.split()).exit_code == code


def test_without_hypothesis_the_error_says_what_to_install(shop: Path) -> None:
    program = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "from optoutlang.interfaces.cli.main import main; sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "fuzz", str(shop)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "of the extra `testing`" in done.stderr
    assert "'hypothesis>=6.115'" in done.stderr
