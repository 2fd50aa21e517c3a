"""The commands that there are: one for each module of `commands`, listed without importing any of them.

A module of `commands` is a command of its name. Its docstring's first line is
the summary that `optout --help` prints, the line `ORDER = 70` says where the
command is listed, and its `run` is the command. Both lines are read from the
source text: importing twenty commands to print their summaries would take ten
times as long as everything else that `--help` does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from pkgutil import get_data, iter_modules

from optoutlang.interfaces.cli import commands
from optoutlang.interfaces.cli.command import Command

_HEAD = re.compile(
    r'\A"""(?P<summary>.+?)(?:"""|\n).*?^ORDER = (?P<order>\d+)$', re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Listing:
    """One command as `optout --help` lists it, the least `order` first."""

    order: int
    name: str
    summary: str


def command_names() -> tuple[str, ...]:
    """Return the names of all commands, sorted."""
    return tuple(sorted(module.name for module in iter_modules(commands.__path__)))


def listings() -> tuple[Listing, ...]:
    """Return all commands with their summaries, in the order in which a user meets them."""
    return tuple(sorted((_listing(name) for name in command_names()), key=lambda each: each.order))


def load_command(name: str) -> Command:
    """Import and return a command; `name` is one of `command_names()`."""
    run: Command = import_module(f"{commands.__name__}.{name}").run
    return run


def _listing(name: str) -> Listing:
    source = get_data(commands.__name__, f"{name}.py") or b""
    head = _HEAD.match(source.decode())
    assert head is not None, f"commands/{name}.py has no summary or no line `ORDER = …`"  # noqa: S101
    return Listing(int(head["order"]), name, head["summary"])
