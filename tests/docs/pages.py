"""Write the generated pages of docs/: `make docs`."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from itertools import chain, groupby
from pathlib import Path

import click

from optoutlang.interfaces.cli.app import app
from optoutlang.interfaces.cli.command import Command
from optoutlang.interfaces.cli.listing import listings
from optoutlang.interfaces.cli.subcommands import SubcommandGroup
from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Code
from optoutlang.language.diagnostics.pages import page_name
from tests.docs.value_schema import value_schema

ROOT = Path(__file__).resolve().parents[2]
CLI_PAGE = ROOT / "docs" / "cli.md"
VALUE_SCHEMA = ROOT / "docs" / "schemas" / "consent-value.schema.json"
CODES_PAGE = ROOT / "docs" / "diagnostics" / "README.md"

_TABLE_HEAD = "| code | severity | what it says |\n| --- | --- | --- |\n"
_TABLE = re.compile(re.escape(_TABLE_HEAD) + r"(?:\|.*\n)*")

HEAD = """\
# The command `optout`

Made by `make docs` from what the commands say of themselves; `optout COMMAND --help` says the same.

| exit code | means |
| --- | --- |
| 0 | clean |
| 1 | findings: an error in a file, a failed test, a file that `fmt --check` would change, a bad line of `--jsonl`, \
a row that `measure --against` finds broken or `scan` cannot read |
| 2 | wrong usage, or a package of the extra `author` is missing |
| 3 | unreadable: a missing file, a folder without rules, a damaged artefact, an output that cannot be written |
| 128 + signal | ended by Ctrl-C (130), or by the reader of a pipe (141) |

Every command takes `--color/--no-color`; without it, colours are for terminals, unless `NO_COLOR` is set. Tables are as
wide as the terminal, or as COLUMNS says.

## Completion in shells

A tab completes commands, options, files, packs, brands, codes, countries and languages. Once, and then in a new shell:

| shell | what to do |
| --- | --- |
| bash 4.4 or later | `echo 'eval "$(_OPTOUT_COMPLETE=bash_source optout)"' >> ~/.bashrc` |
| zsh | `echo 'eval "$(_OPTOUT_COMPLETE=zsh_source optout)"' >> ~/.zshrc`, below `compinit` |
| fish | `_OPTOUT_COMPLETE=fish_source optout > ~/.config/fish/completions/optout.fish` |

With bash, `optout match natural-e⇥` is then `optout match natural-en`, `optout check ac⇥` the file `acme.optout`, and
`optout explain O20⇥⇥` lists the codes that begin so.
"""


def cli_page() -> str:
    """Return docs/cli.md: usage, options and examples of every command."""
    return "\n".join((HEAD, *(_section(each.name) for each in listings())))


def value_schema_file() -> str:
    """Return docs/schemas/consent-value.schema.json."""
    return json.dumps(value_schema(), indent=2, ensure_ascii=False) + "\n"


def codes_page(text: str) -> str:
    """Return docs/diagnostics/README.md: its own text, with the tables of codes written anew.

    There is a table for each hundred of codes, in their order.
    """
    hundreds = [tuple(group) for _, group in groupby(codes.ALL, key=lambda code: code.id[:2])]
    before, *behind = _TABLE.split(text)
    pieces = zip(map(_table, hundreds), behind, strict=True)
    return "".join((before, *chain.from_iterable(pieces)))


def _table(group: tuple[Code, ...]) -> str:
    rows = (
        f"| [{code.id}]({page_name(code)}) | {code.severity.value} | {code.title} |\n"
        for code in group
    )
    return "".join((_TABLE_HEAD, *rows))


def _section(name: str) -> str:
    group = app.make_context(
        "optout", [name]
    )  # a command keeps the help options of the first context
    command = app.get_command(group, name)
    if isinstance(command, SubcommandGroup):
        return "\n".join((_described(name, command, group), *_subsections(name, command, group)))
    assert isinstance(command, Command)
    return _described(name, command, group)


def _subsections(name: str, command: SubcommandGroup, parent: click.Context) -> Iterator[str]:
    context = click.Context(command, parent=parent)
    for each in command.list_commands(context):
        found = command.get_command(context, each)
        assert isinstance(found, Command)
        yield _described(f"{name} {each}", found, context)


def _described(name: str, command: Command | SubcommandGroup, parent: click.Context) -> str:
    pieces = command.collect_usage_pieces(click.Context(command, parent=parent))
    usage = " ".join(("optout", name, *pieces))
    lines = [f"## optout {name}", "", f"`{usage}`", "", inspect.cleandoc(command.help or "")]
    options = list(_options(command))
    if options:
        lines += ["", "| option | means |", "| --- | --- |", *options]
    lines += ["", "```sh", *_examples(command), "```", ""]
    return "\n".join(lines)


def _options(command: click.Command) -> Iterator[str]:
    for each in command.params:
        if isinstance(each, click.Option) and "--color" not in each.opts:
            value = "" if each.is_flag else f" {_value(each)}"
            yield f"| `{', '.join(each.opts)}{value}` | {each.help} |"


def _value(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return ", ".join(map(str, option.type.choices))
    return option.metavar or option.type.name.upper()


def _examples(command: Command | SubcommandGroup) -> Iterator[str]:
    width = max(len(line) for line, _ in command.examples)
    for line, shows in command.examples:
        yield f"{line:<{width}}  # {shows}"


if __name__ == "__main__":
    CLI_PAGE.write_text(cli_page(), encoding="utf-8")
    VALUE_SCHEMA.write_text(value_schema_file(), encoding="utf-8")
    CODES_PAGE.write_text(codes_page(CODES_PAGE.read_text(encoding="utf-8")), encoding="utf-8")
