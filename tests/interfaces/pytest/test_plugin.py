"""The pytest plugin: what is collected, what failures say, what switches it off; each in a run of pytest of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import optoutlang.interfaces.pytest.nodes  # noqa: F401  # loaded here, lest a run of its own load it twice

RULES = """\
ruleset acme

opt-out { reply "Bye." }

country MX { prefer es language es { opt-out { keywords "BAJA" } } }

test "Mexico answers in Spanish" {
  "Baja."   from MX           -> opt-out in es
  "Baja."                     -> none
  "Baja."                     -> none
  "stop\\u{200B}" prefer fr-CA -> opt-out reply none
}

test "nothing" {
  "a::b [c]" -> none
}
"""
NODES = (
    'Mexico answers in Spanish::"Baja." from MX',
    'Mexico answers in Spanish::"Baja."',
    'Mexico answers in Spanish::"Baja." (2)',
    'Mexico answers in Spanish::"stop\\u200b" prefer fr-CA',
    'nothing::"a::b [c]"',
)


@pytest.fixture
def rules(pytester: pytest.Pytester) -> Path:
    path = pytester.path / "acme.optout"
    path.write_text(RULES, encoding="utf-8")
    return path


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """Run pytest as a strict project does: warnings are errors; but this process has loaded the package already."""
    return pytester.runpytest_inprocess(
        "-W", "error", "-W", "ignore::pytest.PytestAssertRewriteWarning",
        "--import-mode=importlib", "--strict-markers", *arguments,
    )  # fmt: skip


@pytest.mark.usefixtures("rules")
def test_every_case_is_a_test_with_a_telling_name(pytester: pytest.Pytester) -> None:
    shown = run(pytester, "--collect-only", "-q").outlines
    assert shown[: len(NODES)] == [f"acme.optout::{each}" for each in NODES]


@pytest.mark.usefixtures("rules")
def test_the_verbose_output_keeps_the_names(pytester: pytest.Pytester) -> None:
    run(pytester, "-v").stdout.fnmatch_lines([f"acme.optout::{NODES[0]} PASSED*"])


@pytest.mark.usefixtures("rules")
def test_a_failure_says_where_what_and_why(pytester: pytest.Pytester) -> None:
    result = run(pytester)
    result.assert_outcomes(passed=4, failed=1)
    shown = result.outlines
    start = shown.index('acme.optout:11: "stop\\u200b" prefer fr-CA')
    assert shown[start + 1 : start + 4] == [
        "  expected  opt-out reply none",
        '  got       opt-out reply "Bye."',
        "  why       opt-out by STOP (exact, en, pack:standard/standard.optout:11): decides",
    ]
    assert "Mexico answers in Spanish" in shown[start - 1]
    assert not [line for line in shown if "pytest_nodes" in line]


@pytest.mark.parametrize("node", NODES[:3])
@pytest.mark.usefixtures("rules")
def test_a_case_can_be_asked_for_by_its_name(pytester: pytest.Pytester, node: str) -> None:
    run(pytester, f"acme.optout::{node}").assert_outcomes(passed=1)


@pytest.mark.usefixtures("rules")
def test_blocks_words_and_the_marker_select_cases(pytester: pytest.Pytester) -> None:
    run(pytester, "acme.optout::nothing").assert_outcomes(passed=1)
    run(pytester, "-k", "Mexico and fr-CA").assert_outcomes(failed=1, deselected=4)
    run(pytester, "-m", "not optout").assert_outcomes(deselected=5)


def test_a_file_with_errors_cannot_be_collected_and_says_why(pytester: pytest.Pytester) -> None:
    (pytester.path / "bad.optout").write_text("opt-out { remove STOP }", encoding="utf-8")
    result = run(pytester)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["error?O201?: `STOP` can never be removed", " --> *bad.optout:1:18", "*1 | *remove STOP*"]
    )


def test_a_file_without_test_blocks_is_no_error(pytester: pytest.Pytester, rules: Path) -> None:
    rules.write_text("ruleset quiet", encoding="utf-8")
    assert run(pytester).ret is pytest.ExitCode.NO_TESTS_COLLECTED


@pytest.mark.parametrize(
    ("setting", "count"),
    [("*.optout", 5), ("rules/*.optout", 0), ("", 0), ("other.optout acme.optout", 5)],
)
@pytest.mark.usefixtures("rules")
def test_a_setting_says_which_files_are_read(
    pytester: pytest.Pytester, setting: str, count: int
) -> None:
    pytester.makeini(f"[pytest]\noptout_files = {setting}")
    shown = run(pytester, "--collect-only", "-q").outlines
    assert len([line for line in shown if "::" in line]) == count


@pytest.mark.usefixtures("rules")
def test_the_plugin_can_be_switched_off(pytester: pytest.Pytester) -> None:
    assert run(pytester, "-p", "no:optoutlang").ret is pytest.ExitCode.NO_TESTS_COLLECTED


@pytest.mark.slow
@pytest.mark.usefixtures("rules")
def test_cases_run_beside_other_tests_in_several_processes(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_one(): pass")
    result = pytester.runpytest_subprocess("-n", "2", "-W", "error")
    result.assert_outcomes(passed=5, failed=1)


@pytest.mark.usefixtures("rules")
def test_without_the_authoring_half_the_error_says_what_to_install(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "optoutlang.interfaces.pytest.nodes", None)
    result = run(pytester)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*pip install *click*-p no:optoutlang*"])


def test_a_run_without_rule_files_loads_no_authoring_module(tmp_path: Path) -> None:
    program = (
        "import sys, pytest\n"
        "pytest.main(['-q', '-p', 'no:hypothesispytest'])\n"
        "assert 'optoutlang.interfaces.pytest.plugin' in sys.modules\n"
        "found = {'lark', 'click', 'rich', 'optoutlang.language.driver', 'optoutlang.testing'} & set(sys.modules)\n"
        "assert not found, found\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=tmp_path, capture_output=True)
