"""Shipped packs, each checked and compiled once in a process: most of what tests of packs cost is that."""

from __future__ import annotations

from functools import cache

from optoutlang.language.driver.compile import Checked, check_path, compile_checked
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.packs import pack_path
from optoutlang.runtime.matcher.matcher import Matcher


@cache
def checked(pack: str) -> Checked:
    """Return a pack's ruleset and what the checks say of it."""
    return check_path(pack_path(pack))


def ruleset(pack: str) -> Ruleset:
    """Return the ruleset of a pack, which has no errors."""
    found = checked(pack).ruleset
    assert found is not None, pack
    return found


@cache
def matcher(pack: str) -> Matcher:
    """Return the matcher of a pack."""
    return Matcher(compile_checked(checked(pack)))
