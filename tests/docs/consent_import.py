"""The table of docs/consent-import.md: what the columns and flags of providers' lists mean."""

from __future__ import annotations

from optoutlang.consent.transfer.forms import FORMS, Form


def forms_table() -> str:
    """Return the table of all forms."""
    head = "| `--form` | the person | when | in or out | mind |\n| --- | --- | --- | --- | --- |\n"
    return head + "".join(map(_row, FORMS.values()))


def _row(form: Form) -> str:
    times = ", ".join(f"`{each}`" for each in form.times) or "no column: `--at`"
    flags = " or ".join(f"`{each}`" for each in form.flags)
    said = ", ".join(f"`{text}` {wish.value}" for text, wish in form.meanings.items())
    wish = f"{flags}: {said}" if form.flags else "every row: opt-out"
    numbers = ", ".join(f"`{each}`" for each in form.numbers)
    source = f" ([source]({form.source}))" if form.source.startswith("http") else ""
    return f"| `{form.name}` | {numbers} | {times} | {wish} | {form.warning}{source} |\n"
