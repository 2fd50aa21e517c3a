"""Train the suggester of a ruleset."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from optoutlang import Matcher
from optoutlang.analysis.similar.corpus import Corpus, corpus, part_of
from optoutlang.analysis.similar.rules import of_rules
from optoutlang.analysis.similar.train import Settings, TrainingError, train
from optoutlang.interfaces.cli.command import command
from optoutlang.interfaces.cli.completion import FILE, RULES
from optoutlang.interfaces.cli.exits import ExitCode, Unreadable, because, finish
from optoutlang.interfaces.cli.files import write_bytes
from optoutlang.interfaces.cli.inputs.sources import show_diagnostics
from optoutlang.language.driver.compile import check_sources, compile_checked
from optoutlang.language.driver.files import Disk
from optoutlang.language.driver.load import load_path
from optoutlang.language.model.used_examples import used_examples
from optoutlang.runtime.program.similar_wire import SUFFIX, file_bytes

ORDER = 145
"""Where `optout --help` lists it."""

MESSAGE = 3.0
"""The weight of a message of `--positives`: somebody wrote it."""


@command(
    examples=(
        (
            "optout train acme.optout --negatives talk.txt",
            "writes acme.similar, which `suggest similar` in acme.optout asks",
        ),
        (
            "optout train acme.optout --negatives talk.txt --positives missed.txt --per-ten-thousand 5",
            "with opt-outs that rules missed, and more suggestions",
        ),
    ),
)
@click.argument("rules", type=RULES)
@click.option(
    "--negatives",
    type=FILE,
    metavar="FILE",
    required=True,
    help="Messages that ask for nothing, one a line.",
)
@click.option("--positives", type=FILE, metavar="FILE", help="Opt-outs, one a line.")
@click.option(
    "--per-ten-thousand",
    type=click.IntRange(0, 1000),
    default=Settings().per_ten_thousand,
    show_default=True,
    metavar="N",
    help="How many of 10,000 messages of FILE may be suggested.",
)
@click.option(
    "--size",
    type=click.IntRange(100, 100_000),
    default=Settings().size,
    show_default=True,
    metavar="N",
    help="How many n-grams are kept.",
)
def run(
    *, rules: str, negatives: str, positives: str | None, per_ten_thousand: int, size: int
) -> None:
    """Train the suggester of an .optout file: RULES.similar beside it, which `suggest similar` asks.

    It learns from what the rules read, from the tests of all files, and from messages. Of the messages that ask for
    nothing one half is learned from and the other one sets the threshold: be sure that no opt-out is among them. It
    needs the extra `train`, and gives the same bytes for the same input and versions.
    """
    path = Path(rules)
    if path.suffix != ".optout":
        raise click.UsageError(
            f"`{rules}` is no .optout file, beside which a suggester could stand"
        )
    output = path.with_suffix(SUFFIX)
    matcher, corpora = _of_rules(path, Settings().seed)
    corpora += _of_messages(matcher, negatives)
    if positives is not None:
        corpora.append(corpus(Path(positives).name, "positive", _lines(positives), weight=MESSAGE))
    settings = Settings(per_ten_thousand=per_ten_thousand, size=size)
    try:
        model = train(output.name, corpora, rules=matcher.digest, settings=settings)
    except TrainingError as error:
        raise click.UsageError(str(error)) from error
    data = file_bytes(model)
    write_bytes(output, data)
    for each in model.provenance.sets:
        click.echo(f"{each.use:<10} {each.rows:>9,}  {each.name}")
    click.echo(f"{output}: {len(model.weights):,} n-grams, {len(data):,} bytes")


class _WithoutSuggester(Disk):
    """Reads the files of this machine but the suggester that is made anew: it may be damaged."""

    def __init__(self, suggester: Path) -> None:
        self._suggester = self.resolve(suggester)

    def read(self, path: Path) -> bytes:
        """Return the content of a file.

        Raises:
            OSError: it cannot be read.
        """
        if self.resolve(path) == self._suggester:
            raise FileNotFoundError(path)
        return super().read(path)


def _of_rules(path: Path, seed: int) -> tuple[Matcher, list[Corpus]]:
    """Return the rules without a suggester, and what they teach; end the command if they have errors."""
    try:
        sources = load_path(path, files=_WithoutSuggester(path.with_suffix(SUFFIX)))
    except OSError as error:
        raise Unreadable(because(error, str(path))) from error
    checked = check_sources(sources)
    if checked.ruleset is None:
        show_diagnostics(checked.diagnostics)
        finish(ExitCode.FINDINGS)
    matcher = Matcher(compile_checked(checked).without_suggester())
    examples = (*checked.ruleset.examples, *used_examples(sources.loaded, checked.ruleset))
    return matcher, of_rules(matcher.program, examples, seed=seed)


def _of_messages(matcher: Matcher, file: str) -> Iterator[Corpus]:
    """Yield what is learned from messages that ask for nothing, and what of them sets the threshold."""
    name, halves = Path(file).name, ([], [])  # type: tuple[str, tuple[list[str], list[str]]]
    for text in _lines(file):
        if matcher.match(text) is None:
            halves[part_of(text, 2)].append(text)
    yield corpus(name, "negative", halves[0])
    yield corpus(name, "threshold", halves[1])


def _lines(file: str) -> list[str]:
    """Return the lines of a file that are not blank.

    Raises:
        Unreadable: it cannot be read, or is not UTF-8.
    """
    try:
        text = Path(file).read_text("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(f"`{file}` is not UTF-8") from error
    except OSError as error:
        raise Unreadable(because(error, file)) from error
    return [line for line in text.split("\n") if line.strip()]
