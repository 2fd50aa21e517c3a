"""List the rule packs that come with optout."""

from __future__ import annotations

import json
import re

import click

from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.completion import PACK
from optoutlang.interfaces.cli.page import show_page
from optoutlang.interfaces.cli.parameters import format_option
from optoutlang.interfaces.reports.text_table import terminal_width, text_table
from optoutlang.language.diagnostics.suggest import closest
from optoutlang.language.packs import pack_names, pack_path
from optoutlang.runtime.terms.json import Json

_ADDRESS = re.compile(r"https?://[^\s,;)>\]]+")

ORDER = 170
"""Where `optout --help` lists it."""


@command(
    examples=(
        ("optout packs", "all packs: name, what it is for, how many sources it cites"),
        ("optout packs us", "one pack: its README and the sources it cites"),
        ("optout packs spanish", "packs by a word of their title, else of their README"),
        ("optout packs --format json", "for programs"),
    ),
)
@click.argument("names", type=PACK, metavar="[NAME | SEARCH]...", nargs=-1)
@format_option(("text", "json"), of="list")
def run(*, names: tuple[str, ...], form: str) -> None:
    """List the rule packs, show some of them with their sources, or search them.

    A pack is used with `use "NAME"` in a file, or given as RULES to any command. Words that are no names of packs are
    looked for, all of them.
    """
    are_named = bool(names) and all(name in pack_names() for name in names)
    chosen = names if are_named else _search(names)
    if form == "json":
        packs: list[Json] = [_object(name) for name in chosen]
        click.echo(json.dumps({"version": 1, "packs": packs}, indent=2, ensure_ascii=False))
    elif are_named:
        for name in chosen:
            cited = "".join(f"- {each}\n" for each in _sources(name))
            listed = f"\n\n## Cited\n\n{cited}" if cited else ""
            show_page(f"{_readme(name)}{listed}\n\nFile: `{pack_path(name)}`\n")
    else:
        for line in text_table([_row(name) for name in chosen], terminal_width()):
            click.echo(line)


def _search(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the packs that have all words in name or title; if none has, in their README.

    Raises:
        click.UsageError: there are none.
    """
    wanted = [word.casefold() for word in words]
    for text in (lambda name: f"{name} {_title(name)}", _readme):
        found = [
            name for name in pack_names() if all(word in text(name).casefold() for word in wanted)
        ]
        near = closest(words[0], pack_names()) if len(words) == 1 else None
        if found and (near is None or near in found):
            return tuple(found)
        if near is not None:
            raise click.UsageError(f"there is no pack `{words[0]}`; did you mean `{near}`?")
    shown = " ".join(words)
    raise click.UsageError(f"no pack has `{shown}` in its name, title or README")


def _row(name: str) -> tuple[str, str]:
    sources = len(_sources(name))
    cited = f"{sources} source{'s' * (sources != 1)}" if sources else "no sources of its own"
    return name, f"{_title(name)} ({cited})"


def _object(name: str) -> Json:
    return {
        "name": name,
        "title": _title(name),
        "file": str(pack_path(name)),
        "sources": list(_sources(name)),
    }


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
