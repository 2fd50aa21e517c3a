"""The few words, languages and texts of generated rule files: they meet all the time."""

from __future__ import annotations

LANGUAGES = ("en", "es", "es-MX", "fr", "zh-Hant")
COUNTRIES = ("MX", "CO")
ACTIONS = ("opt-out", "opt-in", "help")
VARIABLES = ("brand", "what")

OFTEN = ("FOO", "BAR", "YES", '"FOO BAR"')
SPELT = ('"FOO FOO"', '"foo bar foo"', "FOO-BAR", "F-O-O", '"Foo!"', "fóo", "ｆｏｏ", '"b a r"')
OTHERS = ("FOOBAR", "QUX", '"停 订"', "停订", '"🛑"', '"🛑🛑"', "हिन्दी", '"don\'t"', '"stop foo"')
EVERYDAY = (
    "SEIS",
    "BASTA",
    '"NO MÁS"',
    "SÍ",
    "SIMAMA",
    '"si mama"',
    "FIN",
    "ALTA",
    "RÉSUMÉ",
    "YES",
)
"""Keywords that are everyday words of some languages, which are drawn where these are ignored."""

INHERITED = ("CANCEL", "END", "YES", "INFO", "UNSUBSCRIBE", "STOP", "Start", "help")
KEYWORDS = OFTEN * 5 + SPELT + OTHERS + INHERITED
ANSWERED = (*OFTEN, *OTHERS, "HOURS", '"bar pls"')
FILLERS = (
    "pls",
    '"thank you"',
    "thank",
    "foo",
    "now",
    '"bar qux"',
    '"🙏"',
    '"pls pls"',
    '"."',
    "你",
)
WORDS = ("foo", "bar", "qux", "pls", "me", "stop", "no", "停", "thank")
REPLIES = (
    *('reply "one"', 'reply "two"', 'reply "{brand}!"', "reply none", 'reply "{what}"'),
    *('reply to FOO "three"', 'reply to BAR, YES "four"', 'reply to "FOO BAR" none'),
    *('reply "hi {{name}}"', 'reply "{{link}} {{name}}?"'),
    *('reply to STOP "five"', 'reply to help "six"', 'reply to INFO "{brand}?"'),
)
BUTTONS = ('"OptOut"', '"optout"', '"OptOut "', '"STOP"', '"foo"', '"\\n🛑"', '"OPT_IN/1"')
TOLERANCES = ("typos", "lookalikes", "stretches", "numbers")
VALUES = ('"foo"', '"(foo|bar)"', '"[pls] qux"', '"Acme"')
