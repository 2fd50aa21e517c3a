"""Words that people send as an answer to something else: yes, no, thanks, later, a number, a single letter.

Hand-made, for what no list of frequent words tells: not how often a word is
written, but that it is a whole message in everyday conversation. Vietnamese
`đúng` (right) is left out: without its marks it is `dừng` (stop).
"""

from __future__ import annotations

import re

from optoutlang.language.words.ordinary import ordinary
from optoutlang.runtime.canonical import key

_WORDS = """
yes no ok okay k yeah yep yup nope nah sure fine good great cool nice right correct wrong true false
thanks thx ty maybe later now today tomorrow tonight soon never done ready here home busy what who
why when where how hi hello hey bye goodbye lol haha please sorry wait more less same none nothing
sí no vale bueno bien claro gracias quizás luego ahora hoy mañana hola adiós nada listo correcto
oui non d'accord bien merci voilà peut-être demain bonjour salut rien parfait exact
sim não obrigado obrigada talvez depois agora hoje amanhã olá tchau certo beleza
ja nein doch danke gut klar genau vielleicht später morgen heute hallo tschüss richtig falsch
sì certo grazie forse dopo adesso oggi domani ciao niente giusto
ja nee goed dank bedankt prima misschien straks vandaag hallo
nej tack tak takk nei kanske måske kanskje hej hei bra fint
kyllä joo ei kiitos ehkä hyvä moi
tak nie dobrze dzięki może jutro dzisiaj cześć
ano ne jo děkuji díky možná zítra dnes ahoj áno dobre ďakujem
da nu bine mulțumesc mersi poate mâine azi salut
igen nem jó köszönöm talán holnap szia
да нет хорошо ладно спасибо может завтра сегодня привет ні так добре дякую
да не добре благодаря мерси хвала добро
ναι όχι εντάξει ευχαριστώ ίσως αύριο
evet hayır tamam teşekkürler belki yarın bugün merhaba
نعم لا حسنا شكرا ربما غدا مرحبا طيب تمام بله نه باشه مرسی
כן לא בסדר תודה אולי מחר שלום
हाँ हां नहीं ठीक धन्यवाद शुक्रिया हैलो haan nahi theek
হ্যাঁ না ঠিক ধন্যবাদ
ya tidak oke baik terima kasih mungkin besok boleh
oo opo hindi salamat sige
vâng không được cảm ơn dạ ừ
ใช่ ไม่ โอเค ขอบคุณ ได้
はい いいえ うん 了解 ありがとう
是 不 好 好的 谢谢 謝謝 对 對 不是 可以 没有 沒有
네 아니요 아니오 응 감사합니다
ndiyo ndio hapana sawa asante
👍 👎 🙏 ❤️ 😊 😂 👌 ✅
"""

_ANSWERS = frozenset(map(key, _WORDS.split())) - {""}

_NUMBER_OR_LETTER = re.compile(r"\d{1,2}|[^\W\d_]")
_IDEOGRAPH = "\u2e80"
"""From here on a single character may be a word: of Han, kana or Hangul."""


def is_answer(word: str) -> bool:
    """Tell whether a key (docs/language.md §3) is a usual answer in some language."""
    return word in _ANSWERS


def is_mark(word: str) -> bool:
    """Tell whether a key is a number of one or two digits, or a single letter: what menus and surveys ask for."""
    return bool(_NUMBER_OR_LETTER.fullmatch(word)) and word < _IDEOGRAPH


def everyday(word: str, language: str) -> bool:
    """Tell whether a key is a frequent word of a language, given as a BCP 47 tag, or a usual answer in any."""
    return is_answer(word) or is_mark(word) or bool(ordinary({word}, [language]))
