"""Hostile messages: one short text again and again, as somebody would write who wants to keep the matcher busy.

The tests count what the matcher does with them (`work`), the fuzzer starts from
them, and benchmarks/speed/kinds/growth.py measures how long they take. A shape that was
found to be slow is added here, and all three hold it from then on.
"""

from __future__ import annotations

from dataclasses import dataclass

RULES = """
filler "please", "thank you", "very very very much", "{brand}"
let brand = "Acme"
class halt is quit, cease, "no need (to|for)", "hal*"
class sending is texting, messaging, "sending (me|us) (texts|stuff)"
class negation is not, never, "in no way"
class question is why
class late is until
guard negated is negation within 3 before
guard timed is late within 3 after
guard jumped is negation between
guard asked is question anywhere
opt-out {
  tolerate typos, lookalikes, stretches, numbers
  sentences "no", "never ever again", "🛑", ENOUGH
  keywords "NO MORE", "STOP STOP", "STOP IT STOP IT NOW", ENOUGH, หยุด, 退订
  phrases "cancel", "cancel cancel cancel it", "take me off", "no more of (this|that)", "stop texting", 退订我, बंद
  frames "{halt} .. {sending} .. now", ". {halt} {sending} ." unless negated, timed, jumped, asked
  frames "{halt} it" needs sending
  except "quit messaging guard", "take me off guard", "never stop texting", "guard", "never never never mind"
  reply "{brand}: bye."
}
opt-in {
  keywords BACK
  phrases "take me", "cancel cancel"
  except "take me back"
}
country MX {
  filler "me", "por favor"
  opt-out { phrases "take off" except "alto take" }
  suggest phrases
}
"""
"""Rules with something of everything; the longer texts begin like themselves, so that near misses overlap."""

COUNTRY = "MX"
"""A country with filler and phrases of its own, where phrases only suggest."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A text that is repeated, and what may stand once before and once behind all of it."""

    name: str
    unit: str
    before: str = ""
    behind: str = ""

    def __post_init__(self) -> None:
        """Refuse a shape that cannot grow."""
        if not self.unit:
            raise ValueError(f"nothing to repeat: {self.name}")

    def message(self, length: int) -> str:
        """Return a message of about a number of characters: whole units, one at least."""
        room = length - len(self.before) - len(self.behind)
        return self.before + self.unit * max(1, room // len(self.unit)) + self.behind


_SPACES = {
    "space": " ",
    "tab": "\t",
    "no-break space": "\xa0",
    "em space": "\u2003",
    "ideographic space": "\u3000",
    "unit separator": "\x1f",
}

_BREAKS = {
    "line feed": "\n",
    "carriage return": "\r",
    "both": "\r\n",
    "vertical tab": "\v",
    "form feed": "\f",
    "next line": "\x85",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
}

_MARKS = {
    "full stop": ".",
    "comma": ",",
    "colon": ":",
    "wide colon": "：",
    "ellipsis": "…",
    "wide full stop": "。",
    "danda": "।",
    "hyphen": "-",
    "dash": "–",
    "apostrophe": "'",
    "round apostrophe": "’",
    "bracket": "(",
    "closing bracket": "]",
    "asterisk": "*",
    "currency": "$",
    "greater-than": ">",
}

_QUOTATION_MARKS = '“”„«»‹›「」『』｢｣〝〞〟"＂״'

_CHARACTERS = {
    "digit": "7",
    "letter": "p",
    "wide letter": "Ｐ",
    "ligature of eighteen letters": "\ufdfa",
    "mathematical letter": "\U0001d412",
    "Han": "退",
    "Thai": "หยุด",
    "Hangul jamo": "\u1112\u1161\u11ab",
    "kana and voicing": "か\u3099",
    "Hebrew": "עצור ",
    "Arabic with tatweel": "قـف ",
    "emoji": "🛑",
    "emoji family": "👨\u200d👩\u200d👧",
    "zero-width space": "\u200b",
    "zero-width joiner": "\u200d",
    "byte order mark": "\ufeff",
    "right-to-left override": "\u202e",
    "isolates": "\u2067\u2069",
    "combining acute": "\u0301",
    "Indic marks out of order": "\u094d\u093c",
    "lone surrogate": "\ud83d",
}

_WORDS = {
    "protected word": "STOP ",
    "protected word without spaces": "STOP",
    "keyword": "no more ",
    "keyword that repeats itself": "stop it ",
    "filler": "please ",
    "filler beginning": "very ",
    "filler of two words": "thank you ",
    "exception": "guard ",
    "exception beginning": "never ",
    "phrase": "take me off ",
    "phrase beginning": "take me ",
    "phrase that overlaps itself": "cancel ",
    "phrase under exception": "never stop texting ",
    "sentence": "no. ",
    "symbol sentence": "🛑. ",
    "keyword sentence": "enough. hm. ",
    "frame": "quit texting now ",
    "frame beginning": "quit ",
    "frame with gaps": "quit a b c texting d e now ",
    "frame with a slip": "quit textinf now ",
    "frame under a guard": "not quit texting now ",
    "frame with a guard behind": "quit texting now until ",
    "frame with a guard between": "quit never texting now ",
    "frame under exception": "quit messaging guard now ",
    "frame that needs more": "quit it ",
    "whole sentence of a frame": "quit texting. ",
    "words of a class, and their beginning": "no need in no ",
    "words with a stem": "half halt ",
    "numbers": "12345 ",
    "look-alikes": "5T0P ",
    "letters apart": "s t o p ",
}

_LINES = {
    "quoted lines": "> stop\n",
    "bare quoted lines": ">\n",
    "forwarded lines": "Fwd: stop\n",
    "bare forwarded lines": "Fwd:\n",
    "forwarded heads": "Fwd: ",
    "answered heads": "Re: ",
    "answered heads without spaces": "re:",
    "heads without colons": "Re\n",
    "lines of hyphens": "---\n",
    "hyphens and letters": "---x",
    "originals": "---x---\n",
    "originals with a letter behind": "---x--- x\n",
    "spaced hyphens": " -- ",
}

_ALTERNATING = {
    "space and line feed": " \n",
    "tab and line feed": "\t\n",
    "line feed and carriage return": "\n\r",
    "line feed and zero-width space": "\n\u200b",
    "space and hyphen": " -",
    "full stop and space": ". ",
    "apostrophe and letter": "'p",
    "opening and closing": "“”",
    "two opening and one closing": "„«”",
    "quotations": '"stop" ',
    "straight opening": ' "p',
    "straight closing": 'p" ',
    "letter and acute": "p\u0301",
    "digit and letter": "7p",
    "colon and space": ": ",
}

_ENDED = (
    Shape("hyphens behind a space", "-", before="a ", behind="x"),
    Shape("original that does not end", "-", before="Re:\n---x", behind="x"),
    Shape("long original", "x", before="---", behind="--"),
    Shape("spaces before no head", " ", before="\n", behind="Ref:"),
    Shape("spaces behind a head", " ", before="Re", behind=":"),
    Shape("lines before a head", "\n", behind="Re: stop"),
    Shape("keyword repeated but for the end", "STOP ", behind="p"),
    Shape("letter repeated but for the end", "p", behind="s"),
    Shape("stretched keyword", "o", before="st", behind="p"),
    Shape("phrase beginnings and one exception", "take me off ", behind="guard"),
    Shape("many marks open, one closes", "“«", behind="”"),
    Shape(
        "filler between a frame and a guard", "please ", before="quit texting now ", behind="until"
    ),
    Shape(
        "filler between a guard and a frame", "please ", before="not ", behind="quit texting now"
    ),
    Shape("frame and a question", "quit texting now ", behind="why"),
    Shape("numbers behind a keyword", " 12345", before="stop"),
)

SHAPES: tuple[Shape, ...] = (
    *(
        Shape(name, unit)
        for kind in (_SPACES, _BREAKS, _MARKS, _CHARACTERS, _WORDS, _LINES, _ALTERNATING)
        for name, unit in kind.items()
    ),
    *(Shape(f"quotation mark {mark}", mark) for mark in _QUOTATION_MARKS),
    *_ENDED,
)
"""All of them, each under a name of its own."""

TAGS: tuple[Shape, ...] = tuple(
    Shape(f"language tag en{unit}{behind}", unit, before="en", behind=behind)
    for unit in ("-abcde", "-a-bb", "-a-bb-cc", "-x", "-1996", "-", "e")
    for behind in ("", "-x-a", "!")
)
"""Wanted languages, which the caller may have from anybody; some are well-formed."""
