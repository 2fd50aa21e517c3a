"""Files of messages as tables: by name or by their first bytes, compressed or not, in any encoding."""

from __future__ import annotations

import gzip
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, lookup
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, cast

import click

from optoutlang.analysis.corpus.csv_table import CsvTable
from optoutlang.analysis.corpus.json_table import JsonTable
from optoutlang.analysis.corpus.jsonl_table import JsonlTable
from optoutlang.analysis.corpus.table import Table
from optoutlang.interfaces.cli.inputs.names import STANDARD_INPUT
from optoutlang.interfaces.cli.streams import standard_input
from optoutlang.runtime.terms.extra import install_command

FORMATS: Mapping[str, str] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".parquet": "parquet",
    ".xlsx": "xlsx",
    ".xls": "xlsx",
    ".ods": "xlsx",
}
NAMES = ("csv", "jsonl", "json", "parquet", "xlsx")
_GZIP = b"\x1f\x8b"
_MAGIC = {b"PAR1": "parquet", b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0": "xlsx"}
"""How files begin that are no text, by their format."""


class EncodingType(click.ParamType[str]):
    """The name of a text encoding that Python knows."""

    name = "encoding"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the encoding's name, or end with a usage error."""
        try:
            return lookup(value).name
        except LookupError:
            self.fail(f"`{value}` is not an encoding, such as `windows-1252`", param, ctx)


def open_table(file: str, form: str | None, encoding: str | None, opened: ExitStack) -> Table:
    """Open a file as a table; `form` None is told by the name, else by how the content begins.

    Raises:
        click.UsageError: the format is not known, cannot come from standard input, or needs a package.
        OSError: the file cannot be read.
        TableError: it is not what its format says.
    """
    if file == STANDARD_INPUT:
        if form is None:
            raise click.UsageError("give --input-format for standard input")
        if form in {"parquet", "xlsx"}:
            raise click.UsageError(f"{form} cannot be read from standard input")
        return _text_table(form, standard_input(), None, encoding)
    path = Path(file)
    head = _head(path)
    is_gzip = head.startswith(_GZIP)
    inner = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    form = form or _by_content(head) or FORMATS.get(inner.suffix.lower())
    if form is None:
        raise click.UsageError(
            f"the format of `{file}` is not known by its name; give --input-format {', '.join(NAMES)}"
        )
    if form == "parquet":
        return _parquet(path)
    if form == "xlsx":
        return _sheet(path)
    if is_gzip:
        unzipped = cast("BinaryIO", opened.enter_context(gzip.GzipFile(path, "rb")))
        return _text_table(form, unzipped, None, encoding or _utf16(_gzip_head(path)))
    total = path.stat().st_size
    return _text_table(form, opened.enter_context(path.open("rb")), total, encoding or _utf16(head))


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)


def _gzip_head(path: Path) -> bytes:
    with gzip.open(path, "rb") as file:
        return file.read(4)


def _by_content(head: bytes) -> str | None:
    return next((form for magic, form in _MAGIC.items() if head.startswith(magic)), None)


def _utf16(head: bytes) -> str | None:
    return "utf-16" if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else None


def _text_table(form: str, file: BinaryIO, total: int | None, encoding: str | None) -> Table:
    if form == "csv":
        return CsvTable(file, total=total, encoding=encoding)
    table = JsonTable if form == "json" else JsonlTable
    return table(file, total=total, encoding=encoding)


def _parquet(path: Path) -> Table:
    try:
        # Here, not above: only Parquet needs pyarrow, and it takes long to load.
        from optoutlang.analysis.corpus.parquet_table import ParquetTable  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        hint = f"Parquet needs `pyarrow` of the extra `scan`: {install_command('scan')}"
        raise click.UsageError(hint) from missing
    return ParquetTable(path)


def _sheet(path: Path) -> Table:
    try:
        # Here, not above: only workbooks need it.
        from optoutlang.analysis.corpus.sheet_table import SheetTable  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        hint = f"workbooks need `python-calamine` of the extra `scan`: {install_command('scan')}"
        raise click.UsageError(hint) from missing
    return SheetTable(path)
