"""RULES as they were in a revision of a Git repository."""

from __future__ import annotations

from pathlib import Path

from optoutlang import Matcher
from optoutlang.interfaces.cli.exits import Unreadable
from optoutlang.interfaces.cli.inputs.sources import errors_shown, reading
from optoutlang.language.driver.cached import Build
from optoutlang.language.driver.git_files import GitError, GitFiles
from optoutlang.language.driver.root import FileRoot


def compile_revision_or_exit(rules: str, revision: str) -> Matcher:
    """Return the matcher of a file, and of what it uses, in a revision; errors are printed and end the command.

    Raises:
        Unreadable: there is no Git, no repository, no such revision, or the revision has no such file.
    """
    path = Path(rules)
    try:
        files = GitFiles(revision, path.resolve().parent)
    except GitError as error:
        raise Unreadable(f"cannot read `{rules}` in `{revision}`: {error}") from error
    with errors_shown(), reading(rules):
        return Build(FileRoot(path), None, files=files).compile()
