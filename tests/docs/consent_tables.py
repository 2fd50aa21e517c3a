"""The tables and diagrams of docs/consent.md, drawn from the engine's own tables: `make docs` writes them."""

from __future__ import annotations

import re
from pathlib import Path

from optoutlang.consent.engine.moves import (
    DOUBLE_OPT_IN,
    ELSEWHERE,
    SINGLE_OPT_IN,
    TOPIC_SINGLE,
    Move,
    Table,
    Trigger,
)
from optoutlang.consent.engine.state import Consent

CONSENT_PAGE = Path(__file__).resolve().parents[2] / "docs" / "consent.md"
DIAGRAMS = {"messages": SINGLE_OPT_IN, "double": DOUBLE_OPT_IN, "elsewhere": ELSEWHERE}
TABLES = {**DIAGRAMS, "topics": TOPIC_SINGLE}


def with_tables(page: str) -> str:
    """Return the page with every table and diagram drawn anew between its marks."""
    for name, table in TABLES.items():
        page = _filled(page, f"table {name}", drawn(table))
    for name, table in DIAGRAMS.items():
        page = _filled(page, f"diagram {name}", diagram(table))
    return page


def drawn(table: Table) -> str:
    """Return a table of moves: a row for each trigger, a column for each consent."""
    lines = [
        "| what comes | " + " | ".join(f"from {each.value}" for each in Consent) + " |",
        "| --- |" + " --- |" * len(Consent),
    ]
    for trigger in Trigger:
        if (trigger, Consent.UNKNOWN) in table:
            cells = (_cell(table[trigger, each], each) for each in Consent)
            lines.append(f"| {trigger.value} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def diagram(table: Table) -> str:
    """Return the moves that lead elsewhere, as a Mermaid diagram."""
    lines = ["```mermaid", "stateDiagram-v2"]
    arrows: dict[tuple[Consent, Consent], list[str]] = {}
    for (trigger, consent), move in table.items():
        if move.to is not consent:
            arrows.setdefault((consent, move.to), []).append(trigger.value)
    for (consent, to), triggers in sorted(arrows.items(), key=str):
        lines.append(f"    {_state(consent)} --> {_state(to)}: {', '.join(triggers)}")
    return "\n".join((*lines, "```"))


def _cell(move: Move, consent: Consent) -> str:
    to = "stays" if move.to is consent else f"**{move.to.value}**"
    if move.reply is not None:
        to += f", reply {move.reply.value}"
    return to if move.acts else f"{to}; an ordinary message"


def _state(consent: Consent) -> str:
    return consent.value.replace("-", "_")


def _filled(page: str, name: str, text: str) -> str:
    pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    assert pattern.search(page), name
    return pattern.sub(lambda found: f"{found[1]}{text}\n{found[2]}", page)


if __name__ == "__main__":
    CONSENT_PAGE.write_text(with_tables(CONSENT_PAGE.read_text(encoding="utf-8")), encoding="utf-8")
