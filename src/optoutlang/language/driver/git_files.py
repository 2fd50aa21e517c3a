"""Source files as they were in a revision of a Git repository."""

from __future__ import annotations

import errno
import subprocess
from pathlib import Path

from optoutlang.language.driver.files import DISK


class GitError(Exception):
    """There is no Git, no repository, or no such revision."""


class GitFiles:
    """Reads the files of a repository as they were in a revision, and all other files from the disk.

    `revision` is what `git rev-parse` takes, `folder` any folder of the
    repository. A link is followed as it stands on the disk.

    Raises:
        GitError: the folder is in no repository, or the repository has no such revision.
    """

    def __init__(self, revision: str, folder: Path) -> None:
        self._top = Path(_git(folder, "rev-parse", "--show-toplevel").decode().strip()).resolve()
        commit = _git(
            folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )
        self.commit = commit.decode().strip()

    def read(self, path: Path) -> bytes:
        """Return the content of a file.

        Raises:
            OSError: it cannot be read, or the revision does not have it.
        """
        resolved = self.resolve(path)
        if not resolved.is_relative_to(self._top):
            return DISK.read(path)
        relative = resolved.relative_to(self._top).as_posix()
        try:
            return _git(self._top, "cat-file", "blob", f"{self.commit}:{relative}")
        except GitError as error:
            reason = f"no such file in revision {self.commit[:12]}"
            raise FileNotFoundError(errno.ENOENT, reason, str(path)) from error

    def resolve(self, path: Path) -> Path:
        """Return an absolute path with its links followed; in a circle of links, as far as that goes."""
        return DISK.resolve(path)


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603  # no shell, and `--end-of-options` before what the user gave
            ["git", "-C", str(folder), *arguments],  # noqa: S607  # the user's own Git, as the shell finds it
            capture_output=True,
            check=True,
        )
    except FileNotFoundError as error:
        raise GitError("`git` is not installed") from error
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise GitError(reason or "no such revision") from error
    return done.stdout
