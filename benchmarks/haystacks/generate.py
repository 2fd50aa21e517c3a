"""Write the haystacks: made-up messages, the same on every machine.

Run as `python benchmarks/haystacks/generate.py`; the files are kept in the
repository, so that what a record was measured on can be read.
"""

from __future__ import annotations

import random
from pathlib import Path

OPENINGS = "Hey,|Hi,|ok|lol|Hi there!|So|Yes but|Morning!|Oh no,|Quick question:|Thanks!|".split(
    "|"
)
MIDDLES = [
    "are we still on for {meal} {day}?",
    "can you resend the {thing}? I didn't get it",
    "I'm running about {number} minutes late, sorry",
    "my {thing} is waiting at the {place}",
    "what time does the {place} open {day}?",
    "I left my {thing} at the {place}, could you hold it for me",
    "the {thing} stopped working again after {number} days",
    "see you {day} at {number}",
    "do you have the {thing} in another colour?",
    "please tell the {place} that we need {number} more",
    "was at the {place} with my sister, bring the {thing}",
    "could not find the {thing}, is it the one from {day}?",
]
ENDINGS = "|:)|!!|thx|let me know|👍|… talk later|Love, {name}|- {name}|xx".split("|")
WORDS = {
    "meal": "lunch dinner breakfast coffee brunch".split(),
    "day": "today tomorrow Monday Friday tonight Sunday".split(),
    "thing": "invoice parcel order ticket jacket phone café-card résumé prescription".split(),
    "place": "office store clinic station gym bakery counter".split(),
    "number": "2 3 5 10 15 20".split(),
    "name": "Ana Bob Chloé Dmitri Mei Zoë".split(),
}
CYRILLIC = [
    "Привет, во сколько встречаемся {number}?",
    "Заказ {number} уже пришёл, спасибо большое",
    "Добрый день, подскажите адрес магазина",
    "我{number}点到,你在哪里",
    "明天的会议改到下午了,请告诉大家",
    "¿A qué hora abre la tienda mañana?",
]
KEYWORDS = (
    "STOP|Stop|  stop|Stop.|“STOP”|ＳＴＯＰ|S T O P|stop!!|STOP STOP|please stop|Stop thanks|\u200bSTOP|🛑STOP"
    "|UNSUBSCRIBE|unsubscribe.|Cancel|end|Quit!|No more|opt-out|OPT OUT|HELP|Help?|info|START|start."
    "|Arrêt|ARRE\u0302T|arret|Ayuda|ALTO|стоп|Стоп!|退订|停止。|Abmelden"
).split("|")
PHRASES = [
    "{opening} stop texting me",
    "please {opening} take me off your list",
    "I said quit messaging us!!",
    "don’t text me anymore, {name}",
    "leave me alone",
    "Remove my number from this database. {ending}",
    "how do i unsubscribe?",
    "who is this?",
    "opt me back in",
    "Deja de escribirme por favor",
]
NEAR = [
    "don't stop texting me {name}",
    "never quit messaging us",
    "Stop by the {place} {day}",
    "Liked “Reply STOP to end. To stop texting me, say so”",
    'she said "stop texting me" lol, see you {day}',
    "stopwatch {number} minutes",
]


def filled(draw: random.Random, text: str) -> str:
    """Put words into a template."""
    return text.format(
        opening=draw.choice(OPENINGS),
        ending=draw.choice(ENDINGS).format(name="Al"),
        **{name: draw.choice(words) for name, words in WORDS.items()},
    ).strip()


def ordinary(draw: random.Random) -> str:
    """Return a message that asks for nothing."""
    parts = (draw.choice(OPENINGS), draw.choice(MIDDLES), draw.choice(ENDINGS))
    return filled(draw, " ".join(parts)).strip()


def main() -> None:
    """Write all haystacks, one message a line."""
    draw = random.Random(1)  # noqa: S311  # the same messages every time
    usual = [ordinary(draw) for _ in range(1_940)]
    keywords = [draw.choice(KEYWORDS) for _ in range(50)]
    phrases = [filled(draw, draw.choice(PHRASES)) for _ in range(10)]
    mix = usual + keywords + phrases
    draw.shuffle(mix)
    haystacks = {
        "ordinary": usual[:1_000],
        "keywords": KEYWORDS * 10,
        "phrases": [filled(draw, each) for each in (PHRASES + NEAR) * 30],
        "other-scripts": [filled(draw, draw.choice(CYRILLIC)) for _ in range(1_000)],
        "mix": mix,
    }
    for name, messages in haystacks.items():
        path = Path(__file__).parent / f"{name}.txt"
        path.write_text("\n".join(messages) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
