"""The committed tables are what the generator makes, and say so."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from optoutlang.runtime.canonical import (
    TABLES_DIGEST,
    TABLES_VERSION,
    UNICODE_VERSION,
    generate,
    tables,
)

NAMES = (
    "DROPPED", "FOLDED", "FOLDED_TO", "EXPANDED", "EXPANDED_TO", "LETTERS", "NUMBERS", "SINGLES", "MARKS", "SYMBOLS",
    "REORDERED", "CLASSES", "COMPOSITIONS",
)  # fmt: skip
COMMITTED = {name: getattr(tables, name) for name in NAMES}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("tables") / "tables.py"
    assert generate.main(["--file", str(file)]) == 0
    return file


def test_the_digest_is_that_of_the_tables() -> None:
    assert generate.digest(COMMITTED, unicode_version=UNICODE_VERSION) == TABLES_DIGEST
    assert generate.VERSION == TABLES_VERSION


def test_the_digest_depends_on_every_table_and_on_the_unicode_version() -> None:
    others = [COMMITTED | {name: COMMITTED[name][1:]} for name in NAMES]
    digests = [generate.digest(each, unicode_version=UNICODE_VERSION) for each in others]
    digests.append(generate.digest(COMMITTED, unicode_version="9.0.0"))
    assert len({TABLES_DIGEST, *digests}) == len(NAMES) + 2


def test_the_committed_file_is_what_the_generator_writes_of_its_tables() -> None:
    text = generate.render(COMMITTED, unicode_version=UNICODE_VERSION)
    assert generate.COMMITTED.read_text(encoding="ascii") == text


def test_check_agrees_with_the_committed_file_where_this_python_can_tell() -> None:
    same = unicodedata.unidata_version == UNICODE_VERSION
    assert generate.main(["--check"]) == (0 if same else 2)


def test_check_agrees_with_what_was_just_written(made: Path) -> None:
    assert generate.main(["--check", "--file", str(made)]) == 0


def test_check_finds_a_changed_table(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = tmp_path / "tables.py"
    changed.write_text(
        made.read_text(encoding="ascii").replace("EXPANDED", "EXTENDED"), encoding="ascii"
    )
    assert generate.main(["--check", "--file", str(changed)]) == 1
    assert "differ" in capsys.readouterr().err


def test_check_says_that_it_cannot_tell_of_another_unicode(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = unicodedata.unidata_version
    other = tmp_path / "tables.py"
    other.write_text(made.read_text(encoding="ascii").replace(here, "9.0.0"), encoding="ascii")
    assert generate.main(["--check", "--file", str(other)]) == 2
    assert f"this Python has Unicode {here}" in capsys.readouterr().err
