"""Words that turn what is said beside them into its opposite, by language."""

from __future__ import annotations

from functools import cache

from optoutlang.runtime.canonical import tokens

_BY_LANGUAGE = {
    "en": "not don't dont never no cannot can't won't doesn't didn't isn't aren't without",
    "es": "no nunca jamás ni tampoco sin",
    "fr": "ne pas n jamais non sans plus",
    "pt": "não nunca jamais nem sem",
    "it": "non mai senza",
    "ca": "no mai sense",
    "gl": "non nunca sen",
    "ro": "nu niciodată fără",
    "de": "nicht nie niemals kein keine keinen keiner keines ohne",
    "nl": "niet geen nooit zonder",
    "af": "nie nooit",
    "da": "ikke ingen aldrig uden",
    "nb": "ikke ingen aldri uten",
    "nn": "ikkje ingen aldri",
    "sv": "inte ej aldrig ingen inga utan",
    "is": "ekki aldrei",
    "fi": "ei en et älä älkää ilman",
    "et": "ei ära ärge mitte",
    "hu": "nem ne soha nélkül",
    "pl": "nie nigdy bez",
    "cs": "ne nikdy bez",
    "sk": "nie nikdy bez",
    "hr": "ne nikada nikad nemoj nemojte bez",
    "sr": "ne nikada nemoj nemojte не никада немој немојте",
    "sl": "ne nikoli brez",
    "bg": "не никога недей недейте без",
    "ru": "не никогда нет без",
    "uk": "не ніколи ні без",
    "mk": "не никогаш",
    "lt": "ne niekada",
    "lv": "ne nekad",
    "el": "δεν δε μην μη ποτέ όχι χωρίς",
    "sq": "nuk mos kurrë",
    "tr": "değil asla",
    "ar": "لا لن لم ليس ما بدون",
    "fa": "نه نکن هرگز",
    "he": "לא אל אף בלי",
    "hi": "नहीं मत ना न nahi mat",
    "bn": "না নয়",
    "ur": "نہیں مت نہ",
    "id": "tidak jangan bukan tanpa tak",
    "ms": "tidak jangan bukan tanpa tak",
    "fil": "hindi huwag wag",
    "vi": "đừng chưa chẳng",
    "sw": "si usi msi",
    "zh": "不 别 別 没 沒 未 勿",
    "ja": "ない",
    "ko": "안 못 말고",
}
"""Negations as written, hand-made. Left out is what is no negation at the end: `すみません`, `được không`."""


@cache
def negations(language: str) -> frozenset[tuple[str, ...]]:
    """Return the negations of a BCP 47 tag's base language, as rows of tokens; none for a language without a list."""
    base = language.partition("-")[0].lower()
    return frozenset(tokens(each) for each in _BY_LANGUAGE.get(base, "").split())


def ends_negating(row: tuple[str, ...], language: str) -> bool:
    """Tell whether a row of tokens is a negation, or ends with one: what comes next is then denied."""
    return any(row[-len(each) :] == each for each in negations(language))
