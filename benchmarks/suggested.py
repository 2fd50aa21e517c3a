"""The section of docs/figures.md about `suggest similar`: what the suggester adds to what rules decide.

Run as `python -m benchmarks.suggested` to print it alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TypeVar

from benchmarks.blind import RULES, rounds
from benchmarks.corpora import TALK, Sentence, labelled
from benchmarks.suggester import ROUNDS, measured_part
from benchmarks.suggester import RULES as TRAINED
from optoutlang import Action, Matcher
from optoutlang.analysis.corpus.labelled import Labelled
from optoutlang.analysis.corpus.share import Share
from optoutlang.analysis.similar.corpus import tokens_of
from optoutlang.interfaces.cli.inputs.matcher import load_matcher_or_exit
from optoutlang.interfaces.reports.figures import per_ten_thousand, percent
from optoutlang.interfaces.reports.markdown import markdown_table
from optoutlang.language.packs import pack_path
from optoutlang.runtime.matcher.similar import Suggester
from optoutlang.runtime.program.similar_wire import SUFFIX, from_file_bytes

HEAD = """\
## With the suggester

What `suggest similar` adds where no rule decides (docs/language.md §5.30). It learned from rounds 1 to 4 and 6 to 10,
after these were counted, from half of the talk below and from the packs; one quarter of the bank's and the booking
assistants' talk set its threshold. **Not learned from** are the other rounds (round 5 was looked at as totals while
settings were chosen), and the last quarter of the talk, which is measured here.
"""

GOALS = {"bank": "≤ 5", "bookings": "≤ 5"}

T = TypeVar("T")


@cache
def suggester() -> Suggester:
    """Return the suggester that comes with the packs."""
    path = pack_path(TRAINED).with_suffix(SUFFIX)
    return Suggester(from_file_bytes(path.name, path.read_bytes()))


def suggested_section(matcher: Matcher) -> Iterator[str]:
    """Yield the lines of the section."""
    yield HEAD
    yield from _rounds(matcher)
    yield ""
    yield from _talk(matcher)
    model = suggester().model
    made = model.provenance
    versions = ", ".join(f"{name} {version}" for name, version in made.versions)
    yield ""
    yield (
        f"{len(model.weights):,} n-grams, digest `{model.digest[:12]}`; at most {made.per_ten_thousand} in 10,000 "
        f"on {' and '.join(each.name for each in made.sets if each.use == 'threshold')}; {versions}."
    )


def _rounds(matcher: Matcher) -> Iterator[str]:
    heading = (
        *("round", "learned from", "opt-outs decided", "decided or suggested"),
        *("near misses decided", "near misses suggested", "of the negated ones"),
    )
    rows = []
    for path in rounds():
        messages = labelled(path)
        asked = [each for each in messages if each.expect is Action.OPT_OUT]
        quiet = [each for each in messages if each.expect is None]
        negated = [each for each in quiet if each.field("class") == "negated"]
        decided = _counted(asked, lambda each: _decides(matcher, each))
        either = _counted(asked, lambda each: _decides(matcher, each) or _suggests(matcher, each))
        rows.append(
            (
                path.stem,
                "yes" if path.stem in ROUNDS else "no",
                percent(decided),
                percent(either),
                percent(_counted(quiet, lambda each: _decides(matcher, each))),
                percent(_counted(quiet, lambda each: _suggests(matcher, each))),
                percent(_counted(negated, lambda each: _suggests(matcher, each))),
            )
        )
    yield from markdown_table(heading, rows)


def _talk(matcher: Matcher) -> Iterator[str]:
    heading = ("set, the quarter that is only measured", "messages", "goal", "suggested in 10,000")
    rows = []
    for talk in TALK:
        messages = [*measured_part(talk.read())]
        share = _counted(messages, lambda each: _suggests(matcher, each))
        rows.append(
            (talk.title, f"{len(messages):,}", GOALS.get(talk.name, "-"), per_ten_thousand(share))
        )
    yield from markdown_table(heading, rows)


def _counted(rows: Iterable[T], holds: Callable[[T], bool]) -> Share:
    held = [holds(each) for each in rows]
    return Share(sum(held), len(held))


def _decides(matcher: Matcher, row: Labelled) -> bool:
    decision = matcher.match(row.text, country=row.country)
    return decision is not None and decision.action is Action.OPT_OUT


def _suggests(matcher: Matcher, row: Labelled | Sentence) -> bool:
    nothing = matcher.match(row.text, country=row.country) is None
    return nothing and suggester().suggests(tokens_of(row.text))


def main() -> None:
    """Print the section."""
    print("\n".join(suggested_section(load_matcher_or_exit(RULES))))


if __name__ == "__main__":
    main()
