"""Rules that reach every part of the artefact's format, and its content taken apart, edited and sealed again."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from optoutlang.runtime.program.artefact import MAGIC, to_bytes
from optoutlang.runtime.program.program import Program

RULES = """
    opt-out { keywords "NO MORE" phrases "stop (texting|calling) me" except "never stop texting me" reply "Bye." }
    help { phrases "stop texting me" reply none }
    filler "please"
    language es { opt-out { keywords ALTO reply "Adiós 🛑." } }
    country MX, CO { prefer es filler "me" opt-out { remove "NO MORE" } }
    country US { opt-in { keywords YES } }
"""
COMPLETE = f"""{RULES}
    prefer en, es
    suggest phrases
    class stop is stop, quit, "no need to"
    class sending is sending, "text*"
    class late is until
    guard timed is late within 3 after
    guard early is late, stop within 2 before
    guard jumped is stop between
    opt-out {{ frames "{{stop}} .. {{sending}} [..1 me]", ". {{stop}} it ." unless timed, early, jumped needs sending }}
    country MX {{ help {{ frames "{{sending}} how" }} }}
    opt-out {{ keywords JOUURS sentences "take me off" tolerate typos, lookalikes }}
    country MX {{ suggest sentences language fr {{ help {{ reply "Oui." }} }} }}
    help {{ reply to INFO "Info." }}
    answer hours {{ keywords HOURS sentences "when are you open" reply "9 to 5." }}
    topic offers {{
        opt-out {{ keywords "STOP OFFERS", NOOFFERS sentences "no more offers" reply "No offers." }}
        opt-in {{ keywords "START OFFERS" reply to STARTOFFERS "Offers." reply none }}
    }}
    country MX {{
        topic offers {{ opt-out {{ keywords ALTOOFERTAS sentences "ya no ofertas" reply "Sin ofertas." }} }}
    }}
    country MX {{ answer hours {{ keywords HORAS sentences "a que hora" reply none }} }}
    country MX {{ help {{ reply to INFO none reply to HELP "Ayuda." }} }}
    country US {{
        remove filler please
        opt-out {{ remove tolerate typos remove frames ". {{stop}} it ." remove reply "Bye." }}
        help {{ remove reply "Info." }}
    }}
    country MX {{ opt-out {{ sentences YA phrases "ya basta" except "ya no" reply "Ya." tolerate numbers }} }}
"""
"""Rules with one of everything: no part of an artefact is empty, in the base and in an overlay."""

WIDE = f"""{RULES}
    suggest sentences, phrases
    opt-out {{ tolerate typos, lookalikes, stretches, numbers }}
    opt-in {{ reply "{"ab" * 160}" }}
    country US {{ suggest none }}
"""
"""Rules with as much as may be of what is bounded."""

Edit = Callable[[dict[str, Any]], object]
"""A change of an artefact's content, in place."""


def sealed(payload: bytes) -> bytes:
    return MAGIC + sha256(payload).hexdigest().encode() + b"\n" + payload


def content(program: Program) -> dict[str, Any]:
    """Return the content of a program's artefact, its two parts in one."""
    front, rest = map(json.loads, to_bytes(program)[len(MAGIC) + 65 :].split(b"\n"))
    base = {**front["base"], **rest["base"]}
    pairs = zip(front["overlays"], rest["overlays"], strict=True)
    return {**front, **rest, "base": base, "overlays": [{**one, **other} for one, other in pairs]}


def put(*path: str | int, value: object) -> Edit:
    """Return an edit that sets what stands at a path, beginning at the content."""

    def edit(content: dict[str, Any]) -> None:
        here: Any = content
        for step in path[:-1]:
            here = here[step]
        here[path[-1]] = value

    return edit


LONG = frozenset({"frames", "meanings", "similar", "typos"})
LONG_FIELDS = frozenset(
    {
        "answer_sentences",
        "exceptions",
        "fillers",
        "frames",
        "ordinary",
        "phrases",
        "sentences",
        "topic_sentences",
    }
)
"""What stands in the second part of an artefact: members of the program, and of a context."""


def canonical(content: object) -> bytes:
    """Return content, or what somebody made of it, as the two parts of an artefact."""
    if not isinstance(content, dict):
        return line(content)
    front, rest = (
        {name: each for name, each in content.items() if (name in LONG) is long}
        for long in (False, True)
    )
    if "base" in content:
        front["base"], rest["base"] = _halves(content["base"])
    if isinstance(content.get("overlays"), list):
        halves = [_halves(each) for each in content["overlays"]]
        front["overlays"], rest["overlays"] = ([each[half] for each in halves] for half in (0, 1))
    return line(front) + b"\n" + line(rest)


def _halves(context: object) -> tuple[object, object]:
    if not isinstance(context, dict):
        return context, {}
    return (
        {name: each for name, each in context.items() if name not in LONG_FIELDS},
        {name: each for name, each in context.items() if name in LONG_FIELDS},
    )


def line(content: object) -> bytes:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")
