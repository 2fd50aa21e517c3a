"""The report of `optout scan`: one HTML file that needs nothing else, neither a network nor a script.

Importing this module needs Jinja2, of the extra `scan`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from jinja2 import Environment, PackageLoader, StrictUndefined

from optoutlang import __version__
from optoutlang.analysis.corpus.frequent import Frequency
from optoutlang.analysis.corpus.scan import Counts, Hit, Scan
from optoutlang.interfaces.reports.charts import Column, Rectangle, columns
from optoutlang.interfaces.reports.countries import renamed_lines
from optoutlang.interfaces.reports.scan_verdict import next_steps, share, unread, verdict
from optoutlang.interfaces.reports.visible import visible
from optoutlang.runtime.terms.action import Action

FREQUENT = 100
"""How many of the most frequent texts are listed."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was scanned; `sha256` in hexadecimal digits, None for standard input."""

    name: str
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `kind` says how it is shown: text, number, message, rule or bar."""

    text: str
    kind: str = "text"
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; each row has a cell for each name of the heading."""

    caption: str
    heading: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns by week, from the first to the last; `most` is the highest one."""

    first: str
    last: str
    most: int
    shapes: tuple[Rectangle, ...]
    numbers: Table


def scan_page(scan: Scan, *, inputs: tuple[Input, ...], made: date) -> str:
    """Return the report on some files, made on a day."""
    environment = Environment(
        loader=PackageLoader("optoutlang.interfaces.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    names = ", ".join(visible(each.name) for each in inputs)
    found = share(scan)
    return environment.get_template("scan.html").render(
        title=f"{'What was missed' if scan.compares else 'What was found'} in {names}",
        verdict=verdict(scan),
        compares=scan.compares,
        part=100 * found.part / found.whole if found.whole else 0.0,
        steps=list(next_steps(scan)),
        chart=_chart(scan),
        asked=_counted("By what the rules say", "asks for", scan, scan.asked),
        surplus=_surplus(scan),
        languages=_counted("By the language of the reply", "language", scan, scan.languages),
        matched=_counted("By how the message matched", "matched by", scan, scan.steps),
        frequent=_frequent(scan),
        too_many=None if scan.frequent.exact else scan.frequent.capacity,
        suggested=_suggested(scan),
        examples=list(_examples(scan)),
        problems=_problems(scan),
        unread=unread(scan),
        facts=list(_facts(scan, inputs, made)),
    )


def _facts(scan: Scan, inputs: tuple[Input, ...], made: date) -> Iterator[tuple[str, str]]:
    yield "Made", f"{made}, by optout {__version__}"
    yield "Rules", f"{scan.matcher.name}, digest {scan.matcher.digest}"
    for each in inputs:
        digest = "" if each.sha256 is None else f", SHA-256 {each.sha256}"
        yield "File", f"{visible(each.name)}{digest}"
    yield "Messages read", f"{scan.messages:,}"
    yield "Rows skipped", f"{scan.skipped:,}"
    if scan.renamed:
        yield "Countries by name", "; ".join(renamed_lines(scan.renamed))
    if scan.weeks:
        undated = scan.messages - scan.weeks.total()
        weeks = f"{min(scan.weeks)} to {max(scan.weeks)}"
        yield "Weeks, by their Monday", weeks + (f"; {undated:,} without a date" * bool(undated))


def _chart(scan: Scan) -> Chart | None:
    """Return what the messages of each week ask for; None where no message has a date."""
    if not scan.weeks:
        return None
    asked = [name for name, _ in scan.asked.hits.most_common()]
    shown = []
    rows = []
    for week in sorted(scan.weeks):
        hits = [scan.weekly.hits[week, name] for name in asked]
        missed = sum(scan.weekly.missed[week, name] for name in asked)
        shown.append(Column(f"week of {week}", missed if scan.compares else sum(hits), sum(hits)))
        lost = (missed,) if scan.compares else ()
        rows.append((Cell(str(week)), *map(_number, (scan.weeks[week], *hits, *lost))))
    heading = ("week of", "messages", *asked, *(("missed",) if scan.compares else ()))
    first, last = shown[0].name, shown[-1].name
    shapes = columns(shown, main="missed" if scan.compares else "requests", rest="handled")
    most = max(each.total for each in shown)
    numbers = Table("What the messages of each week ask for", heading, tuple(rows))
    return Chart(first, last, most, shapes, numbers)


def _counted(caption: str, name: str, scan: Scan, counts: Counts[str]) -> Table:
    """Return a table of counts, and of how many were missed where that is known."""
    ordered = counts.hits.most_common()
    most = ordered[0][1] if ordered else 1
    rows: list[tuple[Cell, ...]] = []
    for key, count in ordered:
        row = (Cell(key), _number(count))
        if scan.compares:
            missed = counts.missed[key]
            lost = missed / count
            rows.append((*row, _number(missed), Cell(f"{100 * lost:.0f} %", "bar", lost)))
        else:
            percent = f"{100 * count / scan.messages:.1f} %"
            rows.append((*row, Cell(percent, "bar", count / most)))
    last = ("of them missed", "missed, in percent") if scan.compares else ("of all messages",)
    return Table(caption, (name, "messages", *last), tuple(rows))


def _surplus(scan: Scan) -> Table | None:
    if not scan.surplus:
        return None
    rows = tuple((Cell(action), _number(count)) for action, count in scan.surplus.most_common())
    return Table("What the present system did, and the rules do not", ("action", "messages"), rows)


def _frequent(scan: Scan) -> Table:
    caption = "Opt-outs first; messages that differ in case, accents, punctuation, emoji and numbers alone are one line"
    most = sorted(scan.frequent.most(FREQUENT), key=lambda each: not _is_opt_out(each.value))
    rows = tuple(map(_frequent_row, most))
    return Table(caption, ("messages", "such as", "asks for", "why"), rows)


def _is_opt_out(hit: Hit) -> bool:
    """Tell whether a hit is what is looked for first."""
    return hit.asked.endswith(Action.OPT_OUT.value)


def _frequent_row(each: Frequency[Hit]) -> tuple[Cell, ...]:
    excess = f" (≤ {each.excess:,} too high)" if each.excess else ""
    hit = each.value
    return Cell(f"{each.count:,}{excess}", "number"), _message(hit.text), Cell(hit.asked), _why(hit)


def _why(hit: Hit) -> Cell:
    return Cell(f"{hit.matched_by}: {visible(hit.keyword)}, {hit.rule}", "rule")


def _suggested(scan: Scan) -> Table | None:
    found = scan.suggestions.most(FREQUENT)
    if not found:
        return None
    rows = tuple(
        (
            _number(each.count),
            _message(each.text),
            Cell(each.action.value),
            Cell(each.matched_by if each.score is None else f"{each.matched_by}, {each.score:+}"),
        )
        for each in found
    )
    caption = "The most certain first: what rules suggest, then by how much it is over the suggester's threshold"
    return Table(caption, ("messages", "such as", "asks for", "matched by"), rows)


def _examples(scan: Scan) -> Iterator[Table]:
    """Yield some texts for each way to match; none where the list of the most frequent has all of them."""
    if len(scan.frequent.most(FREQUENT + 1)) <= FREQUENT:
        return
    for each in scan.examples():
        shown = f"{len(each.hits)} of {each.different:,} different texts, sampled"
        rows = tuple(
            (_message(hit.text), Cell(hit.asked), Cell(hit.language), _why(hit))
            for hit in each.hits
        )
        yield Table(f"{each.matched_by}: {shown}", ("message", "asks for", "language", "why"), rows)


def _problems(scan: Scan) -> Table | None:
    if scan.is_clean:
        return None
    rows = tuple(
        (_number(each.number), Cell(each.column or ""), Cell(visible(each.reason)))
        for each in scan.problems
    )
    return Table("The first of them", ("row", "column", "what is wrong"), rows)


def _number(count: int) -> Cell:
    return Cell(f"{count:,}", "number")


def _message(text: str) -> Cell:
    """Return a message; its line ends are marks, for a person reads it."""
    lines = text.replace("\r\n", "\n").split("\n")
    return Cell(" ⏎ ".join(map(visible, lines)), "message")
