"""Show what changes in meaning from one ruleset to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import click

from optoutlang import Matcher
from optoutlang.analysis.differences import diff, statement_changes
from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.completion import RULES
from optoutlang.interfaces.cli.exits import ExitCode, finish
from optoutlang.interfaces.cli.inputs.matcher import load_matcher_or_exit
from optoutlang.interfaces.cli.parameters import format_option
from optoutlang.interfaces.reports.differences import (
    Compared,
    Sides,
    as_json,
    as_markdown,
    as_text,
)

_RENDERERS: Mapping[str, Callable[[Compared], str]] = {
    "text": as_text,
    "json": as_json,
    "markdown": as_markdown,
}

ORDER = 150
"""Where `optout --help` lists it."""


@command(
    examples=(
        ("optout diff acme.optoutc acme.optout", "what an edit changes in what is deployed"),
        (
            "optout diff --git HEAD~1 acme.optout",
            "what has changed since a revision of this repository",
        ),
        ("optout diff us world", "from one pack to another"),
        ("optout diff old.optout new.optout --fail-on weaker", "fail only if it weakens"),
        ("optout diff old.optout new.optout --format markdown", "a comment for a pull request"),
    ),
    reads_rules=True,
)
@click.argument("old", type=RULES)
@click.argument("new", type=RULES, required=False)
@click.option(
    "--git", "revision", metavar="REV", help="Compare with this revision of the one file given."
)
@format_option(_RENDERERS, of="changes")
@click.option(
    "--fail-on",
    "fail_on",
    type=click.Choice(["any", "weaker"]),
    default="any",
    show_default=True,
    help="Which changes exit 1: any, or only those that lose an opt-out or gain an opt-in.",
)
def run(*, old: str, new: str | None, revision: str | None, form: str, fail_on: str) -> None:
    """Compare the meaning of two rulesets, not their text.

    Prints what is not settled, then every statement that came, went or changed, by scope, and then each kind of change
    in what messages mean, in which countries, with a shortest message that shows it. If there is none, that is a proof:
    every message, from every country and for every preferred language, has the same action, language and reply.

    OLD and NEW are each an .optout file, an artefact or a pack's name. With --git there is one file: the same file, and
    all that it uses in the repository, as they were in that revision, are the old side.
    """
    names, matchers = _sides(old, new, revision)
    programs = matchers[0].program, matchers[1].program
    compared = Compared(
        statement_changes(*programs),
        diff(*programs),
        Sides(*names, matchers[0].digest, matchers[1].digest),
    )
    click.echo(_RENDERERS[form](compared))
    finish(ExitCode.FINDINGS if _fails(compared, fail_on) else ExitCode.CLEAN)


def _sides(
    old: str, new: str | None, revision: str | None
) -> tuple[tuple[str, str], tuple[Matcher, Matcher]]:
    """Return how both sides are called, and their matchers."""
    if revision is None:
        if new is None:
            raise click.UsageError("give OLD and NEW, or one file and --git REV")
        return (old, new), (load_matcher_or_exit(old), load_matcher_or_exit(new))
    if new is not None:
        raise click.UsageError("--git takes one file: its old side is the revision's")
    # Here, not above: only --git needs it.
    from optoutlang.interfaces.cli.inputs.revision import compile_revision_or_exit  # noqa: PLC0415

    before = compile_revision_or_exit(old, revision)
    return (f"{old} in {revision}", old), (before, load_matcher_or_exit(old))


def _fails(compared: Compared, fail_on: str) -> bool:
    difference = compared.difference
    if fail_on == "any":
        return not difference.equal
    if difference.weaker or difference.unsettled:
        return True
    # Compared entry by entry, a message may be missing that a statement shows.
    return not difference.every_pair and any(each.weaker for each in compared.statements)
