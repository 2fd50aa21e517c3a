"""The folder of kept results: damage, foreign files, two processes, limits, and folders that cannot be written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optoutlang.language.driver.cache import Cache

KEY = "0" * 64
OTHER = "1" * 64


def entry_files(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and path.name != "CACHEDIR.TAG"
    )


def test_what_was_put_is_got(tmp_path: Path) -> None:
    Cache(tmp_path).put(KEY, b"content")
    assert Cache(tmp_path).get(KEY) == b"content"
    assert Cache(tmp_path).get(OTHER) is None


def test_the_later_of_two_entries_with_one_key_stays(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(KEY, b"one")
    cache.put(KEY, b"two")
    assert cache.get(KEY) == b"two"
    assert cache.info().entries == 1


@given(data=st.data())
def test_any_change_of_an_entry_makes_it_absent(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    Cache(folder).put(KEY, b"some content")
    (path,) = entry_files(folder)
    sound = path.read_bytes()
    place = data.draw(st.integers(0, len(sound) - 1))
    damaged = data.draw(
        st.sampled_from(
            [
                sound[:place],
                sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :],
                sound[:place] + b"x" + sound[place:],
                sound + b"x",
            ]
        )
    )
    path.write_bytes(damaged)
    assert Cache(folder).get(KEY) is None


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_bytes(b"")
    cache = Cache(in_the_way)
    cache.put(KEY, b"content")
    assert cache.get(KEY) is None
    assert cache.info().entries == cache.clear().entries == 0


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs permissions that hold")
def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    Cache(tmp_path).put(KEY, b"content")
    assert Cache(tmp_path).get(KEY) is None


def test_entries_that_were_not_used_go_first_when_the_limit_is_passed(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=1000)
    keys = [f"{number:064x}" for number in range(3)]
    for age, key in zip((300, 200, 100), keys, strict=True):
        cache.put(key, bytes(235))  # and a head of 65 bytes
        (path,) = (each for each in entry_files(tmp_path) if each.name == key)
        os.utime(path, (path.stat().st_atime, path.stat().st_mtime - age))
    assert cache.get(keys[0]) is not None  # it is the one that was used last
    cache.put(OTHER, bytes(235))
    assert [key for key in (*keys, OTHER) if cache.get(key) is not None] == [keys[0], OTHER]
    assert cache.info().size <= 1000


def test_clearing_removes_entries_and_no_other_file(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(KEY, b"content")
    folder = cache.info().folder
    foreign = [tmp_path / KEY, folder / "notes.txt", folder / "abc"]
    for path in foreign:
        path.write_bytes(b"mine")
    (folder / f".{KEY}.00ff00ff").write_bytes(b"a process that ended too soon")
    assert cache.clear().entries == 2
    assert all(path.is_file() for path in foreign)
    assert cache.get(KEY) is None


def test_processes_that_write_and_read_one_key_see_whole_entries(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from optoutlang.language.driver.cache import Cache\n"
        "cache, mine = Cache(Path(sys.argv[1])), sys.argv[2].encode() * 50_000\n"
        "whole = {b'a' * 50_000, b'b' * 50_000}\n"
        "for _ in range(100):\n"
        f"    cache.put('{KEY}', mine)\n"
        f"    assert cache.get('{KEY}') in whole\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path), letter]) for letter in "ab"
    ]
    assert [each.wait() for each in running] == [0, 0]
    assert Cache(tmp_path).info().entries == 1
