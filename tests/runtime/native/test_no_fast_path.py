"""Without the compiled core a matcher's call hands every message on, with all that was asked."""

from __future__ import annotations

import pytest

from optoutlang.runtime.native.no_fast_path import FastPath
from optoutlang.runtime.terms import Decision


class Asked(FastPath):
    """Keeps what it was asked."""

    def __init__(self) -> None:
        self.questions: list[tuple[str | bytes | bool | None, ...]] = []

    def _matched(
        self,
        text: str,
        country: str | None,
        language: str | None,
        *,
        strict: bool,
        payload: str | bytes | None,
    ) -> Decision | None:
        self.questions.append((text, country, language, strict, payload))
        return None


def test_a_call_hands_on_all_that_is_asked() -> None:
    asked = Asked()
    asked._set_scopes({})  # noqa: SLF001  # the face of the compiled one

    assert asked.match("stop") is None
    assert asked.match("stop", country="US", language="es", strict=True, payload="P") is None
    assert asked.questions == [("stop", None, None, False, None), ("stop", "US", "es", True, "P")]


def test_both_calls_say_the_same_of_themselves() -> None:
    compiled = pytest.importorskip("optoutlang.runtime.native.prefilter")
    assert compiled.FastPath.match.__doc__ == FastPath.match.__doc__
