"""Train the suggester that comes with `natural`: writes rules/natural/natural.similar. Run as `make suggester`.

Positives are the packs' readings, tests and vectors, and the labelled messages
of benchmarks/data; of the blind rounds only those that `ROUNDS` names, which
were counted before. Negatives are near misses of the same, what the packs'
exceptions and guards take back, and talk in which nobody asks for anything.
Of the talk two quarters are learned from, one sets the threshold (that of
businesses alone), and one is only ever measured (`measured_part`).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.blind import FOLDER
from benchmarks.corpora import TALK, Sentence, conversation, labelled, messages
from optoutlang import Action, Matcher
from optoutlang.analysis.corpus.labelled import Labelled
from optoutlang.analysis.similar.corpus import Corpus, corpus, part_of
from optoutlang.analysis.similar.rules import of_rules
from optoutlang.analysis.similar.train import Settings, train
from optoutlang.language.driver.compile import check_sources, compile_checked
from optoutlang.language.driver.load import load_path
from optoutlang.language.model.used_examples import used_examples
from optoutlang.language.packs import pack_path, packs_folder
from optoutlang.runtime.program.similar_wire import SUFFIX, file_bytes

RULES = "natural"
ROUNDS = (
    *("round1", "round2", "round3", "round4", "round6", "round7", "round8", "round9", "round10"),
    *("round11", "round12"),
)
"""The rounds that are learned from; round 5, and those to come, check."""

PER_TEN_THOUSAND = 4
"""How many suggestions in 10,000 messages to businesses the threshold lets through: below the goal of 5 on messages
that it was not set by. With 2, as `optout train`, 86.3 % of round 10 were decided or suggested, with 4 88.7 %."""

PARTS = 4
LEARNED = (0, 1)
THRESHOLD = 2
MEASURED = 3
"""The parts of the talk."""

BUSINESSES = ("bank", "bookings")
"""The talk that sets the threshold: what people say to businesses."""

MESSAGE, NEAR_MISS, VECTOR, QUIET_VECTOR = 3.0, 10.0, 1.0, 6.0
"""The weights of labelled messages and of the packs' vectors, those that opt out and those that do not."""


def main() -> None:
    """Train and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--per-ten-thousand", type=int, default=PER_TEN_THOUSAND)
    parser.add_argument("--size", type=int, default=Settings().size)
    parser.add_argument(
        "--without", metavar="ROUND", help="leave one round out, to choose settings"
    )
    parser.add_argument("--output", type=Path, default=pack_path(RULES).with_suffix(SUFFIX))
    options = parser.parse_args()
    settings = Settings(per_ten_thousand=options.per_ten_thousand, size=options.size)
    sources = load_path(pack_path(RULES))
    checked = check_sources(sources)
    matcher = Matcher(compile_checked(checked))
    assert checked.ruleset is not None  # noqa: S101  # it compiled
    examples = (*checked.ruleset.examples, *used_examples(sources.loaded, checked.ruleset))
    rounds = [each for each in ROUNDS if each != options.without]
    corpora = [
        *of_rules(matcher.program, examples, seed=settings.seed),
        *_vectors(),
        *_labelled("messages", messages()),
        *_labelled("conversation", conversation()),
        *(each for name in rounds for each in _labelled(name, labelled(FOLDER / f"{name}.jsonl"))),
        *_talk(matcher),
    ]
    name = f"pack:{RULES}/{RULES}{SUFFIX}"
    model = train(name, corpora, rules=matcher.digest, settings=settings)
    data = file_bytes(model)
    options.output.write_bytes(data)
    for each in model.provenance.sets:
        print(f"{each.use:<10} {each.name:<14} {each.rows:>8,}")
    print(f"{len(model.weights):,} n-grams, {len(data):,} bytes, threshold {model.threshold}")


def measured_part(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Yield the messages of a set of talk from which nothing was learned, and which set no threshold."""
    return (each for each in sentences if part_of(each.text, PARTS) == MEASURED)


def _labelled(name: str, rows: Iterable[Labelled]) -> list[Corpus]:
    asked: list[str] = []
    quiet: list[str] = []
    for each in rows:
        (asked if each.expect is Action.OPT_OUT else quiet).append(each.text)
    return [
        corpus(name, "positive", asked, weight=MESSAGE),
        corpus(name, "negative", quiet, weight=NEAR_MISS),
    ]


def _vectors() -> list[Corpus]:
    asked: list[str] = []
    quiet: list[str] = []
    for path in sorted(packs_folder().rglob("vectors.jsonl")):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            decision = row["decision"]
            opts_out = decision is not None and decision["action"] == Action.OPT_OUT.value
            (asked if opts_out else quiet).append(row["text"])
    return [
        corpus("vectors", "positive", dict.fromkeys(asked), weight=VECTOR),
        corpus("vectors", "negative", dict.fromkeys(quiet), weight=QUIET_VECTOR),
    ]


def _talk(matcher: Matcher) -> Iterator[Corpus]:
    """Yield what is learned of each set of talk, and of businesses' what no rule decides and sets the threshold."""
    for talk in TALK:
        rows = talk.read()
        learned = (each.text for each in rows if part_of(each.text, PARTS) in LEARNED)
        yield corpus(talk.name, "negative", learned)
        if talk.name in BUSINESSES:
            held = (each for each in rows if part_of(each.text, PARTS) == THRESHOLD)
            undecided = (
                each.text for each in held if matcher.match(each.text, country=each.country) is None
            )
            yield corpus(talk.name, "threshold", undecided)


if __name__ == "__main__":
    main()
