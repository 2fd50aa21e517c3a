"""`optout packs`: the rule packs that come with the command, and what they rest on."""

from __future__ import annotations

import re

import click

from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.page import show_page
from optoutlang.language.diagnostics.suggest import closest
from optoutlang.language.packs import pack_names, pack_path

_ADDRESS = re.compile(r"https?://[^\s,;)>\]]+")


@command(
    "packs",
    examples=(
        ("optout packs", "all packs: name, what it is for, how many sources it cites"),
        ("optout packs us", "one pack: its README and the sources it cites"),
    ),
)
@click.argument("names", metavar="[NAME]...", nargs=-1)
def command_object(*, names: tuple[str, ...]) -> None:
    """List the rule packs, or show some of them with their sources.

    A pack is used with `use "NAME"` in a file, or given as RULES to any command.
    """
    for name in names:
        if name not in pack_names():
            near = closest(name, pack_names())
            raise click.UsageError(
                f"no pack is `{name}`" + (f"; did you mean `{near}`?" if near else "")
            )
    if not names:
        columns = max(len(name) for name in pack_names())
        for name in pack_names():
            sources = len(_sources(name))
            cited = (
                f"{sources} source{'s' * (sources != 1)}" if sources else "no sources of its own"
            )
            click.echo(f"{name:<{columns}}  {_title(name)} ({cited})")
    for name in names:
        cited = "".join(f"- {each}\n" for each in _sources(name))
        listed = f"\n\n## Cited\n\n{cited}" if cited else ""
        show_page(f"{_readme(name)}{listed}\n\nFile: `{pack_path(name)}`\n")


def _readme(name: str) -> str:
    return (pack_path(name).parent / "README.md").read_text(encoding="utf-8")


def _title(name: str) -> str:
    """Return the README's heading without the pack's own name."""
    heading = _readme(name).splitlines()[0].lstrip("# ")
    return heading.removeprefix(f"{name}: ")


def _sources(name: str) -> tuple[str, ...]:
    """Return the addresses that the comments of a pack's file cite, each once."""
    text = pack_path(name).read_text(encoding="utf-8")
    return tuple(dict.fromkeys(each.rstrip(".") for each in _ADDRESS.findall(text)))
