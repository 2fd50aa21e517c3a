"""Shipped packs, each checked and compiled once in a process: most of what tests of packs cost is that.

Where `make` runs the tests, the processes share the compiled ones: their
artefacts are kept beside the virtual environment, under the digest of all
sources and of the package, and go through all checks of an artefact.
"""

from __future__ import annotations

import os
from functools import cache

from optoutlang.language.driver.cache import FOLDER_VARIABLE, Cache
from optoutlang.language.driver.cached import Build
from optoutlang.language.driver.compile import Checked, check_path
from optoutlang.language.driver.root import FileRoot
from optoutlang.language.model.ruleset import Ruleset
from optoutlang.language.packs import pack_path
from optoutlang.runtime.matcher.matcher import Matcher

CACHE = Cache.of_user() if FOLDER_VARIABLE in os.environ else None
"""Taken when this module is loaded: tests themselves have a folder of their own (conftest.py)."""


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
    return build(pack).compile()


def build(pack: str) -> Build:
    """Return the build of a pack."""
    return Build(FileRoot(pack_path(pack)), CACHE)
