"""O305 filler-holds-keyword: filler that is a keyword, or has an opt-out keyword among its words.

Filler is taken out before a message is read again, and neither a keyword nor
anything with an opt-out in it may be taken out of a message (docs/language.md
§5). A word of longer filler may be another action's keyword somewhere: `ON`
starts messages in Malaysia, and Vietnamese `cảm ơn` is thanks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from optoutlang.language.checks.phrases.rows import parts
from optoutlang.language.checks.subject import Subject, named
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Diagnostic, Label
from optoutlang.language.model.effective import Keyword
from optoutlang.language.model.statement import Claim, FillerPhrase
from optoutlang.runtime.program import PROTECTED_KEYS
from optoutlang.runtime.terms.action import Action


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each filler phrase that holds a keyword in a context where it counts."""
    claimed = {each.key for each in subject.ruleset.of(Claim)} | PROTECTED_KEYS.keys()
    for filler in subject.ruleset.of(FillerPhrase):
        whole = "".join(filler.tokens)
        inside = [key for each in parts(filler.tokens) if (key := "".join(each)) in claimed]
        if not inside and whole not in claimed:
            continue
        for scope in subject.contexts(filler.scope):
            table = subject.tables[scope]
            keyword = _keyword_in(table.keywords, whole, inside)
            if keyword is not None and filler in table.fillers:
                yield _diagnostic(filler, keyword, scope)
                break


def _keyword_in(
    keywords: Mapping[str, Keyword], whole: str, inside: Iterable[str]
) -> Keyword | None:
    """Return the keyword that filler is, else the first opt-out keyword among the keys inside of it."""
    if whole in keywords:
        return keywords[whole]
    keyword_in = (keywords.get(key) for key in inside)
    opt_outs = (each for each in keyword_in if each is not None and each.action is Action.OPT_OUT)
    return next(opt_outs, None)


def _diagnostic(filler: FillerPhrase, keyword: Keyword, scope: str | None) -> Diagnostic:
    claim = keyword.claims[0]
    same = "".join(filler.tokens) == keyword.key
    verb = "is" if same else "holds"
    return Diagnostic(
        codes.FILLER_HOLDS_KEYWORD,
        f"filler `{filler.word}` {verb} the keyword `{claim.word}`{named(scope)}",
        Label(filler.place),
        (Label(claim.place, f"means {claim.action.value}"),),
        help="a keyword carries meaning; take the filler out",
    )
