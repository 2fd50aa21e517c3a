"""Compiled rules and the search in them: the run-time half, which needs pyahocorasick alone."""

from __future__ import annotations

from optoutlang.runtime.matcher.answers import Answers
from optoutlang.runtime.matcher.explain import Explanation, Fired
from optoutlang.runtime.matcher.frame_matches import FrameMatch
from optoutlang.runtime.matcher.matcher import Matcher

__all__ = ["Answers", "Explanation", "Fired", "FrameMatch", "Matcher"]
