"""What holds in a context, statement by statement."""

from __future__ import annotations

from optoutlang.language.driver.compile import check_text
from optoutlang.language.model.statement import (
    Claim,
    ExceptionPhrase,
    FillerPhrase,
    Phrase,
    ReplyText,
    Sentence,
)
from optoutlang.language.reference.layers import table

RULES = """
opt-out { keywords QUIT  phrases "no more"  except "no more than"  sentences "no more"  tolerate typos }
filler please
prefer fr, en
opt-out { reply "out" }
country MX { opt-out { keywords BAJA  phrases "ya no" } filler "por favor" }
"""


def test_a_context_holds_each_of_its_statements_once() -> None:
    ruleset = check_text(RULES).ruleset
    assert ruleset is not None
    for country in (None, "MX"):
        held = table(ruleset, country)
        for kind, statements in (
            (Claim, held.claims),
            (Sentence, held.sentences),
            (Phrase, held.phrases),
            (ExceptionPhrase, held.exceptions),
            (FillerPhrase, held.fillers),
            (ReplyText, held.replies),
        ):
            stated = [each for each in ruleset.of(kind) if each.scope in (None, country)]
            assert sorted(map(id, statements)) == sorted(map(id, stated)), kind.label
        assert [each.tags for each in held.preferences] == [("fr", "en")]
