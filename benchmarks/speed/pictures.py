"""The pictures of docs/performance.md, drawn by Matplotlib (the extra `bench`) from a record.

Each holds its data: the tests see by the record's name, which stands in the picture, that it is of the page's record.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed.definition import definitions, title
from benchmarks.speed.measurement import Measurement, Record

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
COLOURS = {"compiled": "#0b6e4f", "pure": "#e08e0b", "N": "#555555", "ahocorasick_rs": "#8a4fb5"}
GRAY, OURS = "#9aa5b1", "#0b6e4f"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its file, the section of the page that shows it, what it says, and what draws it."""

    file: str
    section: str
    caption: str
    draw: Callable[..., None]


def draw(record: Record) -> None:
    """Draw all pictures of a record.

    Raises:
        ImportError: Matplotlib is not installed (the extra `bench`).
    """
    import matplotlib as mpl  # noqa: PLC0415  # an extra

    mpl.use("svg")
    from matplotlib import pyplot as plt  # noqa: PLC0415

    options = {
        "svg.hashsalt": "optoutlang",
        "svg.fonttype": "path",
        "font.size": 10,
        "axes.spines.top": False,
        "axes.spines.right": False,
    }
    for picture in PICTURES:
        with mpl.rc_context(options):
            figure, axes = plt.subplots(figsize=(8, 4.5), layout="constrained")
            picture.draw(record, axes)
            about = {"Date": None, "Description": record.name}
            figure.savefig(IMAGES / picture.file, metadata=about, facecolor="white")
            plt.close(figure)


def one_call(record: Record, axes) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Draw a bar for each case of one call, with ticks at its bar and its stretch figure."""
    cases = [each for each in definitions().all if each.kind == "call" and record.of(each.name)]
    cases.reverse()
    for place, case in enumerate(cases):
        rows = {each.contestant: each for each in record.of(case.name)}
        for offset, name in ((0.2, "compiled"), (-0.2, "pure")):
            row = rows[name]
            axes.barh(place + offset, row.value, 0.38, color=COLOURS[name])
            axes.text(
                row.value * 1.06,
                place + offset,
                f"{row.value:,.3g}" if row.value < 100 else f"{row.value:,.0f}",
                va="center",
                fontsize=7,
            )
            if goal := case.goals.get(name):
                for value, style in ((goal.bar, "-"), (goal.stretch, ":")):
                    if value is not None:
                        ends = (place + offset - 0.19, place + offset + 0.19)
                        axes.plot((value, value), ends, style, color="#b00020", linewidth=1.6)
    axes.set_yticks(range(len(cases)), [title(each).replace("`", "") for each in cases])
    axes.figure.set_size_inches(8, 7.5)
    axes.set_xscale("log")
    axes.axvline(1, color=COLOURS["N"], linewidth=0.8)
    axes.set_xlabel("time of one call, × N (log)")
    handles = [
        axes.barh(0, 0, color=COLOURS["compiled"], label="compiled"),
        axes.barh(0, 0, color=COLOURS["pure"], label="pure Python"),
        *axes.plot([], [], "-", color="#b00020", label="bar"),
        *axes.plot([], [], ":", color="#b00020", label="stretch"),
    ]
    axes.legend(
        handles=handles, loc="upper center", bbox_to_anchor=(0.4, 1.06), ncols=4, frameon=False
    )


def peers(record: Record, axes) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Draw a bar for the time of each peer, and say beside it what it finds."""
    rows = {each.contestant: each for each in record.of("peers")}
    times = sorted(((e.value, name) for name, e in rows.items() if ": " not in name), reverse=True)
    for place, (time, name) in enumerate(times):
        recall, alarms = (rows[f"{name}: {what}"].value for what in ("recall", "false alarms"))
        axes.barh(place, time, 0.7, color=OURS if name.startswith("optoutlang") else GRAY)
        axes.text(
            time * 1.08,
            place,
            f"{time:.3g} × N; finds {recall:.0f} %, false alarms {alarms:.1f} %",
            va="center",
            fontsize=8,
        )
    axes.set_yticks(range(len(times)), [name for _, name in times])
    axes.set_xscale("log")
    axes.set_xlim(0.5, max(times)[0] * 60)
    axes.set_xlabel("time of a message, × N (log)")


def growth(definition: str, axis: str) -> Callable[..., None]:
    """Return what draws the curves of a definition, on log axes."""

    def drawn(record: Record, axes) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        rows = record.of(definition)
        for name in dict.fromkeys(each.contestant for each in rows):
            _curve(axes, name, [each for each in rows if each.contestant == name])
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.grid(visible=True, which="both", alpha=0.2)
        axes.set_xlabel(f"{axis} (log)")
        axes.set_ylabel("ns (log)")
        axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1, 1))

    return drawn


def _curve(axes, name: str, rows: Sequence[Measurement]) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    sizes = [each.size for each in rows]
    axes.plot(sizes, [each.value for each in rows], "o-", color=COLOURS[name], label=name)
    axes.fill_between(
        sizes, [e.low for e in rows], [e.high for e in rows], color=COLOURS[name], alpha=0.15
    )


PICTURES = (
    Picture("speed-call.svg", "call", "One call, as a multiple of N, with bars", one_call),
    Picture("speed-peers.svg", "peers", "Time and recall of the peers", peers),
    Picture(
        "speed-keywords.svg",
        "growth",
        "Time of a message with more and more keywords",
        growth("growth/keywords", "keywords"),
    ),
    Picture(
        "speed-phrases.svg",
        "growth",
        "Time of a message with more and more phrases",
        growth("growth/phrases", "phrases"),
    ),
    Picture(
        "speed-length.svg",
        "growth",
        "Time of a character in longer and longer messages",
        growth("growth/length", "characters"),
    ),
)
