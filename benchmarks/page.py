"""The page docs/figures.md, from the rules as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from benchmarks.baselines import BASELINES
from benchmarks.blind import blind_section
from benchmarks.corpora import (
    TALK,
    Hit,
    Judgement,
    Sentence,
    conversation,
    judged,
    judgements,
    messages,
)
from benchmarks.suggested import suggested_section
from optoutlang import Action, Matcher
from optoutlang.analysis.corpus.answer import Answer
from optoutlang.analysis.corpus.labelled import Labelled
from optoutlang.analysis.corpus.measure import (
    Measured,
    Summary,
    Verdict,
    by_action,
    by_field,
    by_step,
    measure,
    summary,
)
from optoutlang.analysis.corpus.share import Share
from optoutlang.interfaces.reports.figures import (
    action_name,
    per_ten_thousand,
    percent,
)
from optoutlang.interfaces.reports.markdown import cell, markdown_table
from optoutlang.interfaces.reports.visible import visible

FEW = 10
"""A language with fewer rows than this stands with the others like it: its share would say little."""

HEAD = """\
# Figures

How often the pack `world` is right. Made by `make measure`, which reads benchmarks/data and nothing else; a test holds
that this page is what it prints. benchmarks/data/README.md says where the messages are from.

- **recall**: of the messages that ask for something, those answered rightly
- **precision**: of the messages that got an answer, those for which it was right
- **false alarms**: messages that ask for nothing and got an answer
- In brackets stand the Wilson score interval at 95 % and the counts. The rows are no random sample of anybody's
  messages: the interval says what so few rows can say of more of the same kind, not what your customers send.

Rules always do well on what they were developed on. Measure yours on your own messages: [measuring.md](measuring.md).
"""

BESIDE = """\
## Beside what other systems do

Only opt-outs count here, in all columns, since the others know nothing else. All four are in benchmarks/baselines.py,
with their sources:

- `eight words, exact`: the trimmed message is STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT, REVOKE or OPTOUT
- `word anywhere`: `\\b(stop|end|quit|cancel|unsubscribe)\\b`
- `first word`: what stands before the first space is one of the eight words
- `Spoke`: the published default pattern of that system
"""

UNLABELLED = """\
## Where nobody asks for anything

Nobody labelled these, so each hit is read and judged by a person (benchmarks/data/judged.jsonl); all stand below.
A hit is **right** if the message, sent alone to a business, reasonably means what was decided. The first two
are read as from the United States, the others without a country.
"""


CONVERSATION = """\
## In two-way conversation

What people say to a business that they talk with, collected by what went wrong with it
(benchmarks/data/conversation.jsonl). The rules were mended with these rows in sight; what that is worth is what
the blind rounds are for.
"""


def page(matcher: Matcher, decided: Mapping[str, Sequence[Hit]]) -> str:
    """Return the page: `decided` holds the hits in each set without labels."""
    measured = measure(matcher, messages())
    parts = (
        [HEAD],
        blind_section(matcher),
        ["", *suggested_section(matcher)],
        ["", UNLABELLED, *_unlabelled(matcher, decided)],
        ["", CONVERSATION, *_conversation(matcher)],
        ["", BESIDE, *_beside(matcher, measured)],
        ["", "## All actions", "", *_groups(measured)],
        ["", "## By language: messages that want something in a phrase", "", *_languages(measured)],
        *(_wrong(matcher, measured, verdict) for verdict in (Verdict.MISS, Verdict.FALSE_ALARM)),
    )
    return "\n".join(chain.from_iterable(parts)) + "\n"


def _conversation(matcher: Matcher) -> Iterator[str]:
    """Yield how many rows of each class are right, then the wrong ones."""
    measured = measure(matcher, conversation())
    classes: dict[str, list[Measured]] = {}
    for each in measured:
        classes.setdefault(each.row.field("class"), []).append(each)
    rows = [(name, percent(_share(each))) for name, each in classes.items()]
    yield from markdown_table(("class", "right"), [*rows, ("all", percent(_share(measured)))])
    wrong = [each for each in measured if each.verdict is not Verdict.RIGHT]
    if wrong:
        yield ""
        yield from (_wrong_line(each, "class") for each in wrong)


def _beside(matcher: Matcher, measured: Sequence[Measured]) -> Iterator[str]:
    """Yield the table of all contestants, with one line for each set that has a goal."""
    rows = [each.row for each in measured]
    answers = [measured, *([_by(decide, row) for row in rows] for decide in BASELINES.values())]
    body = []
    for name, goal, wanted in _SETS:
        shares = [_share([each for each in given if wanted(each.row)]) for given in answers]
        body.append((name, goal, percent(shares[0]), *map(_plain, shares[1:])))
    heading = ("recall of opt-outs", "goal", matcher.name, *BASELINES)
    yield from markdown_table(heading, body)
    yield ""
    quiet = [[each for each in given if each.row.expect is None] for given in answers]
    alarms = [Share(sum(_opts_out(each) for each in given), len(given)) for given in quiet]
    heading = ("false alarms", "goal", matcher.name, *BASELINES)
    line = ("labelled, no request", "≤ 1 %", percent(alarms[0]), *map(_plain, alarms[1:]))
    yield from markdown_table(heading, [line])


def _is(kind: str, *, english: bool | None = None) -> Callable[[Labelled], bool]:
    def wanted(row: Labelled) -> bool:
        in_english = (row.language or "").split("-")[0] == "en"
        right = english is None or english is in_english
        return row.field("set") == kind and row.expect is Action.OPT_OUT and right

    return wanted


_SETS = (
    ("keyword plus noise", "100 %", _is("keyword")),
    ("typo, look-alike, digit for a letter", "≥ 95 %", _is("slip")),
    ("phrase, English", "≥ 97 %", _is("phrase", english=True)),
    ("phrase, other languages", "≥ 90 % in each", _is("phrase", english=False)),
)


def _by(decide: Callable[[str], Action | None], row: Labelled) -> Measured:
    return Measured(row, Answer(decide(row.text)))


def _opts_out(measured: Measured) -> bool:
    return measured.answer.action is Action.OPT_OUT


def _share(measured: Sequence[Measured]) -> Share:
    return Share(sum(each.verdict is Verdict.RIGHT for each in measured), len(measured))


def _plain(share: Share) -> str:
    return "-" if share.value is None else f"{100 * share.value:.1f} %"


def _unlabelled(matcher: Matcher, decided: Mapping[str, Sequence[Hit]]) -> Iterator[str]:
    known = judgements()
    heading = ("set", "messages", "goal", matcher.name, "false alarms in 10,000", *BASELINES)
    body = []
    for talk in TALK:
        sentences, hits = talk.read(), decided[talk.name]
        counts = (
            f"{sum(each.action is action for each in hits)} {action.value}" for action in Action
        )
        wrong = sum(not _is_right(judged(each, known)) for each in hits)
        rate = per_ten_thousand(Share(wrong, len(sentences)))
        theirs = (f"{_count(decide, sentences)} opt-out" for decide in BASELINES.values())
        body.append(
            (talk.title, f"{len(sentences):,}", talk.goal, ", ".join(counts), rate, *theirs)
        )
    yield from markdown_table(heading, body)
    listed = sorted(chain.from_iterable(decided.values()), key=_place)
    yield ""
    heading = ("set", "language", "message", "action", "matched by", "judged", "because")
    yield from markdown_table(heading, [_hit_row(each, judged(each, known)) for each in listed])


def _is_right(said_of: Judgement | None) -> bool:
    return said_of is not None and said_of.verdict == "right"


def _place(hit: Hit) -> tuple[str, str, str]:
    return hit.sentence.origin, hit.sentence.language, hit.sentence.text


def _hit_row(hit: Hit, said_of: Judgement | None) -> tuple[str, ...]:
    of, language, text = _place(hit)
    judgement = ("not judged", "") if said_of is None else (said_of.verdict, said_of.reason)
    return of, language, visible(text), hit.action.value, hit.matched_by, *judgement


def _count(decide: Callable[[str], Action | None], sentences: Iterable[Sentence]) -> int:
    return sum(decide(each.text) is not None for each in sentences)


def _groups(measured: Sequence[Measured]) -> Iterator[str]:
    tables = (
        ("messages", (summary(measured),)),
        ("action", by_action(measured)),
        ("matched by", by_step(measured)),
        ("set", by_field(measured, "set")),
        ("kind", by_field(measured, "kind")),
    )
    for number, (name, summaries) in enumerate(tables):
        if number:
            yield ""
        yield from _table(name, summaries)


def _table(name: str, summaries: Iterable[Summary]) -> Iterator[str]:
    heading = (name, "rows", "recall", "precision", "false alarms in 10,000")
    rows = [
        (
            each.name,
            str(each.rows),
            percent(each.recall),
            percent(each.precision),
            per_ten_thousand(each.false_alarms),
        )
        for each in summaries
    ]
    yield from markdown_table(heading, rows)


def _languages(measured: Sequence[Measured]) -> Iterator[str]:
    """Yield recall by language without region or script; those with few rows together."""
    groups: dict[str, list[Measured]] = {}
    for each in measured:
        if each.row.field("set") == "phrase":
            groups.setdefault((each.row.language or "").split("-")[0], []).append(each)
    many = {name: rows for name, rows in groups.items() if len(rows) >= FEW}
    few = [row for name, rows in groups.items() if name not in many for row in rows]
    names = sorted(many, key=lambda name: (-len(many[name]), name))
    rows = [(name, percent(_share(many[name]))) for name in names]
    rows.append(
        (f"{len(groups) - len(many)} languages with fewer than {FEW} rows", percent(_share(few)))
    )
    yield from markdown_table(("language", "recall"), rows)


def _wrong(matcher: Matcher, measured: Sequence[Measured], verdict: Verdict) -> list[str]:
    title = {Verdict.MISS: "Misses", Verdict.FALSE_ALARM: "False alarms"}[verdict]
    wrong = [each for each in measured if each.verdict is verdict]
    lines = ["", f"## {title}: {len(wrong)}", ""]
    if wrong:
        lines += [f"`optout measure {matcher.name} benchmarks/data/messages.jsonl` says why.", ""]
    lines += [_wrong_line(each, "set") for each in wrong]
    return lines if wrong else [*lines, "None."]


def _wrong_line(measured: Measured, field: str) -> str:
    row = measured.row
    context = ", ".join(part for part in (row.language, row.country, row.field(field)) if part)
    wanted = f"{action_name(row.expect)}, got {action_name(measured.answer.action)}"
    return f"- “{cell(visible(row.text))}” ({context}): {wanted}"
