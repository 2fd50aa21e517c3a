"""Rules that change while a gateway runs.

The files are looked at every few seconds. Changed rules are compiled, checked
and proved by another process; only if all of that goes well do they hold, from
the next event on. Requests that are under way keep the rules that they began
with. What is refused is logged once, and the old rules stay.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import structlog

from optoutlang import Matcher
from optoutlang.consent.engine.event import SettingsChanged
from optoutlang.consent.stores.port import StoreError
from optoutlang.interfaces.gateway.gateway import Gateway
from optoutlang.interfaces.gateway.rules.build import RefusedError
from optoutlang.interfaces.gateway.rules.load import STANDARD, Loaded, assembled, sources

_LOG = structlog.get_logger("optoutlang.rules")


class Watch:
    """Looks at the files of rules, and exchanges the rules that changed."""

    def __init__(self, gateway: Gateway, loaded: Loaded) -> None:
        self._gateway = gateway
        self._sources = sources(gateway.settings.rules)
        self._files = dict(loaded.files)
        self._marks = {name: marks(each) for name, each in self._files.items()}
        self._matchers: dict[str, Matcher] = {STANDARD: loaded.rules.standard}
        self._matchers |= {f"service {name}": each for name, each in loaded.rules.custom.items()}

    async def run(self) -> None:
        """Look again and again, until it is cancelled."""
        seconds = self._gateway.settings.rules.reload_seconds
        while seconds:
            await asyncio.sleep(seconds)
            try:
                await self.look()
            except (OSError, StoreError) as error:
                _LOG.error("rules cannot be looked at", error=str(error))

    async def look(self) -> None:
        """Exchange the rules whose files changed since the last look."""
        for name, source in self._sources.items():
            now = marks(self._files[name])
            if now != self._marks[name]:
                self._marks[name] = now
                await self._exchange(name, source, now)

    async def _exchange(self, name: str, source: str, mark: str) -> None:
        old = self._matchers[name]
        try:
            matcher, self._files[name] = await _built(
                source, proved=self._gateway.settings.rules.prove
            )
        except RefusedError as error:
            _LOG.error("rules refused", rules=name, digest=old.digest, reason=str(error))
            return
        self._marks[name] = marks(self._files[name])
        if matcher.digest == old.digest:
            return
        self._matchers[name] = matcher
        self._gateway.use(assembled(self._matchers))
        _LOG.warning("rules changed", rules=name, old_digest=old.digest, new_digest=matcher.digest)
        await self._gateway.record(
            SettingsChanged(
                # Of several processes that see the same change, one records it.
                id=f"rules:{name}:{matcher.digest[:16]}:{mark[:16]}",
                what=f"rules of {name}: {old.digest} to {matcher.digest}",
                by="gateway",
                at=datetime.now(UTC),
            )
        )


def marks(files: Iterable[str]) -> str:
    """Return what changes when one of some files does: times and sizes, as one digest."""
    found = sha256()
    for each in sorted(files):
        try:
            stat = Path(each).stat()
            found.update(f"{each} {stat.st_mtime_ns} {stat.st_size} {stat.st_ino}\n".encode())
        except OSError:
            found.update(f"{each} gone\n".encode())
    return found.hexdigest()


async def _built(source: str, *, proved: bool) -> tuple[Matcher, tuple[str, ...]]:
    """Return the matcher of a source and its files, made by another process.

    Raises:
        RefusedError: the rules must not be used.
    """
    command = [sys.executable, "-m", "optoutlang.interfaces.gateway.rules.build", source]
    process = await asyncio.create_subprocess_exec(
        *command,
        *(["--prove"] if proved else []),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=_environment(os.environ),
    )
    try:
        output, errors = await process.communicate()
    except asyncio.CancelledError:
        process.kill()
        raise
    if process.returncode:
        raise RefusedError(errors.decode("utf-8", "replace").strip() or "the compiler broke off")
    files, _, artefact = output.partition(b"\n")
    matcher = Matcher.from_bytes(artefact)
    matcher.prepare()
    return matcher, tuple(json.loads(files))


def _environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return what a compiler needs of the environment: no secret is among it."""
    names = (
        "PATH",
        "HOME",
        "LANG",
        "LC_ALL",
        "PYTHONPATH",
        "VIRTUAL_ENV",
        "SYSTEMROOT",
        "OPTOUT_CACHE_DIR",
    )
    return {each: environment[each] for each in names if each in environment}
