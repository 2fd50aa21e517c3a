"""Frames that are effective in one context of one of two programs only: stated, or taken back, there."""

from __future__ import annotations

from collections.abc import Mapping

from optoutlang.analysis.differences.framed import frame_contents
from optoutlang.runtime.program import Frame, Origin, Program

Scope = str | None

Identity = tuple[str, str, str]
"""A frame's action, language and spelling."""


class FrameStatements:
    """Compares the frames of two programs context by context."""

    def __init__(self, old: Program, new: Program) -> None:
        self._programs = old, new
        self._meant = frame_contents(old), frame_contents(new)

    def differing(self, scope: Scope) -> dict[Identity, tuple[Origin | None, Origin | None]]:
        """Return the frames that one program has in a context, with the origin in each; changes of the base once."""
        owns = [each.overlay(scope) for each in self._programs]
        if scope is not None and not any(own.frames or own.absent.frames for own in owns):
            return {}
        known, inherited = self._effective(scope), self._effective(None)
        sides: dict[Identity, list[Origin | None]] = {}
        for side in (0, 1):
            for content, frame in known[side].items():
                if content in known[1 - side]:
                    continue
                of_base = content in inherited[side] and content not in inherited[1 - side]
                if scope is None or not of_base:
                    origin = frame.origin
                    identity = frame.action.value, origin.language, origin.spelling
                    sides.setdefault(identity, [None, None])[side] = origin
        return {identity: (before, after) for identity, (before, after) in sides.items()}

    def _effective(self, scope: Scope) -> list[Mapping[object, Frame]]:
        return [
            {
                meant[number]: program.frames.frames[number]
                for number in program.context(scope).frames
            }
            for program, meant in zip(self._programs, self._meant, strict=True)
        ]
