"""The packs that come with the project are found by name."""

from __future__ import annotations

import pytest

from optoutlang.language.packs import pack_names, pack_path


def test_names_are_sorted_and_each_has_its_file() -> None:
    names = pack_names()
    assert list(names) == sorted(set(names))
    assert all(pack_path(name).is_file() for name in names)


@pytest.mark.parametrize("name", ["", ".", "..", "no-such-pack", "us/us", "../rules/us"])
def test_other_names_are_lookup_errors(name: str) -> None:
    with pytest.raises(LookupError, match="no pack"):
        pack_path(name)
