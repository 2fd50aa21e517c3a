"""The pytest plugin: every case of the `test` blocks of `.optout` files is a test.

It is loaded at the start of every run, so the authoring half is imported only
when a file is collected. `-p no:optoutlang` switches it off, and the setting
`optout_files` says which files are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from optoutlang.runtime.terms.extra import install_command


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the setting `optout_files`."""
    parser.addini(
        "optout_files",
        "globs of the rule files whose `test` blocks are run; an empty list switches that off",
        type="args",
        default=["*.optout"],
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker that every case has, for `-m optout`."""
    config.addinivalue_line("markers", "optout: a case of a `test` block of an .optout file")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the rule files that `optout_files` names."""
    if file_path.suffix != ".optout":
        return None
    if not any(map(file_path.match, parent.config.getini("optout_files"))):
        return None
    try:
        # Here, not above: a run without rule files must not wait for the authoring half, nor need it.
        from optoutlang.interfaces.pytest.nodes import RuleFile  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        unread: UnreadFile = UnreadFile.from_parent(parent, path=file_path)
        unread.missing = missing.name
        return unread
    return RuleFile.from_parent(parent, path=file_path)


class UnreadFile(pytest.File):
    """A rule file that nothing here can read: it is an error, for tests that do not run prove nothing."""

    missing: str | None = None

    def collect(self) -> Iterator[pytest.Item]:
        """Say what to install, and how to leave such files alone."""
        raise self.CollectError(
            f"rule files need `{self.missing}` of the extra `author`, which is not installed: "
            f"{install_command('author')}  (to leave them alone: -p no:optoutlang)"
        )
