"""`optout diff`: what changes in meaning from one ruleset to another, with a message for each change."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import click

from optoutlang.analysis.differences import Difference, diff
from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.exits import ExitCode, finish
from optoutlang.interfaces.cli.ready import load_matcher
from optoutlang.interfaces.reports.differences import Sides, as_json, as_markdown, as_text

_RENDERERS: Mapping[str, Callable[[Difference, Sides], str]] = {
    "text": as_text,
    "json": as_json,
    "markdown": as_markdown,
}


@command(
    "diff",
    examples=(
        ("optout diff acme.optoutc acme.optout", "what an edit changes in what is deployed"),
        ("optout diff us world", "from one pack to another"),
        ("optout diff old.optout new.optout --fail-on weaker", "fail only if an opt-out is lost"),
        ("optout diff old.optout new.optout --format markdown", "a comment for a pull request"),
    ),
)
@click.argument("old")
@click.argument("new")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(_RENDERERS)),
    default="text",
    show_default=True,
    help="How to print the changes.",
)
@click.option(
    "--fail-on",
    "fail_on",
    type=click.Choice(["any", "weaker"]),
    default="any",
    show_default=True,
    help="Which changes exit 1: any, or only those by which an opt-out is lost.",
)
def command_object(*, old: str, new: str, form: str, fail_on: str) -> None:
    """Compare the meaning of two rulesets, not their text.

    Each change in what messages mean, in which countries, with a shortest message that shows it. Nothing found is a
    proof: every message, from every country and for every preferred language, has the same action, language and reply.

    OLD and NEW are each an .optout file, an artefact or a pack's name.
    """
    matchers = load_matcher(old), load_matcher(new)
    found = diff(matchers[0].program, matchers[1].program)
    click.echo(_RENDERERS[form](found, Sides(old, new, matchers[0].digest, matchers[1].digest)))
    failing = not found.equal if fail_on == "any" else bool(found.weaker or found.unsettled)
    finish(ExitCode.FINDINGS if failing else ExitCode.CLEAN)
