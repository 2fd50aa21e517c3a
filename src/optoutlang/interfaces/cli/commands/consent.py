"""Keep who may be texted: stores, lists, history, reviews."""

from __future__ import annotations

from optoutlang.interfaces.cli.command import color_option
from optoutlang.interfaces.cli.consent.group import SUMMARIES, load
from optoutlang.interfaces.cli.subcommands import SubcommandGroup

ORDER = 175
"""Where `optout --help` lists it."""

run = SubcommandGroup(
    "consent",
    summaries=SUMMARIES,
    load=load,
    params=[color_option()],
    help="Keep who may be texted, and prove it. A store is a file (SQLite) or a PostgreSQL database.",
    examples=(
        ("optout consent init --store consent.db", "make a store in a file"),
        ("optout consent show +15145550100", "what one person wants"),
        ("optout consent verify", "find whatever was changed, dropped or moved"),
    ),
)
