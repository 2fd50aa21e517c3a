"""The kinds of findings about settings. An id is never reused."""

from __future__ import annotations

from optoutlang.language.diagnostics.diagnostic import Code, Severity

_E, _W = Severity.ERROR, Severity.WARNING

NOT_TOML = Code("G001", "not-toml", _E, "the settings are no TOML")
UNKNOWN = Code("G002", "unknown-setting", _E, "there is no such setting")
MISSING = Code("G003", "missing-setting", _E, "a setting is missing")
WRONG = Code("G004", "wrong-value", _E, "a setting has a wrong value")
NO_SECRET = Code("G005", "missing-secret", _E, "a secret is not there")
TWICE = Code("G006", "said-twice", _E, "two things have one name")
NO_SUCH = Code("G007", "no-such-thing", _E, "a setting names what is not there")
ADVICE = Code("G010", "not-advised", _W, "allowed, and not advised")
