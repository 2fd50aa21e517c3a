"""Kept results are those of a run without a cache, and a change of anything that they rest on makes them anew."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from optoutlang import CompileError, Matcher
from optoutlang.language.driver import cached, fresh
from optoutlang.language.driver.cache import Cache
from optoutlang.language.driver.cached import Build
from optoutlang.language.driver.examples import Outcome
from optoutlang.language.driver.root import BytesRoot, FileRoot, Root, Summary
from optoutlang.language.packs import pack_names, pack_path

SHARED = 'opt-out { keywords "NO MORE" }\n'
ROOT = """ruleset acme
use "us"
use "./shared.optout"
opt-out { keywords STOP }
test "t" { "no more" from US -> opt-out in en }
"""
BROKEN = 'ruleset acme\nuse "./shared.optout"\nopt-out { remove STOP }\n'


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "shared.optout").write_text(SHARED, encoding="utf-8")
    path = tmp_path / "acme.optout"
    path.write_text(ROOT, encoding="utf-8")
    return path


@pytest.fixture
def no_parser(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what makes every run fail from now on that the cache does not answer."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("checked or compiled anew")

    def switch() -> None:
        monkeypatch.setattr(fresh, "check_root", refuse)
        monkeypatch.setattr(fresh, "matcher_of", refuse)

    return switch


Answer = tuple[Summary, bytes | None, tuple[Outcome, ...]]


def answer(root: Root, cache: Cache | None) -> Answer:
    build = Build(root, cache)
    summary = build.check()
    if summary.name is None:
        return summary, None, ()
    return summary, build.compile().to_bytes(), build.test()


def check_twice(root: Root, cache: Cache, no_parser: Callable[[], None]) -> None:
    """Hold that a first and a second run with a cache say what a run without says."""
    without = answer(root, None)
    assert answer(root, cache) == without
    no_parser()
    assert answer(root, cache) == without


@pytest.mark.parametrize(
    "name",
    [
        "standard", "us", "mx", "lang-es", "natural-en",
        *(pytest.param(name, marks=pytest.mark.slow) for name in pack_names()[::40]),
    ],
)  # fmt: skip
def test_the_kept_answer_about_a_pack_is_the_answer(
    name: str, cache: Cache, no_parser: Callable[[], None]
) -> None:
    check_twice(FileRoot(pack_path(name)), cache, no_parser)


@pytest.mark.parametrize(
    "text", [ROOT, BROKEN, "opt-out { keywords", 'use "nosuch"\n', 'use "./no.optout"\n']
)
def test_the_kept_answer_about_a_file_is_the_answer_sound_or_not(
    root: Path, cache: Cache, no_parser: Callable[[], None], text: str
) -> None:
    root.write_text(text, encoding="utf-8")
    check_twice(FileRoot(root), cache, no_parser)


def test_the_kept_answer_about_standard_input_is_the_answer(
    root: Path, cache: Cache, no_parser: Callable[[], None]
) -> None:
    check_twice(BytesRoot(root.read_bytes(), "<stdin>", root.parent), cache, no_parser)


@pytest.mark.parametrize("data", [b"\xff", b'use "./shared.optout"\n# \xff'])
def test_bytes_that_are_no_text_have_the_same_findings_each_time(
    root: Path, cache: Cache, data: bytes
) -> None:
    root.write_bytes(data)
    without = answer(FileRoot(root), None)
    assert [answer(FileRoot(root), cache) for _ in range(2)] == [without] * 2


def test_errors_are_kept_and_raised(root: Path, cache: Cache) -> None:
    root.write_text(BROKEN, encoding="utf-8")
    for _ in range(2):
        with pytest.raises(CompileError, match="O201"):
            Build(FileRoot(root), cache).compile()


def other_text(root: Path) -> None:
    root.write_text(ROOT.replace("STOP", "ENOUGH"), encoding="utf-8")


def other_used_text(root: Path) -> None:
    (root.parent / "shared.optout").write_text(
        'opt-out { keywords "NO MORE", ENOUGH }', encoding="utf-8"
    )


def used_text_gone(root: Path) -> None:
    (root.parent / "shared.optout").unlink()


def used_link_elsewhere(root: Path) -> None:
    used = root.parent / "shared.optout"
    used.rename(root.parent / "old.optout")
    (root.parent / "new.optout").write_text("opt-out { keywords ENOUGH }", encoding="utf-8")
    used.symlink_to("new.optout")


@pytest.mark.parametrize(
    "change", [other_text, other_used_text, used_text_gone, used_link_elsewhere]
)
def test_after_a_change_the_answer_is_the_new_one(
    root: Path, cache: Cache, change: Callable[[Path], None]
) -> None:
    before = answer(FileRoot(root), cache)
    change(root)
    after = answer(FileRoot(root), cache)
    assert after != before
    assert after == answer(FileRoot(root), None)


def test_a_file_that_was_missing_is_seen_when_it_is_there(root: Path, cache: Cache) -> None:
    used = root.parent / "shared.optout"
    used.unlink()
    assert answer(FileRoot(root), cache)[0].name is None
    used.write_text(SHARED, encoding="utf-8")
    assert answer(FileRoot(root), cache)[0].name == "acme"


def test_an_entry_of_another_release_is_not_used(
    root: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(FileRoot(root), cache)
    entries = cache.info().entries
    monkeypatch.setattr(cached, "release_digest", lambda: "another release")
    assert answer(FileRoot(root), cache) == answer(FileRoot(root), None)
    assert cache.info().entries == entries + 1  # the program has its own digest and is the same


def entries_by_kind(cache: Cache) -> tuple[Path, Path]:
    files = [each for each in cache.info().folder.iterdir() if len(each.name) == 64]
    (program,) = (each for each in files if b"optoutc 6\n" in each.read_bytes()[:80])
    (check,) = (each for each in files if each != program)
    return check, program


@pytest.mark.parametrize("kind", [0, 1])
@pytest.mark.parametrize("damage", [b"", b"garbage", None])
def test_a_damaged_entry_is_made_anew(
    root: Path, cache: Cache, kind: int, damage: bytes | None
) -> None:
    without = answer(FileRoot(root), cache)
    path = entries_by_kind(cache)[kind]
    sound = path.read_bytes()
    path.unlink() if damage is None else path.write_bytes(damage)
    assert answer(FileRoot(root), cache) == without
    assert path.read_bytes() == sound


@pytest.mark.parametrize(
    "foreign",
    [
        b"", b"[]", b"null", b"{}", b"\xff", b'{"trace": 7}', b'{"trace": {"files": {}, "links": {}}}',
        json.dumps({"trace": {"files": {}, "links": {}}, "texts": [["a", "a", "/a"]], "name": "a",
                    "diagnostics": [["O999"]], "examples": [], "program": None, "outcomes": None}).encode(),
        json.dumps({"trace": {"files": {}, "links": {}}, "texts": [], "name": 7,
                    "diagnostics": [], "examples": [], "program": [], "outcomes": None}).encode(),
        b"[" * 100_000,
    ],
    ids=range(10),
)  # fmt: skip
def test_a_foreign_entry_with_a_right_digest_is_made_anew(
    root: Path, cache: Cache, foreign: bytes
) -> None:
    without = answer(FileRoot(root), cache)
    cache.put(entries_by_kind(cache)[0].name, foreign)
    assert answer(FileRoot(root), cache) == without


def test_a_program_of_other_rules_under_the_name_of_these_is_made_anew(
    root: Path, cache: Cache
) -> None:
    without = answer(FileRoot(root), cache)
    other = Build(FileRoot(pack_path("mx")), None).compile()
    cache.put(entries_by_kind(cache)[1].name, other.to_bytes())
    assert answer(FileRoot(root), cache) == without


@pytest.mark.parametrize("first", ["check", "compile", "test"])
def test_what_was_asked_first_makes_no_difference(root: Path, cache: Cache, first: str) -> None:
    getattr(Build(FileRoot(root), cache), first)()
    assert answer(FileRoot(root), cache) == answer(FileRoot(root), None)


def test_the_outcome_of_tests_is_kept_with_why(
    root: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    root.write_text(ROOT.replace("opt-out in en }", "help }"), encoding="utf-8")
    without = Build(FileRoot(root), cache).test()
    monkeypatch.setattr(Matcher, "explain", None)
    (kept,) = Build(FileRoot(root), cache).test()
    assert (kept,) == without
    assert not kept.passed
    assert kept.explanation.fired


def test_the_matcher_of_a_kept_program_decides_alike(root: Path, cache: Cache) -> None:
    matchers: list[Matcher] = [Build(FileRoot(root), cache).compile() for _ in range(2)]
    for text in ("STOP", "no more", "help", "hello"):
        first, second = (each.explain(text, country="US") for each in matchers)
        assert first == second


def test_two_processes_at_once_have_the_same_answer(root: Path, cache_folder: Path) -> None:
    environment = {**os.environ, "OPTOUT_CACHE_DIR": str(root.parent / "two")}
    command = [sys.executable, "-m", "optoutlang", "match", str(root), "no more", "--json"]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) for _ in range(2)]
    outputs = {each.communicate()[0] for each in running}
    assert [each.returncode for each in running] == [0, 0]
    assert len(outputs) == 1
    assert b"opt-out" in outputs.pop()
    assert cache_folder.is_dir()
