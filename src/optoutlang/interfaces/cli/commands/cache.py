"""Show or clear the results that are kept between runs."""

from __future__ import annotations

import click

from optoutlang.interfaces.cli.command import command
from optoutlang.language.driver.cache import FOLDER_VARIABLE, LIMIT, Cache, CacheInfo

ORDER = 185
"""Where `optout --help` lists it."""

_MEBIBYTE = 1024 * 1024


@command(
    examples=(
        ("optout cache info", "the folder, and how much is in it"),
        ("optout cache clear", "remove all of it"),
    ),
)
@click.argument("action", type=click.Choice(["info", "clear"]))
def run(*, action: str) -> None:
    """Show or clear the cache of checked and compiled rules.

    Commands keep what they found out about rules, and use it again as long as the files, the packs and the release are
    unchanged. The cache is in the user's cache folder, or in the one that OPTOUT_CACHE_DIR names. It may be removed at
    any time; when it grows over its limit, the entries that were not used for the longest time go.
    """
    cache = Cache.of_user()
    if action == "clear":
        click.echo(f"removed {_amount(cache.clear())}")
        return
    info = cache.info()
    click.echo(f"folder   {info.folder}")
    click.echo(f"entries  {_amount(info)}, at most {LIMIT // _MEBIBYTE} MB")
    click.echo(f"{FOLDER_VARIABLE} names another folder")


def _amount(info: CacheInfo) -> str:
    entries = "1 entry" if info.entries == 1 else f"{info.entries:,} entries"
    return f"{entries} ({info.size / _MEBIBYTE:.1f} MB)"
