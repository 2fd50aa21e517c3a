"""A field of a context: how its own value joins the base, and how an artefact holds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from optoutlang.runtime.program.context import Context, ResolvedContext
from optoutlang.runtime.program.wire import Json, ReadPools, WritePools

NOTHING = Context()
"""The overlay of a country that no file names."""

_Own = TypeVar("_Own")
_Joined = TypeVar("_Joined")


@dataclass(frozen=True, slots=True)
class Field(Generic[_Own, _Joined]):
    """One field of a context.

    `name` is its name in an artefact, `label` what reports call it. `own` and
    `resolved` get it from a context; `join` takes what is resolved so far and
    an overlay's own value. `write` returns an own value as JSON, `read` takes
    it back, given what it overlays: the base's own value, or nothing's for the base itself.
    `since` is the language's version that brought it.
    """

    name: str
    label: str
    own: Callable[[Context], _Own]
    resolved: Callable[[ResolvedContext], _Joined]
    join: Callable[[_Joined, _Own], _Joined]
    write: Callable[[_Own, WritePools], Json]
    read: Callable[[object, ReadPools, _Own], _Own]
    since: int = 1

    def is_absent(self, context: Context) -> bool:
        """Whether an artefact leaves the field out: a context that says nothing has the same."""
        return self.own(context) == self.own(NOTHING)

    def written(self, context: Context, pools: WritePools) -> Json:
        """Return a context's own value as JSON."""
        return self.write(self.own(context), pools)

    def read_own(self, content: Mapping[str, object], pools: ReadPools, under: Context) -> _Own:
        """Return the own value of the JSON object of a context that overlays another one.

        Raises:
            MalformedError: the member is not what `written` gives.
        """
        if self.name not in content:
            return self.own(NOTHING)
        return self.read(content[self.name], pools, self.own(under))


class AnyField(Protocol):
    """A field whatever its type: what walks all fields needs no more."""

    @property
    def name(self) -> str:
        """Its name in an artefact."""

    @property
    def label(self) -> str:
        """What reports call it."""

    @property
    def own(self) -> Callable[[Context], object]:
        """What a context itself says."""

    @property
    def resolved(self) -> Callable[[ResolvedContext], object]:
        """What decides."""

    @property
    def since(self) -> int:
        """The language's version that brought it."""

    def is_absent(self, context: Context) -> bool:
        """Whether an artefact leaves the field out."""

    def written(self, context: Context, pools: WritePools) -> Json:
        """Return a context's own value as JSON."""
