"""`optout show --format csv`: every statement of a context is a row."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.interfaces.cli.runner import optout

RULES = """\
ruleset acme
filler "please"
class end is cease, desist
opt-out {
  keywords "NO MORE"
  sentences "take me off, now"
  phrases "end it"
  except "never end it"
  frames "{end} .. now"
  tolerate typos
  buttons "Out"
  reply "Bye, and no more messages."
}
help { reply to INFO "Info." }
answer hours { keywords HOURS reply none }
topic offers { opt-out { keywords "STOP OFFERS" reply "No offers." } }
"""


def test_every_statement_is_a_row(folder: Path) -> None:
    (folder / "acme.optout").write_text(RULES, encoding="utf-8")
    shown = optout("show", "acme.optout", "--format", "csv")
    assert shown.exit_code == 0, shown.stderr
    rows = [tuple(each.values()) for each in csv.DictReader(shown.stdout.splitlines())]
    expected = [
        ("keyword", "opt-out", "NO MORE", "en", "acme.optout:5"),
        ("sentence", "opt-out", "take me off, now", "en", "acme.optout:6"),
        ("phrase", "opt-out", "end it", "en", "acme.optout:7"),
        ("except", "opt-out", "never end it", "en", "acme.optout:8"),
        ("frame", "opt-out", "{end} .. now", "en", "acme.optout:9"),
        ("answer", "answer hours", "HOURS", "en", "acme.optout:15"),
        ("topic", "opt-out topic offers", "STOP OFFERS", "en", "acme.optout:16"),
        ("button", "opt-out", "Out", "en", "acme.optout:11"),
        ("filler", "", "please", "", ""),
        ("tolerate", "opt-out", "typos", "", ""),
        ("reply", "opt-out", "Bye, and no more messages.", "en", ""),
        ("reply", "help to info", "Info.", "en", ""),
        ("reply", "answer hours", "", "en", ""),
        ("reply", "opt-out topic offers", "No offers.", "en", ""),
    ]
    assert [each for each in expected if each not in rows] == []
    one = optout("show", "acme.optout", "--grep", "no more", "--format", "csv").stdout
    assert one.splitlines()[1] == "keyword,opt-out,NO MORE,en,acme.optout:5"
