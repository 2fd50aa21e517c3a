"""What holds in a context, statement by statement."""

from __future__ import annotations

from optoutlang.language.driver.compile import check_text
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
        for name in ("claims", "sentences", "phrases", "exceptions", "fillers", "replies"):
            said = [each for each in getattr(ruleset, name) if each.scope in (None, country)]
            assert sorted(map(id, getattr(held, name))) == sorted(map(id, said)), name
        assert [each.tags for each in held.preferences] == [("fr", "en")]
