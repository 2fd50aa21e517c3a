"""The certificate of an artefact: what STOP, START and HELP mean in every context, and on which line each stands.

The compiler's side writes it (`encode`); here it is verified, whenever an
artefact is loaded, by code that imports nothing of this project: not the
program, not the canonical text, not even the three words. It reads the JSON
as it stands and asks each context's table, the country's own before the
base's, as the matcher will.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

WORDS = {"help": "help", "start": "opt-in", "stop": "opt-out"}
"""The keys of the protected words and the one meaning of each (docs/language.md §4), written down a second time."""

BASE = ""
"""How the certificate names the context of all countries that no file names, and of none."""


class CertificateError(ValueError):
    """The content does not hold a certificate that its own tables bear out; the message says where."""


def verify(content: object) -> None:
    """Verify the certificate of an artefact's parsed content.

    Raises:
        CertificateError: a context is not certified just once, or a word does
            not mean in it what it must, by the line that the certificate names.
    """
    tables = dict(_tables(content))
    uncertified = list(tables)
    for contexts, words in _groups(content):
        for context in contexts:
            if context not in uncertified:
                raise CertificateError(f"`{context}` is certified twice, or no context")
            uncertified.remove(context)
            for word, action in WORDS.items():
                own, base = tables[context]
                meaning = own[word] if word in own else base.get(word)
                certified, actual = words.get(word), _first_line(meaning)
                if certified is None or certified[:1] != [action] or certified != actual:
                    where = context or "the base"
                    raise CertificateError(f"`{word}` is not certified to mean {action} in {where}")
    if uncertified:
        raise CertificateError(f"no certificate for {uncertified[0] or 'the base'}")


_Keywords = Mapping[str, object]


def _tables(content: object) -> Iterator[tuple[str, tuple[_Keywords, _Keywords]]]:
    """Yield each context and the keywords of its own and of the base, before which they stand."""
    match content:
        case {"base": {"keywords": dict(base)}, "countries": dict(places), "overlays": list(own)}:
            yield BASE, (base, base)
            for country, place in places.items():
                match own[place] if type(place) is int and 0 <= place < len(own) else None:
                    case {"keywords": dict(changed)}:
                        yield country, (changed, base)
                    case dict():
                        yield country, (base, base)
                    case _:
                        raise CertificateError(f"{country} has no table")
        case _:
            raise CertificateError("no tables to certify")


def _groups(content: object) -> Iterator[tuple[list[str], Mapping[str, list[object]]]]:
    """Yield the contexts whose words stand on the same lines, and for each word its action, source and line."""
    match content:
        case {"certificate": list(groups)}:
            for group in groups:
                match group:
                    case [list(contexts), dict(words)] if words.keys() == WORDS.keys():
                        yield contexts, words
                    case _:
                        raise CertificateError("the certificate is malformed")
        case _:
            raise CertificateError("no certificate")


def _first_line(meaning: object) -> list[object] | None:
    """Return a meaning's action, and source and line of its strongest origin; None if it is no meaning."""
    match meaning:
        case [str(action), [[str(), str(), int(source), int(line)], *_]]:
            return [action, source, line]
    return None
