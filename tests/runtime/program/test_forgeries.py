"""Content that a forger sealed with a right digest: each is refused, and told why."""

from __future__ import annotations

from typing import Any

import pytest

from optoutlang.runtime.program import Program
from optoutlang.runtime.program.artefact import ArtefactError, from_bytes
from tests.builders.artefacts import (
    COMPLETE,
    RULES,
    Edit,
    canonical,
    content,
    put,
    sealed,
)
from tests.builders.rulesets import program


@pytest.fixture(scope="module")
def sample() -> Program:
    return program(RULES)


STOP = ("base", "keywords", "stop")
PHRASES = ("base", "phrases")
"""By the number of what they mean: 1 for `stop texting me`, 2 for `stop calling me`."""

FORGERIES: dict[str, Edit] = {
    "no members": lambda content: content.clear(),
    "a version that is a boolean": put("version", value=True),
    "a version that is a fraction": put("version", value=1.0),
    "a huge version": put("version", value=10**400),
    "another Unicode version": put("tables", 2, value="1.1.0"),
    "tables that are no list": put("tables", value="tables"),
    "an empty name": put("name", value=""),
    "a name that is a number": put("name", value=1),
    "a lone surrogate": put("name", value="\ud800"),
    "a language in odd casing": put("language", value="EN"),
    "an ill-formed language": put("language", value="e"),
    "a source's digest in capitals": put("sources", 0, 1, value="A" * 64),
    "a source without digest": put("sources", 0, value=["name"]),
    "no sources": put("sources", value=[]),
    "a context that is a list": put("base", value=[]),
    "an empty member": put("overlays", 1, "phrases", value={}),
    "a button that is removed": put("base", "buttons", value={"a": None}),
    "a button that is spelt otherwise": put(
        "base", "buttons", value={"a": ["help", [["en", "A", 0, 1]]]}
    ),
    "a button without a payload": put("base", "buttons", value={"": ["help", [["en", "", 0, 1]]]}),
    "a button that is too long": put(
        "base", "buttons", value={"a" * 2049: ["help", [["en", "a" * 2049, 0, 1]]]}
    ),
    "a limit of nothing": put("base", "reply_limit", value=0),
    "a limit that is too great": put("base", "reply_limit", value=4097),
    "a limit that is a boolean": put("base", "reply_limit", value=True),
    "replies beyond the limit": put("base", "reply_limit", value=10),
    "replies beyond the limit of a country": put("overlays", 1, "reply_limit", value=10),
    "a run-time variable without room": put("base", "runtime", value={"name": 0}),
    "run-time variables that are a list": put("base", "runtime", value=["name"]),
    "a run-time variable of a country": put("overlays", 1, "runtime", value={"name": 20}),
    "no languages": put("base", "languages", value=[]),
    "a language twice": put("base", "languages", value=["en", "en"]),
    "no preferences": lambda content: content["base"].pop("prefer"),
    "STOP gone": lambda content: content["base"]["keywords"].pop("stop"),
    "STOP taken away in a country": put("overlays", 1, "keywords", "stop", value=None),
    "STOP rebound": put(*STOP, 0, value="help"),
    "STOP rebound in a country": put(
        "overlays", 1, "keywords", "stop", value=["opt-in", [["en", "STOP", 0, 1]]]
    ),
    "an unknown action": put(*STOP, 0, value="opt-down"),
    "an action that is a list": put(*STOP, 0, value=[]),
    "no origins": put(*STOP, 1, value=[]),
    "an origin too short": put(*STOP, 1, 0, value=["en", "STOP", 0]),
    "a source that is not there": put(*STOP, 1, 0, 2, value=1),
    "a negative source": put(*STOP, 1, 0, 2, value=-1),
    "a line without bound": put(*STOP, 1, 0, 3, value=1 << 31),
    "line zero": put(*STOP, 1, 0, 3, value=0),
    "a spelling with another key": put(*STOP, 1, 0, 1, value="STOPP"),
    "a key that is none": put(
        "base", "keywords", "Stop", value=["opt-out", [["en", "STOP", 0, 1]]]
    ),
    "an empty key": put("base", "keywords", "", value=["opt-out", [["en", "!", 0, 1]]]),
    "a keyword taken away from the base": put("base", "keywords", "more", value=None),
    "a keyword taken away that is not there": put("overlays", 1, "keywords", "x", value=None),
    "a phrase not canonical": put(*PHRASES, "1", value="Astöp"),
    "a phrase without its count": put(*PHRASES, "1", value="stop texting me"),
    "a phrase of capital letters": put(*PHRASES, "1", value="AStop"),
    "an empty phrase": put(*PHRASES, "1", value="A"),
    "no phrases": put(*PHRASES, "1", value=""),
    "phrases out of order": put(*PHRASES, "1", value="Astop texting meAstop me"),
    "a phrase twice": put(*PHRASES, "1", value="Astop texting meP"),
    "a phrase of two meanings": put(*PHRASES, "1", value="Astop calling me"),
    "a phrase that shares less than it could": put(
        *PHRASES, "1", value="Astop texting meAstop texting us"
    ),
    "a phrase that shares more than there is": put(*PHRASES, "1", value="Bstop texting me"),
    "a phrase taken away from the base": put(*PHRASES, "", value="Astop it"),
    "meanings that are not there": put(*PHRASES, "99", value="Astop it"),
    "a number with a zero in front": put(*PHRASES, "01", value="Astop it"),
    "a number that is none": put(*PHRASES, "one", value="Astop it"),
    "a negative number": put(*PHRASES, "-1", value="Astop it"),
    "meanings out of order": lambda content: content["meanings"][1].reverse(),
    "an action twice": lambda content: content["meanings"][1].append(content["meanings"][1][1]),
    "meanings of nothing": lambda content: content["meanings"].append([]),
    "filler not canonical": put("base", "fillers", value=["Please"]),
    "filler twice": put("base", "fillers", value=["please", "please"]),
    "filler out of order": put("base", "fillers", value=["please", "me"]),
    "a reply too long": put("replies", 0, value="a" * 321),
    "a reply too long in UTF-16": put("replies", 0, value="🛑" * 161),
    "an empty reply": put("replies", 0, value=""),
    "a reply that is not there": put("base", "replies", "opt-out", "en", value=2),
    "a reply that nothing uses": put("replies", value=["Adiós 🛑.", "Bye.", "Nobody says this."]),
    "replies out of order": lambda content: content["replies"].reverse(),
    "an unknown country": put("countries", "UK", value=0),
    "a country in small letters": put("countries", "us", value=0),
    "an overlay that is not there": put("countries", "US", value=2),
    "an overlay that nothing uses": put("countries", "US", value=0),
    "sources out of order": lambda content: content["sources"].append(["", "0" * 64]),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_with_a_right_digest_is_refused(name: str, sample: Program) -> None:
    forged = content(sample)
    assert from_bytes(sealed(canonical(forged))) == sample

    FORGERIES[name](forged)

    with pytest.raises(ArtefactError, match=r"^malformed: (?!None$)."):
        from_bytes(sealed(canonical(forged)))


NO_MORE = ("base", "keywords", "nomore", 1, 0)


CLASS = ("frames", "classes", 1)
GUARD = ("frames", "guards", 0)
FRAME = ("frames", "frames", "opt-out", 0)


def phrase_meanings(content: dict[str, Any]) -> list[Any]:
    [number] = [each for each, text in content["base"]["phrases"].items() if "texting" in text]
    meanings: list[Any] = content["meanings"][int(number)]
    return meanings


def taking(content: dict[str, Any]) -> dict[str, Any]:
    """Return the overlay that takes back what the base has."""
    [overlay] = [each for each in content["overlays"] if "absent" in each]
    found: dict[str, Any] = overlay
    return found


REFUSALS: dict[str, tuple[Edit, str]] = {
    "a member too many": (put("more", value=1), "not the members of a program"),
    "a later version": (put("version", value=3), "a later version of the language"),
    "an earlier version": (
        put("version", value=1),
        "not the version of the language that it needs",
    ),
    "a protected word for an answer": (
        lambda content: content["base"]["answer_keywords"].update(
            stop=["answer", [["en", "STOP", 0, 1]], "hours"]
        ),
        "`stop` is no keyword of an answer",
    ),
    "a request for an answer": (
        put("base", "answer_keywords", "hours", value=["opt-in", [["en", "HOURS", 0, 1]]]),
        "`hours` is no keyword of an answer",
    ),
    "an answer for a request": (
        put("base", "keywords", "nomore", value=["answer", [["en", "NO MORE", 0, 1]], "hours"]),
        "`nomore` is a keyword of an answer",
    ),
    "an answer without a name": (
        put("base", "answer_keywords", "hours", value=["answer", [["en", "HOURS", 0, 1]]]),
        "not an action",
    ),
    "an answer's sentence that is a request": (
        lambda content: content["base"]["answer_sentences"].update({"2": "Awhen are you closed"}),
        "`when are you closed` is no sentence of an answer",
    ),
    "a protected word for a topic": (
        lambda content: content["base"]["topic_keywords"].update(
            stop=["opt-out", [["en", "STOP", 0, 1]], "offers"]
        ),
        "`stop` is no keyword of a topic",
    ),
    "a request for a topic": (
        put("base", "topic_keywords", "nooffers", value=["opt-out", [["en", "NOOFFERS", 0, 1]]]),
        "`nooffers` is no keyword of a topic",
    ),
    "an answer for a topic": (
        put("base", "topic_keywords", "hi", value=["answer", [["en", "HI", 0, 1]], "hours"]),
        "`hi` is no keyword of a topic",
    ),
    "a topic for a request": (
        put("base", "keywords", "nomore", value=["opt-out", [["en", "NO MORE", 0, 1]], "offers"]),
        "`nomore` is a keyword of a topic",
    ),
    "a topic without a name": (
        put("base", "topic_keywords", "hi", value=["opt-out", [["en", "HI", 0, 1]], ""]),
        "not a text",
    ),
    "a topic's sentence that is a request": (
        lambda content: content["base"]["topic_sentences"].update({"2": "Ano more deals"}),
        "`no more deals` is no sentence of a topic",
    ),
    "a topic's replies to an answer": (
        lambda content: content["base"]["topic_replies"].update(
            answer=content["base"]["topic_replies"]["opt-in"]
        ),
        "not an action",
    ),
    "a reply to what is no key": (
        put("base", "keyword_replies", "help", "en", value={"IN FO": 0}),
        "`IN FO` is no key",
    ),
    "more taken back than the members that there are": (
        lambda content: taking(content)["absent"].update(keywords=["stop"]),
        "not the members of what is taken back",
    ),
    "filler taken back that is not there": (
        lambda content: taking(content)["absent"].update(fillers=["thanks"]),
        "something is taken back that is not inherited",
    ),
    "filler taken back that is not canonical": (
        lambda content: taking(content)["absent"].update(fillers=["Please"]),
        "`Please` is not canonical text",
    ),
    "a frame taken back that is not there": (
        lambda content: taking(content)["absent"].update(frames=[99]),
        "not a number in its bounds",
    ),
    "an unknown tolerance taken back": (
        lambda content: taking(content)["absent"].update(tolerances=["numb"]),
        "not a tolerance",
    ),
    "a reply taken back by its text": (
        lambda content: taking(content)["absent"]["replies"]["opt-out"].update(en={"": 0}),
        "`` is no key",
    ),
    "a reply taken back to what is no key": (
        lambda content: taking(content)["absent"]["replies"]["help"].update(en={"IN FO": None}),
        "`IN FO` is no key",
    ),
    "something taken back by the base": (
        put("base", "absent", value={"fillers": ["please"]}),
        "something is taken back that is not inherited",
    ),
    "nothing taken back": (
        lambda content: taking(content)["absent"].update(frames=[]),
        "not in canonical form",
    ),
    "other tables": (
        put("tables", 1, value="0" * 64),
        "made with other tables of canonical text or look-alike letters",
    ),
    "a context's member too many": (
        put("base", "more", value=[]),
        "not the members of a context",
    ),
    "an unused text": (
        lambda content: content["replies"].append("nobody says this"),
        "not in canonical form",
    ),
    "a sentence not canonical": (
        put("base", "sentences", value={"1": "Astöp"}),
        "`stöp` is not canonical text",
    ),
    "a sentence taken away from nothing": (
        put("overlays", 0, "sentences", value={"": "Aso"}),
        "`so` is taken away from nothing",
    ),
    "an unknown way to match": (
        put("base", "suggest", value=["typo"]),
        "suggests by a way to match that is none",
    ),
    "a base that suggests nothing": (put("base", "suggest", value=[]), "suggests nothing"),
    "an unknown tolerance": (put("base", "tolerances", value=["numb"]), "not a tolerance"),
    "a tolerance of the base in a country": (
        put("overlays", 0, "tolerances", value=["typos"]),
        "tolerated in the base already",
    ),
    "ordinary words out of order": (
        put("overlays", 0, "ordinary", value="jours jours"),
        "something is out of order, or listed twice",
    ),
    "slips that are no text": (put("typos", "jouurs", value=1), "not a text"),
    "slips of nothing": (put("typos", "jouurs", value=""), "not a text"),
    "a reply too long": (put("replies", 0, value="a" * 321), "a reply that is too long"),
    "an unknown country": (
        lambda content: [
            content["countries"].update(UK=content["countries"].pop("US")),
            content["certificate"][0][0].__setitem__(3, "UK"),
        ],
        "`UK` is not a country code",
    ),
    "a language twice": (
        put("base", "prefer", value=["en", "en"]),
        "something is listed twice",
    ),
    "a line without bound": (put(*STOP, 1, 0, 3, value=1 << 31), "not a number in its bounds"),
    "line zero": (put(*NO_MORE, 3, value=0), "not a number in its bounds"),
    "a source that is not there": (put(*NO_MORE, 2, value=1), "not a number in its bounds"),
    "a meaning that is not there": (
        put(*PHRASES, "99", value="Astop it"),
        "not a number in its bounds",
    ),
    "a negative number": (put(*PHRASES, "-1", value="Astop it"), "not the number of a meaning"),
    "a source's digest too short": (put("sources", 0, 1, value="00"), "not a SHA-256"),
    "meanings out of order": (
        lambda content: phrase_meanings(content).reverse(),
        "meanings out of order, or none",
    ),
    "meanings of nothing": (
        lambda content: phrase_meanings(content).clear(),
        "meanings out of order, or none",
    ),
    "frames without classes": (
        lambda content: content["frames"].pop("classes"),
        "not the members of frames",
    ),
    "frames of none": (put("frames", "frames", value={}), "no frames"),
    "a class without a name": (put(*CLASS, 0, value=""), "not a text"),
    "a class without a name at all": (
        put(*CLASS, value="AsendingAtexting"),
        "not a list",
    ),
    "a class by the name of its one word": (
        lambda content: content["frames"].update(
            words="AitAme", classes=[["how", "Ahow"], *content["frames"]["classes"]]
        ),
        "not in canonical form",
    ),
    "words not canonical": (put("frames", "words", value="Ahöw"), "`höw` is not canonical text"),
    "words that are none": (put("frames", "words", value=["how"]), "not a text"),
    "a class without members": (put(*CLASS, 1, value=""), "not a text"),
    "members out of order": (
        put(*CLASS, 1, value="AbAa"),
        "members out of order, or one of them twice",
    ),
    "a member not canonical": (put(*CLASS, 1, value="Astöp"), "`stöp` is not canonical text"),
    "a stem too short": (put(*CLASS, 1, value="At*"), "`t*` is no member of a class"),
    "a stem inside": (put(*CLASS, 1, value="Atext* me"), "`text* me` is no member of a class"),
    "a member too long": (
        put(*CLASS, 1, value="Aa b c d e f g h i j k l m"),
        "`a b c d e f g h i j k l m` is no member of a class",
    ),
    "classes out of order": (
        lambda content: content["frames"]["classes"].reverse(),
        "classes out of order, or one of them twice",
    ),
    "a class that nothing names": (
        lambda content: content["frames"]["classes"].append(["zz", "Azz"]),
        "a class that is never used",
    ),
    "a guard of a class not there": (put(*GUARD, 1, value=[99]), "not a number in its bounds"),
    "a guard on no side": (put(*GUARD, 2, value="left"), "not a side of a match"),
    "a guard too far": (put(*GUARD, 3, value=21), "a guard at no distance of its side"),
    "a guard at no distance": (put(*GUARD, 3, value=0), "a guard at no distance of its side"),
    "guards out of order": (
        lambda content: content["frames"]["guards"].reverse(),
        "guards out of order, or one of them twice",
    ),
    "frames out of order": (
        lambda content: content["frames"]["frames"]["opt-out"].reverse(),
        "not in canonical form",
    ),
    "a frame of an action unknown": (put(*FRAME[:2], "stop", value=[]), "not an action"),
    "a frame of too many parts": (
        lambda content: content["frames"]["frames"]["opt-out"][0].extend([[], [], []]),
        "not a row of 4",
    ),
    "a frame in no source": (put(*FRAME, 0, 2, value=7), "not a number in its bounds"),
    "a frame without rows": (put(*FRAME, 1, value=[]), "a frame of no rows, or too many"),
    "a row without parts": (put(*FRAME, 1, 0, value=[0]), "not a row of a frame"),
    "a row of nothing": (put(*FRAME, 1, 0, value=[]), "not a number in its bounds"),
    "a row with edges unknown": (put(*FRAME, 1, 0, value=[4, 0]), "not a row of a frame"),
    "a row that ends with a gap": (put(*FRAME, 1, 0, value=[0, 0, 1]), "not a row of a frame"),
    "a row of a class not there": (put(*FRAME, 1, 0, value=[0, 99]), "not a number in its bounds"),
    "a gap too wide": (put(*FRAME, 1, 0, value=[0, 0, 10, 1]), "a part out of bounds"),
    "gaps too wide together": (put(*FRAME, 1, 0, value=[0, 0, 6, 1, 6, 1]), "too many gaps"),
    "too many gaps": (put(*FRAME, 1, 0, value=[0, *[0, 1] * 4, 0]), "too many gaps"),
    "too many parts": (
        put(*FRAME, 1, 0, value=[0, *[0, 0] * 8, 0]),
        "a row of no parts, or too many",
    ),
    "a row that shares more than there is": (
        put(*FRAME, 1, value=[[0, 0], [3, 1]]),
        "a row that shares more than there is",
    ),
    "a row that shares less than it could": (
        put(*FRAME, 1, value=[[0, 0], [1, 0, 0, 1]]),
        "not in canonical form",
    ),
    "a guard that is not there": (put(*FRAME, 2, value=[99]), "not a number in its bounds"),
    "a guard twice": (
        put(*FRAME, 2, value=[0, 0]),
        "guards of a frame out of order, or one of them twice",
    ),
    "a need that is not there": (put(*FRAME, 3, value=[99]), "not a number in its bounds"),
    "a frame in no context": (
        put("base", "frames", value=[0]),
        "a frame that is not there, or in no context",
    ),
    "a context's frame that is not there": (
        put("base", "frames", value=[9]),
        "not a number in its bounds",
    ),
    "a context's frames out of order": (
        put("base", "frames", value=[1, 0]),
        "frames out of order, or listed twice",
    ),
}
"""What the reader says of content that its certificate bears out."""


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_says_what_is_wrong(name: str) -> None:
    edit, message = REFUSALS[name]
    forged = content(program(COMPLETE))
    mexico = forged["countries"]["MX"]
    forged["overlays"].insert(0, forged["overlays"].pop(mexico))
    forged["countries"] = {
        code: 0 if place == mexico else place + (place < mexico)
        for code, place in forged["countries"].items()
    }
    edit(forged)
    if name == "a line without bound":
        forged["certificate"][0][1]["stop"][2] = 1 << 31

    with pytest.raises(ArtefactError) as refused:
        from_bytes(sealed(canonical(forged)))
    assert str(refused.value) == f"malformed: {message}"
