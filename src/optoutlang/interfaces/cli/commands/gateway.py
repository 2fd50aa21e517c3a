"""Look after a gateway: keys of its API, and dead letters."""

from __future__ import annotations

from optoutlang.interfaces.cli.command import color_option
from optoutlang.interfaces.cli.gateway.group import SUMMARIES, load
from optoutlang.interfaces.cli.subcommands import SubcommandGroup

ORDER = 178
"""Where `optout --help` lists it."""

run = SubcommandGroup(
    "gateway",
    summaries=SUMMARIES,
    load=load,
    params=[color_option()],
    help="Look after a gateway: make keys for its API, list dead letters and deliver them again.",
    examples=(
        ("optout gateway key", "a new key, and the hash for the settings"),
        ("optout gateway dead-letters gateway.toml", "what could not be delivered, and why"),
        ("optout gateway replay gateway.toml 17 18", "deliver two of them again"),
    ),
)
