"""Words after which a sentence has not yet said what it is about, by language: `to`, `this`, a verb without its object.

Hand-made, for phrases that ask for an end. `cancel`, `opt out of` and `I don't
want` leave open what is cancelled or not wanted: an appointment, insurance, a
reminder. Left out is `stop`, which is a request of its own: `wrong number stop`.
"""

from __future__ import annotations

from functools import cache

from optoutlang.runtime.canonical import tokens

_BY_LANGUAGE = {
    "en": """
        to of from with for about my your the a an any this that it these those them
        want need like cancel end quit leave remove delete report block get getting receive receiving
        send sending keep
    """,
    "es": """
        de del a al en con para por que mi su tu el la los las un una esto este esta eso lo
        quiero quiere necesito cancelar dejar parar terminar eliminar quitar borrar reportar recibir enviar
    """,
    "fr": """
        de du des d' à au aux pour avec mon ma mes le la les un une ce cet cette ça cela l'
        veux voudrais annuler arrêter cesser finir quitter supprimer signaler recevoir envoyer
    """,
    "pt": """
        de do da a ao para com por que meu minha o os as um uma isto isso este esta
        quero preciso cancelar parar deixar terminar remover apagar denunciar receber enviar
    """,
    "it": """
        di del della da a per con che mio mia il lo la un una questo questa ciò
        voglio vorrei annullare smettere finire cancellare eliminare segnalare ricevere
    """,
    "de": """
        von vom zu zum zur für mit aus den die das der dem ein eine einen mein meine meinen dies dieses diese es
        will möchte kündigen stornieren beenden löschen melden blockieren
    """,
    "nl": """
        van voor met uit de het een mijn dit dat deze die
        wil annuleren opzeggen stoppen beëindigen verwijderen melden
    """,
}
"""The words as written."""


def is_open(row: tuple[str, ...], language: str) -> bool:
    """Tell whether a row of tokens ends with a word that leaves its object open in a BCP 47 tag's base language.

    False for a language without a list.
    """
    ends = _ends(language.partition("-")[0].lower())
    return any(row[-length:] in ends for length in (1, 2) if length <= len(row))


@cache
def _ends(base: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tokens(each) for each in _BY_LANGUAGE.get(base, "").split())
