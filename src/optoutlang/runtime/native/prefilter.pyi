from collections.abc import Callable, Iterable, Mapping, Sequence

from optoutlang.runtime.native.tables import Row, Tables
from optoutlang.runtime.terms import Decision

class Characters:
    def __init__(
        self,
        *,
        folds: Mapping[int, int],
        expansions: Mapping[int, str],
        dropped: Iterable[tuple[int, int]],
        classes: Iterable[tuple[int, int, int]],
        orders: Mapping[int, int],
        compositions: Iterable[tuple[int, int, int]],
        breaks: str,
        quotes: str,
        before_opening: str,
        behind_closing: str,
        heads: Iterable[str],
        look_alikes: Mapping[int, int],
    ) -> None: ...

class Prefilter:
    def __init__(
        self, characters: Characters, tables: Tables, unquoted: Callable[[str], str]
    ) -> None: ...
    def steps(self, text: str, fillers: int) -> int: ...
    def rows(self, tokens: Sequence[str]) -> set[Row] | None: ...
    def column(
        self,
        texts: object,
        offsets: object,
        large: bool,  # as a C function takes it
        first: int,
        fillers: object,
        found: object,
    ) -> None: ...

class Scope:
    def __init__(
        self,
        prefilter: Prefilter,
        *,
        fillers: int,
        always: int,
        decide: Callable[[int, str, str | None], Decision | None],
    ) -> None: ...

class FastPath:
    def _set_scopes(self, scopes: dict[str | None, Scope]) -> None: ...
    def _match_each(self, texts: list[str]) -> list[Decision | None]: ...
    def match(
        self,
        text: str,
        *,
        country: str | None = None,
        language: str | None = None,
        strict: bool = False,
        payload: str | bytes | None = None,
    ) -> Decision | None: ...
