"""The matcher of an artefact decodes what it is asked for, and answers as that of the whole program."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from optoutlang.runtime import native
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.matcher.exact_reader import MOST_KEPT
from optoutlang.runtime.program import Program
from optoutlang.runtime.program.artefact import ArtefactError, Opened, to_bytes
from tests.builders.artefacts import COMPLETE, WIDE, Edit, canonical, content, put, sealed
from tests.builders.rulesets import program

LANGUAGES = (None, "es", "fr-CA", "no language at all")
BESIDE = (
    "stop offers",
    "st\u043ep",
    "stoop",
    "hours",
    "please stop",
    "take me off",
    "stop texting me",
    "never stop texting me",
    "!",
    "",
    "\ud800",
    "no word of a rule",
)
"""Messages that are no keyword as they stand, or one of an answer or a topic."""


def texts(made: Program) -> list[str]:
    contexts = [own for _, own in made.own_contexts()]
    keys = {
        key
        for own in contexts
        for key in (*own.keywords, *own.answer_keywords, *own.topic_keywords)
    }
    everyday = {text for own in contexts for text in own.everyday}
    return sorted({*keys, *everyday, *BESIDE, *(key.upper() + "!" for key in keys)})


@pytest.mark.parametrize("rules", [COMPLETE, WIDE], ids=["complete", "wide"])
def test_each_first_message_is_answered_as_by_the_whole_program(rules: str) -> None:
    """Enumerated: every keyword, and what is none, by each context and language as the first message of a matcher."""
    made = program(rules)
    whole, data = Matcher(made), to_bytes(made)
    for country in (None, *whole.countries, "DE", "mx", "Atlantis"):
        opened = Matcher.from_bytes(data)
        for text in texts(made):
            if opened.is_prepared:  # the message before needed everything
                opened = Matcher.from_bytes(data)
            for language in LANGUAGES:
                expected = whole.match(text, country=country, language=language)
                assert opened.match(text, country=country, language=language) == expected


def test_keywords_alone_need_nothing_else() -> None:
    opened = Matcher.from_bytes(to_bytes(program(COMPLETE)))
    for country in (None, "MX", "US"):
        for word in ("STOP", "start", "Help!"):
            assert opened.match(word, country=country) is not None
    assert not opened.is_prepared
    assert opened.match("please stop") is not None
    assert opened.is_prepared


def test_what_an_artefact_says_of_itself_needs_nothing_else() -> None:
    whole = Matcher(program(COMPLETE))
    opened = Matcher.from_bytes(whole.to_bytes())
    found = opened.name, opened.countries, opened.digest, opened.to_bytes(), repr(opened)
    assert found == (whole.name, whole.countries, whole.digest, whole.to_bytes(), repr(whole))
    assert not opened.is_prepared
    assert pickle.loads(pickle.dumps(opened)).digest == whole.digest  # noqa: S301


def test_everything_else_is_the_whole_programs() -> None:
    whole = Matcher(program(COMPLETE))
    data = whole.to_bytes()
    assert Matcher.from_bytes(data).program == whole.program
    assert Matcher.from_bytes(data).topics == whole.topics
    assert Matcher.from_bytes(data).states == whole.states
    assert Matcher.from_bytes(data).explain("stop") == whole.explain("stop")
    assert Matcher.from_bytes(data).match("x", payload="y") == whole.match("x", payload="y")
    assert Matcher.from_bytes(data, whole=True).match("stop") == whole.match("stop")


def test_threads_may_send_the_first_messages() -> None:
    whole = Matcher(program(COMPLETE))
    opened = Matcher.from_bytes(whole.to_bytes())
    messages = [*BESIDE, "STOP", "ALTO"] * 8
    with ThreadPoolExecutor(8) as pool:
        assert [*pool.map(opened.match, messages)] == [whole.match(each) for each in messages]


def test_whether_the_core_is_used_is_asked_when_the_matcher_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = to_bytes(program(COMPLETE))
    with monkeypatch.context() as forced:
        forced.setenv(native.PURE, "1")
        opened = Matcher.from_bytes(data)
    opened.prepare()
    assert opened.prefilter is None


BEHIND: dict[str, Edit] = {
    "a phrase not canonical": put("base", "phrases", "1", value="Ast\u00f6p"),
    "filler out of order": put("base", "fillers", value=["please", "me"]),
    "a word of a class not canonical": put("frames", "words", value="Ah\u00f6w"),
    "no typos": lambda found: found.pop("typos"),
    "frames that are a list": put("frames", value=[]),
    "meanings that are not there": put("meanings", value=[]),
}
"""What stands in the second part, and is not read with the first."""


@pytest.mark.parametrize("name", BEHIND)
def test_a_forged_second_part_never_costs_a_keyword_and_is_refused_when_needed(name: str) -> None:
    forged = content(program(COMPLETE))
    BEHIND[name](forged)
    data = sealed(canonical(forged))
    opened = Matcher.from_bytes(data)
    for _ in range(2):
        for word, country in (("STOP", None), ("ALTO", None), ("HELP", "MX"), ("YES", "US")):
            assert opened.match(word, country=country) is not None
        with pytest.raises(ArtefactError, match="malformed"):
            opened.match("please stop")
        with pytest.raises(ArtefactError, match="malformed"):
            opened.prepare()
    with pytest.raises(ArtefactError, match="malformed"):
        Matcher.from_bytes(data, whole=True)


def test_a_forged_keyword_is_refused_when_it_is_asked_and_costs_no_other() -> None:
    forged = content(program(COMPLETE))
    forged["base"]["keywords"]["nomore"][1][0][1] = "NO LESS"
    opened = Matcher.from_bytes(sealed(canonical(forged)))
    assert opened.match("STOP") is not None
    with pytest.raises(ArtefactError, match="`nomore` is not the key of its spelling"):
        opened.match("no more")
    with pytest.raises(ArtefactError, match="`nomore` is not the key of its spelling"):
        opened.prepare()
    assert opened.match("STOP") is not None


def test_more_keywords_than_are_kept_are_answered() -> None:
    words = [f"WORD{number}" for number in range(2 * MOST_KEPT)]
    made = Matcher(program(f"opt-out {{ keywords {', '.join(words)} }}"))
    opened = Matcher.from_bytes(made.to_bytes())
    for word in words * 2:
        assert opened.match(word) == made.match(word) is not None
    assert not opened.is_prepared


AT_ONCE: dict[str, Edit] = {
    "other tables": put("tables", 1, value="0" * 64),
    "a later language": put("version", value=99),
    "no name": put("name", value=""),
    "an unknown country": lambda found: [
        found["countries"].update(UK=found["countries"].pop("US")),
        found["certificate"][0][0].__setitem__(-1, "UK"),
    ],
    "STOP rebound": put("base", "keywords", "stop", 0, value="help"),
    "STOP taken away in a country": put("overlays", 1, "keywords", value={"stop": None}),
    "no certificate": lambda found: found.pop("certificate"),
    "a member too many": put("extra", value=1),
    "a country without overlay": put("countries", "US", value=7),
}
"""What is read at once."""


@pytest.mark.parametrize("name", AT_ONCE)
def test_a_forged_first_part_is_refused_at_once(name: str) -> None:
    forged = content(program(COMPLETE))
    AT_ONCE[name](forged)
    with pytest.raises(ArtefactError, match="malformed"):
        Opened(sealed(canonical(forged)))


def test_what_stands_in_the_wrong_part_is_refused() -> None:
    front, rest = to_bytes(program(COMPLETE))[75:].split(b"\n")
    for one, other in (
        (front.replace(b'{"base":{', b'{"base":{"phrases":{},', 1), rest),
        (front.replace(b'"name":', b'"meanings":[],"name":', 1), rest),
        (front, rest.replace(b'{"base":{', b'{"base":{"keywords":{},', 1)),
        (front, rest.replace(b'"meanings":', b'"countries":{},"meanings":', 1)),
        (front, rest.replace(b'"overlays":[', b'"overlays":[{},', 1)),
        (front, rest + b"\n" + rest),
        (front, b""),
        (b"", rest),
        (rest, front),
    ):
        data = sealed(one + b"\n" + other)
        assert (one, other) != (front, rest)
        with pytest.raises(ArtefactError, match="malformed"):
            Matcher.from_bytes(data).prepare()
        with pytest.raises(ArtefactError, match="malformed"):
            Matcher.from_bytes(data, whole=True)


def test_every_bit_flip_and_truncation_is_refused_at_once() -> None:
    data = bytearray(to_bytes(program(COMPLETE)))
    for bit in range(8 * len(data)):
        data[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ArtefactError):
            Matcher.from_bytes(bytes(data))
        data[bit // 8] ^= 1 << bit % 8
    for length in range(len(data)):
        with pytest.raises(ArtefactError):
            Matcher.from_bytes(bytes(data[:length]))
