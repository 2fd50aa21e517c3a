"""`make demo`: the rules of acme.optout decide what people really send."""

from __future__ import annotations

from pathlib import Path

from optoutlang import Decision, load
from optoutlang.language.diagnostics.visible import columns

RULES = Path(__file__).with_name("acme.optout")
MESSAGES = (
    ("STOP", "US"),
    ("“Stop.”", "US"),
    ("ＳＴＯＰ", "US"),
    ("🛑", "GB"),
    ("STOP please", "US"),
    ("Opt-Out", "US"),
    ("please stop texting me", "US"),
    ("don't stop texting me", "US"),
    ("Stop by the office tomorrow", "US"),
    ("nonstop", "US"),
    ("ARRÊT", "CA"),
    ("Baja.", "MX"),
    ("Baja.", "US"),
    ("CANCEL", "US"),
    ("cancel", "MX"),
    ("ayuda", "CO"),
    ("start", "MX"),
)
HEADINGS = ("message", "from", "decision", "language", "matched by", "rule")


def main() -> None:
    """Print a table: one line for each message."""
    rules = load(RULES)
    rows = [HEADINGS]
    for text, country in MESSAGES:
        rows.append((text, country, *_cells(rules.match(text, country=country))))
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    print(f"{RULES.name} decides:\n")
    for row in rows:
        cells = (
            f"{cell}{' ' * (to - columns(cell))}" for cell, to in zip(row, widths, strict=True)
        )
        print("  ".join(cells).rstrip())
    print("\nThe rules: docs/examples/acme.optout    Ask why: optout why FILE TEXT --country CC")


def _cells(decision: Decision | None) -> tuple[str, str, str, str]:
    if decision is None:
        return ("-", "", "", "")
    return (
        decision.action.value,
        decision.language,
        decision.matched_by.value,
        f"{decision.keyword}  ({decision.rule})",
    )


if __name__ == "__main__":
    main()
