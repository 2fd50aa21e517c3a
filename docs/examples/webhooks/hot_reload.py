"""Rules that are exchanged while a service runs: the file is replaced, the next message is read by the new rules."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from optoutlang import ArtefactError, CompileError, Matcher, load

LOG = logging.getLogger(__name__)


class RulesFile:
    """The matcher of a file, made anew when the file changes.

    Rules that cannot be loaded are logged, and the ones before stay: no message waits for a correction. Replace the
    file as a whole, as `optout compile -o` does. Threads may share one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._seen = self._state()
        self._matcher = load(path)  # a service that cannot load any rules must not start

    def current(self) -> Matcher:
        """Return the matcher; a look at the file costs some microseconds."""
        state = self._state()
        if state != self._seen:
            with self._lock:
                if state != self._seen:
                    self._exchange(state)
        return self._matcher

    def _exchange(self, state: tuple[int, ...] | None) -> None:
        try:
            self._matcher = load(self._path)
            LOG.info("rules %s", self._matcher.digest)
        except (OSError, ArtefactError, CompileError):
            LOG.exception("the rules stay as they were")
        self._seen = state

    def _state(self) -> tuple[int, ...] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino
