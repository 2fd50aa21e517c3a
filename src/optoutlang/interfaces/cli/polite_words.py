"""Words of politeness by language: the starter file declares them as filler."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from optoutlang.language.words.negations import ends_negating
from optoutlang.runtime.canonical import tokens
from optoutlang.runtime.terms.language import lookup

POLITE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ar": ("من فضلك", "لو سمحت", "شكرا"),
        "bg": ("моля", "благодаря"),
        "ca": ("si us plau", "sisplau", "gràcies"),
        "cs": ("prosím", "děkuji", "díky"),
        "da": ("venligst", "tak"),
        "de": ("bitte", "danke", "vielen dank"),
        "el": ("παρακαλώ", "ευχαριστώ"),
        "en": ("please", "pls", "thanks", "thank you"),
        "es": ("por favor", "porfa", "gracias"),
        "fi": ("kiitos", "kiitti"),
        "fr": ("svp", "s'il vous plaît", "stp", "merci"),
        "he": ("בבקשה", "תודה"),
        "hi": ("कृपया", "धन्यवाद"),
        "hr": ("molim", "hvala"),
        "hu": ("kérem", "köszönöm"),
        "id": ("tolong", "mohon", "terima kasih"),
        "it": ("per favore", "per piacere", "grazie"),
        "ja": ("お願いします", "ありがとう"),
        "ko": ("부탁드립니다", "감사합니다"),
        "ms": ("tolong", "sila", "terima kasih"),
        "nb": ("vennligst", "takk"),
        "nl": ("alstublieft", "alsjeblieft", "aub", "bedankt"),
        "pl": ("proszę", "dziękuję", "dzięki"),
        "pt": ("por favor", "obrigado", "obrigada"),
        "ro": ("vă rog", "te rog", "mulțumesc"),
        "ru": ("пожалуйста", "спасибо"),
        "sk": ("prosím", "ďakujem"),
        "sr": ("молим", "хвала"),
        "sv": ("snälla", "tack"),
        "tr": ("lütfen", "teşekkürler"),
        "uk": ("будь ласка", "дякую"),
        "vi": ("làm ơn", "cảm ơn"),
        "zh": ("请", "谢谢"),
    }
)
"""By BCP 47 tag; where a language is not here, its starter has no filler of its own."""


def polite_words(languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the polite words of languages, in their order, each once; none that denies in another of them.

    `tak` is thanks in Danish, and not in Indonesian.
    """
    found: dict[str, None] = {}
    for language in languages:
        tag = lookup(language, POLITE)
        found |= dict.fromkeys(() if tag is None else POLITE[tag])
    return tuple(
        word
        for word in found
        if not any(ends_negating(tokens(word), language) for language in languages)
    )
