"""Strings of characters that meddle with one another."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

JAMO = "\u1100\u1112\u1113\u115f\u1160\u1161\u1175\u1176\u11a7\u11a8\u11c2\u11c3\uac00\uac01\ud7a3\u3131\uffa1\uffc2"
KEPT = (
    "\u3099\u309a\uff9e\uff9f\u0928\u0929\u0915\u0958\u093c\u094d\u093e\u09c7\u09be\u09cb\u0bc6\u0bbe\u0c46\u0c48"
    "\u0c4d\u0c56\u0cc6\u0cc2\u0cca\u0cd5\u0dd9\u0dcf\u0dca\u0dda\u0ddd\u0f71\u0f72\u0f73\u0f77\u0f43\u1025\u102e"
    "\u0e48\u0e38\u0e33\u0eb3\u1b05\u1b35\U00011099\U000110ba\U00011131\U00011127\U0001133b\U000115b8\U000115af"
)
DROPPED = "\u0301\u0327\u0338\u0345\u034f\u20dd\u20e3\u0651\u05b8\u0640\u200b\u200c\u200d\ufe0f\xad\U0001f3fb\U000e0041"
SEPARATING = " \n.-_\u00a0\u00a8\u037a\u2026\u30fb\u3000\x00\ud800\udc00\udfff\ue000\u0378"
APOSTROPHES = "'`\u00b4\u1ffd\u2019\u02bc\u02b9\u0374\u2033\uff07\u0149"
LETTERS = "aßİıŁǆŒæΣςᾳΐйёآىیةカかガｶ退㍿豈ก๑ກកမŸ\ufb01\ufdfa\ufefb\u1e9b\u2126𝗦𠮷"
NUMBERS = "1٣۱१①½Ⅷ〇㊿"
SYMBOLS = "🛑👎$+^≠™⺀🇲"

JOSTLING = st.sampled_from(
    JAMO + KEPT + DROPPED + SEPARATING + APOSTROPHES + LETTERS + NUMBERS + SYMBOLS
)
nasty_texts = st.text(st.one_of(JOSTLING, JOSTLING, JOSTLING, st.characters()), max_size=30)
"""Any strings, lone surrogates too, most of them of characters that jostle."""

assigned_texts = nasty_texts.map(
    lambda text: "".join(char for char in text if unicodedata.category(char) != "Cn")
)
"""The same without what this Python's Unicode does not know."""
