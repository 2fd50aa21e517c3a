"""Answer webhooks and keep who may be texted: a gateway."""

from __future__ import annotations

from pathlib import Path

import click

from optoutlang.consent.stores.port import StoreError
from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.completion import FILE
from optoutlang.interfaces.cli.exits import ExitCode, Unreadable, finish
from optoutlang.interfaces.cli.inputs.settings import settings_or_exit
from optoutlang.interfaces.gateway.rules.build import RefusedError
from optoutlang.interfaces.gateway.rules.load import load_rules
from optoutlang.interfaces.gateway.serve import digests, serve

ORDER = 177
"""Where `optout --help` lists it."""


@command(
    examples=(
        (
            "optout serve gateway.toml --check",
            "all that is wrong with the settings, and the rules proved",
        ),
        ("optout serve gateway.toml", "listen, until the process is told to end"),
    ),
)
@click.argument("config", type=FILE, metavar="CONFIG")
@click.option(
    "--check", is_flag=True, help="Say what is wrong with CONFIG and its rules, and start nothing."
)
def run(*, config: str, check: bool) -> None:
    """Answer the webhooks of messaging providers, and keep who may be texted.

    CONFIG is a TOML file (docs/gateway.md). Messages are decided by the rules, recorded, answered and handed on to the
    application; an API says who may be texted.
    """
    settings = settings_or_exit(config)
    try:
        loaded = load_rules(settings.rules, proved=check and settings.rules.prove)
    except RefusedError as error:
        click.echo(str(error), err=True)
        finish(ExitCode.FINDINGS)
    if check:
        for name, digest in digests(loaded).items():
            click.echo(f"rules of {name}: {digest}")
        return
    try:
        serve(Path(config), settings, loaded)
    except StoreError as error:
        raise Unreadable(str(error)) from error
