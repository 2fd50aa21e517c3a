"""Files of messages: the options and the reader that `scan`, `measure` and `match --jsonl` share."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import wraps

import click

from optoutlang.analysis.corpus.columns import COUNTRY as COUNTRY_COLUMN
from optoutlang.analysis.corpus.columns import LANGUAGE as LANGUAGE_COLUMN
from optoutlang.analysis.corpus.columns import TEXT, Columns
from optoutlang.analysis.corpus.countries import nowhere
from optoutlang.analysis.corpus.table import NoColumnError, Table, TableError
from optoutlang.interfaces.cli.exits import Unreadable, because
from optoutlang.interfaces.cli.inputs.names import STANDARD_INPUT
from optoutlang.interfaces.cli.inputs.tables import NAMES, EncodingType, open_table
from optoutlang.interfaces.cli.parameters import COUNTRY
from optoutlang.interfaces.reports.visible import visible
from optoutlang.runtime.terms.extra import install_command


@dataclass(frozen=True, slots=True)
class MessageOptions:
    """What the options say of files of messages: their columns, the country of those that name none, their format."""

    columns: Columns
    country: str | None
    form: str | None
    encoding: str | None
    standard_input_form: str | None = None

    def form_of(self, file: str) -> str | None:
        """Return the format of a file, None where its name or content tells it."""
        if self.form is None and file == STANDARD_INPUT:
            return self.standard_input_form
        return self.form

    def number_country(self) -> Callable[[str], str | None]:
        """Return what tells the country of a number; nothing does where no column of numbers is named.

        Raises:
            click.UsageError: the package for it is not installed.
        """
        if self.columns.sender is None:
            return nowhere
        try:
            # Here, not above: few ask for it, and its tables take long to load.
            from optoutlang.providers.numbers import country_of  # noqa: PLC0415
        except ModuleNotFoundError as missing:
            needed = "--from-column needs `phonenumbers` of the extra `phone`"
            raise click.UsageError(f"{needed}: {install_command('phone')}") from missing
        return country_of


def message_options(
    *,
    text: tuple[str, ...] = ("--column",),
    form: tuple[str, ...] = ("--input-format",),
    standard_input: str | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return the decorator of the options that say what files of messages hold; the function gets `messages`.

    `text` and `form` are the names of two of them, for commands that had others before; `standard_input` is the
    format that comes from there unless another is given.
    """
    options = (
        click.option(
            *text,
            "column",
            metavar="NAME",
            default=TEXT,
            show_default=True,
            help="The column of the messages; by default any usual name, such as `Body`.",
        ),
        click.option(
            "--country-column",
            metavar="NAME",
            help="The column of their countries; by default `country`, where there is one.",
        ),
        click.option(
            "--from-column", metavar="NAME", help="The column of senders' numbers, for countries."
        ),
        click.option(
            "--language-column",
            metavar="NAME",
            help="The column of preferred languages; by default `language`, where there is one.",
        ),
        click.option(
            "--country", metavar="CC", type=COUNTRY, help="Country of messages that have none."
        ),
        click.option(
            *form,
            "input_form",
            type=click.Choice(NAMES),
            help="The format of FILE, if neither its name nor its content tells.",
        ),
        click.option(
            "--encoding", type=EncodingType(), help="Encoding of CSV that is not UTF-8 or UTF-16."
        ),
    )

    def decorated(function: Callable[..., None]) -> Callable[..., None]:
        @wraps(function)
        def run(
            *,
            column: str,
            country_column: str | None,
            from_column: str | None,
            language_column: str | None,
            country: str | None,
            input_form: str | None,
            encoding: str | None,
            **others: object,
        ) -> None:
            guessed = {COUNTRY_COLUMN: country_column, LANGUAGE_COLUMN: language_column}
            columns = Columns(
                column,
                country_column or COUNTRY_COLUMN,
                sender=from_column,
                language=language_column or LANGUAGE_COLUMN,
                guesses=tuple(name for name, given in guessed.items() if given is None),
            )
            messages = MessageOptions(columns, country, input_form, encoding, standard_input)
            function(messages=messages, **others)

        for option in reversed(options):
            run = option(run)
        return run

    return decorated


@contextmanager
def reading_messages(file: str, messages: MessageOptions) -> Iterator[Table]:
    """Open a file of messages as a table; what goes wrong while it is read ends the command.

    Raises:
        click.UsageError: the format is not known, or a column is not there.
        Unreadable: the file cannot be read, or is damaged.
    """
    with ExitStack() as opened:
        try:
            yield open_table(file, messages.form_of(file), messages.encoding, opened)
        except NoColumnError as error:
            raise click.UsageError(missing_column(error, file)) from error
        except TableError as error:
            raise Unreadable(f"cannot use `{file}`: {error}") from error
        except (OSError, EOFError, zlib.error) as error:
            if isinstance(error, BrokenPipeError):
                raise  # of who reads what this command writes
            if not isinstance(error, OSError) or isinstance(error, gzip.BadGzipFile):
                raise Unreadable(f"cannot use `{file}`: damaged gzip: {error}") from error
            raise Unreadable(because(error, file)) from error


def missing_column(error: NoColumnError, file: str) -> str:
    """Return what to say of a column that a file lacks: those that it has, and which may be meant."""
    # Here, not above: only a slip needs it, and matching with an artefact must start fast.
    from optoutlang.language.diagnostics.suggest import closest  # noqa: PLC0415

    there = ", ".join(f"`{visible(each)}`" for each in error.columns)
    near = closest(error.column, error.columns)
    advice = f"; did you mean `{visible(near)}`?" if near else ""
    return f"{error}; `{file}` has {there}{advice}"
