"""The verdict of a scan, in sentences: the share that was missed, what to do next, what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from optoutlang.analysis.corpus.scan import Scan
from optoutlang.interfaces.reports.visible import visible
from optoutlang.runtime.terms.action import Action


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the opt-outs were missed; where nothing can be missed, how many of the messages ask to stop."""

    part: int
    whole: int


def share(scan: Scan) -> Share:
    """Return the share that matters most."""
    names = [name for name in scan.asked.hits if name.endswith(Action.OPT_OUT.value)]
    total = sum(scan.asked.hits[name] for name in names)
    if not scan.compares:
        return Share(total, scan.messages)
    return Share(sum(scan.asked.missed[name] for name in names), total)


def verdict(scan: Scan) -> str:
    """Return the first line: what share of the opt-outs was missed, or how many there are."""
    found = share(scan)
    if not scan.compares:
        percent = f" ({100 * found.part / found.whole:.1f} %)" if found.whole else ""
        return f"{found.part:,} of {found.whole:,} messages{percent} ask to stop"
    percent = f" ({100 * found.part / found.whole:.0f} %)" if found.whole else ""
    return f"{found.part:,} of {found.whole:,} opt-outs{percent} were missed by the present system"


def next_steps(scan: Scan) -> Iterator[str]:
    """Yield what to do about it, the most urgent first."""
    missed = scan.asked.missed if scan.compares else Counter[str]()
    if any(missed[name] for name in missed if name.endswith(Action.OPT_OUT.value)):
        yield "Stop messages to the people behind the missed opt-outs; the list below shows their words."
        yield "Read the most frequent ones: each that is right is a rule that the present system lacks."
    if scan.surplus:
        yield "Look at what the present system alone does: it may stop messages to people who want them."
    if any(name.startswith("suggest ") for name in scan.asked.hits):
        yield "Let a person decide the messages that are only suggested."
    if scan.renamed:
        yield "Write countries as ISO 3166-1 codes in the export; they were taken for what they name."
    if not scan.is_clean:
        yield "Mend the rows and cells that could not be read, and scan again."


def unread(scan: Scan) -> str:
    """Say how many rows were skipped, and how many cells were taken for empty."""
    parts = [f"{scan.skipped:,} row{'s' * (scan.skipped != 1)} skipped"]
    for name, count in scan.ignored.most_common():
        cells = f"{count:,} cell{'s' * (count != 1)} of `{visible(name)}`"
        parts.append(f"{cells} taken for empty")
    return ", ".join(parts)
