"""Words that mean an opt-out, opt-in or help only when they are the whole message.

From the project's study of public sources: words that carriers and code
comments warn about, because they are everyday words of their language.
"""

from __future__ import annotations

from optoutlang.runtime.canonical import tokens

_WORDS = """
end quit cancel stop remove revoke out off on info help start begin resume continue join exit goodbye
yes no ok thanks more subscribe
baja alto alta fin parar para salir quitar basta cancelar detener si
sair pare fim remover nao sim
arret arreter reprendre contact oui non
halt ende aus stopp beenden hilfe ja nein
ferma fine cancella annulla
uit aan stoppen einde nee
slut avsluta lopeta nej nei ei
koniec konec rezygnacja anuluj nie tak ano ne
preklic odjava da
renunt le nu nem igen
стоп отмена хватит старт да нет так ні
dur iptal cikis ret engelle evet hayir
قف توقف الغاء لغو بند لا نعم
ביטול בטל עצור הפסק כן לא
बंद रुको বন্ধ हाँ नहीं
berhenti batal cukup reg ya tidak oo
acha simama ndio hapana
huy dung tc
"""

EVERYDAY: frozenset[str] = frozenset(
    token for word in _WORDS.split() for row in [tokens(word)] if len(row) == 1 for token in row
)
"""Canonical tokens of everyday words."""

SHORT = 3
"""A token of so few characters is an everyday word in some language."""
