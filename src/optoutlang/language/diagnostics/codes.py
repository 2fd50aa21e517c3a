"""The registry: every kind of finding, once. An id or slug that was published is never used for anything else.

Each code has a page, `docs/diagnostics/<id>-<slug>.md`, which stays once it is published: a test compares the two.
"""

from __future__ import annotations

from optoutlang.language.diagnostics.diagnostic import Code, Severity


def _error(number: str, slug: str, title: str) -> Code:
    return Code(number, slug, Severity.ERROR, title)


def _warning(number: str, slug: str, title: str) -> Code:
    return Code(number, slug, Severity.WARNING, title)


def _note(number: str, slug: str, title: str) -> Code:
    return Code(number, slug, Severity.NOTE, title)


def _hint(number: str, slug: str, title: str) -> Code:
    return Code(number, slug, Severity.HINT, title)


# O0xx: source text and syntax

SYNTAX_ERROR = _error("O001", "syntax-error", "something stands where it cannot stand")
UNCLOSED_STRING = _error("O002", "unclosed-string", "a string has no closing quote")
UNCLOSED_BLOCK = _error("O003", "unclosed-block", "a block has no closing brace")
UNKNOWN_STATEMENT = _error("O004", "unknown-statement", "a word begins no statement")
MISPLACED_STATEMENT = _error(
    "O005", "misplaced-statement", "a statement cannot stand in this block"
)
RESERVED_STATEMENT = _error("O006", "reserved-statement", "a statement is kept for a later version")
INVALID_ESCAPE = _error("O007", "invalid-escape", "a string holds an unknown escape")
INVISIBLE_CHARACTER = _warning(
    "O008", "invisible-character", "the source holds a character that cannot be seen"
)
MIXED_SCRIPT_WORD = _warning("O009", "mixed-script-word", "a word mixes letters of several scripts")
UNREADABLE_CHARACTER = _error(
    "O010", "unreadable-character", "the source holds a character that no rule file may hold"
)
EXTRA_BRACE = _error("O011", "extra-brace", "a closing brace closes nothing")
MISSING_COMMA = _error("O012", "missing-comma", "two words of a list have no comma between them")
WRONG_QUOTES = _error(
    "O013", "wrong-quotes", "a string stands in quotes that are not straight double quotes"
)
MISPLACED_RULESET = _error(
    "O014", "misplaced-ruleset", "`ruleset` is not the first statement, or stands twice"
)
UNKNOWN_ACTION = _error("O015", "unknown-action", "a test expects an action that does not exist")
INVALID_WORD = _error("O016", "invalid-word", "a bare word holds a character that needs quotes")
EMPTY_LIST = _error("O017", "empty-list", "a list has no words")
MISSING_ARROW = _error("O018", "missing-arrow", "a test case has no `->`")
STRAY_COMMA = _error(
    "O019", "stray-comma", "a comma before a statement makes its name a word of the list"
)
LIMIT_EXCEEDED = _error("O020", "limit-exceeded", "a word is too long, or blocks nest too deep")

# O1xx: names

UNKNOWN_COUNTRY = _error("O101", "unknown-country", "not an ISO 3166-1 country code")
REPEATED_NAME = _error("O102", "repeated-name", "a country or language stands twice in one list")
INVALID_LANGUAGE = _error("O103", "invalid-language", "not a registered BCP 47 language tag")
UNKNOWN_PACK = _error("O105", "unknown-pack", "no pack has this name")
REPEATED_USE = _error("O106", "repeated-use", "the same pack or file is used twice")
USE_CYCLE = _error("O107", "use-cycle", "files use each other in a circle")
USE_OUTSIDE_FOLDER = _error("O108", "use-outside-folder", "a path leaves the ruleset's folder")
UNREADABLE_USE = _error("O109", "unreadable-use", "a used file cannot be read")
UNKNOWN_VARIABLE = _error("O110", "unknown-variable", "no `let` sets this variable")
REPEATED_VARIABLE = _error("O111", "repeated-variable", "one file sets a variable twice")
CONFLICTING_VARIABLES = _error(
    "O112", "conflicting-variables", "equally strong files set a variable differently"
)
UNUSED_VARIABLE = _warning("O113", "unused-variable", "a variable that nothing uses")
INVALID_INTERPOLATION = _error("O114", "invalid-interpolation", "a brace that opens no variable")

# O2xx: keywords

PROTECTED_REMOVED = _error("O201", "protected-removed", "a protected word is removed")
PROTECTED_REBOUND = _error("O202", "protected-rebound", "a protected word is given another action")
PROTECTED_LOOK_ALIKE = _warning(
    "O203", "protected-look-alike", "a keyword looks like a protected word"
)
AMBIGUOUS_KEYWORD = _error(
    "O204", "ambiguous-keyword", "equally strong statements disagree about a keyword"
)
ABSENT_REMOVED = _error("O205", "absent-removed", "a keyword is removed that is not inherited")
REQUIRED_REMOVED = _error("O206", "required-removed", "a required keyword is taken away")
EMPTY_KEYWORD = _error("O207", "empty-keyword", "a keyword has no letter, digit or symbol")
REBOUND_KEYWORD = _note("O208", "rebound-keyword", "an inherited keyword is given another action")
REQUIRED_ELSEWHERE = _note(
    "O209", "required-elsewhere", "a removed keyword stays where a country requires it"
)
REPEATED_KEYWORD = _warning("O210", "repeated-keyword", "a keyword stands twice in one statement")
USELESS_KEYWORD = _warning("O211", "useless-keyword", "a keyword that is inherited anyway")
CONTRADICTORY_STATEMENTS = _error(
    "O212", "contradictory-statements", "one file adds and removes a keyword in one scope"
)
UNKNOWN_TOLERANCE = _error("O213", "unknown-tolerance", "`tolerate` names no tolerance")
MISPLACED_TOLERANCE = _error(
    "O214", "misplaced-tolerance", "`tolerate` stands where nothing may be tolerated"
)
REPEATED_TOLERANCE = _warning(
    "O215", "repeated-tolerance", "one file tolerates the same twice in one place"
)
EVERYDAY_KEYWORD = _warning("O216", "everyday-keyword", "a keyword is an everyday answer")
PATTERN_IN_KEYWORD = _warning("O217", "pattern-in-keyword", "a keyword is written as a pattern")
AMBIGUOUS_ANSWER = _error(
    "O218", "ambiguous-answer", "equally strong statements give one word two answers"
)
ANSWER_MEANS_MORE = _error(
    "O219", "answer-means-more", "a keyword of an answer means something else"
)

# O3xx: phrases and filler

MALFORMED_PHRASE = _error("O301", "malformed-phrase", "a phrase's brackets do not match")
PHRASE_TOO_WIDE = _error("O302", "phrase-too-wide", "a phrase stands for too many texts")
EMPTY_PHRASE = _error("O303", "empty-phrase", "a phrase can be empty")
USELESS_EXCEPTION = _error("O304", "useless-exception", "an exception excludes nothing")
FILLER_HOLDS_KEYWORD = _error("O305", "filler-holds-keyword", "filler contains a keyword")
SHADOWED_PHRASE = _warning("O306", "shadowed-phrase", "a phrase that can never decide")
EVERYDAY_PHRASE = _warning("O307", "everyday-phrase", "an everyday word is a whole phrase")
REPEATED_PHRASE = _warning("O308", "repeated-phrase", "a phrase is written twice")
EMPTY_FILLER = _error("O309", "empty-filler", "filler has no letter, digit or symbol")
REPEATED_FILLER = _warning("O310", "repeated-filler", "filler is written twice")
MISPLACED_ELLIPSIS = _error(
    "O311", "misplaced-ellipsis", "`...` stands where no sentence can be open"
)
EVERYDAY_SENTENCE = _hint("O312", "everyday-sentence", "an everyday word is a whole sentence")
REGULAR_EXPRESSION = _warning("O313", "regular-expression", "a regular expression in a phrase")
NEGATING_FILLER = _warning("O314", "negating-filler", "filler that negates")
BREAK_IN_PHRASE = _warning("O315", "break-in-phrase", "a phrase holds the end of a sentence")
FILLER_IN_PHRASE = _hint("O316", "filler-in-phrase", "filler stands among the words of a rule")
OPEN_OBJECT = _hint("O317", "open-object", "a phrase leaves its object open")

# O4xx: replies

REPLY_TOO_LONG = _error("O401", "reply-too-long", "a reply is longer than the limit")
EMPTY_REPLY = _error("O402", "empty-reply", "a reply says nothing")
REPEATED_REPLY = _error("O403", "repeated-reply", "one file replies twice in one place")
CONFLICTING_REPLIES = _error(
    "O404", "conflicting-replies", "equally strong files reply differently"
)
NOT_GSM = _warning("O405", "not-gsm", "one or two characters push a reply out of the GSM alphabet")
URL_SHORTENER = _warning("O406", "url-shortener", "a reply holds a public short link")
URL_IN_OPT_OUT_REPLY = _hint("O407", "url-in-opt-out-reply", "an opt-out reply holds a link")
OPT_OUT_REPLY_WITHOUT_END = _hint(
    "O408", "opt-out-reply-without-end", "an opt-out reply does not say that messages end"
)
HELP_REPLY_WITHOUT_CONTACT = _hint(
    "O409", "help-reply-without-contact", "a help reply names no contact"
)
OVERRIDDEN_REPLY = _note(
    "O410", "overridden-reply", "a country of a used file sends its own reply instead"
)
REPLY_IS_REQUEST = _warning(
    "O411", "reply-is-request", "a reply is itself a request under the rules"
)
UNCLAIMED_REPLY = _error("O412", "unclaimed-reply", "a reply to a word that is no keyword")

# O5xx: languages

ONE_WAY_LANGUAGE = _warning(
    "O501", "one-way-language", "a language can opt out but not come back or get help"
)
LANGUAGE_TIE = _warning("O502", "language-tie", "nothing says which language answers")
REPLY_MISSING = _warning("O503", "reply-missing", "keywords without a reply in their language")
CONFLICTING_PREFERENCES = _error(
    "O504", "conflicting-preferences", "equally strong files prefer different languages"
)
REPEATED_PREFERENCE = _error(
    "O505", "repeated-preference", "one file states a preference twice in one place"
)

UNKNOWN_WAY = _error("O506", "unknown-way", "`suggest` names no way to match")
REPEATED_SUGGESTION = _error("O507", "repeated-suggestion", "one file suggests twice in one place")
UNKNOWN_IGNORED = _error("O508", "unknown-ignored", "`ignore` names nothing to ignore")
UNREADABLE_SUGGESTER = _error("O509", "unreadable-suggester", "a suggester cannot be read")

# O6xx: tests

REPEATED_TEST = _warning("O601", "repeated-test", "two test cases ask the same")
EMPTY_TEST = _warning("O602", "empty-test", "a test without a case")

# O7xx: classes, guards and frames

UNKNOWN_CLASS = _error("O701", "unknown-class", "no class has this name")
UNKNOWN_GUARD = _error("O702", "unknown-guard", "no guard has this name")
REPEATED_CLASS = _error("O703", "repeated-class", "one file states a class or a guard twice")
CLASS_CYCLE = _error("O704", "class-cycle", "classes hold each other in a circle")
AMBIGUOUS_CLASS = _error(
    "O705", "ambiguous-class", "equally strong files state a class or a guard of one name"
)
CLASS_IS_VARIABLE = _error(
    "O706", "class-is-variable", "one file has a class and a variable of one name"
)
EMPTY_MEMBER = _error("O707", "empty-member", "a member of a class has no letter, digit or symbol")
MEMBER_TOO_WIDE = _error("O708", "member-too-wide", "a class or one of its members is too large")
MISPLACED_STEM = _error("O709", "misplaced-stem", "`*` stands where no word's stem ends")
MALFORMED_FRAME = _error("O710", "malformed-frame", "the parts of a frame do not stand apart")
MISPLACED_GAP = _error("O711", "misplaced-gap", "a gap is too wide, or stands where none can")
FRAME_TOO_WIDE = _error("O712", "frame-too-wide", "a frame stands for too much")
EMPTY_FRAME = _error("O713", "empty-frame", "a frame can be empty")
TOO_MANY_CONDITIONS = _error(
    "O714", "too-many-conditions", "a frame has more than four guards or needs"
)
INVALID_DISTANCE = _error("O715", "invalid-distance", "a guard looks no number of words far")
UNUSED_CLASS = _warning("O716", "unused-class", "a class or a guard that nothing uses")
IDLE_GUARD = _warning("O717", "idle-guard", "a guard that can take nothing back")
EVERYDAY_FRAME = _warning("O718", "everyday-frame", "an everyday word is a whole frame")
SWALLOWED_CLASS = _hint("O719", "swallowed-class", "a class has every member of another one")
SHADOWED_FRAME = _warning("O720", "shadowed-frame", "another frame says all that a frame says")
REPEATED_MEMBER = _warning("O721", "repeated-member", "a member of a class is written twice")

# O80x: topics

TOPIC_MEANS_EVERYTHING = _error(
    "O801", "topic-means-everything", "a topic's word is one that means everything"
)
AMBIGUOUS_TOPIC = _error(
    "O802", "ambiguous-topic", "equally strong statements give one word to two topics"
)
NO_NAMES = _error("O803", "no-names", "a slot in a topic's word stands for nothing")
MISPLACED_IN_TOPIC = _error("O804", "misplaced-in-topic", "a statement that no topic can have")
MALFORMED_NAME = _error("O805", "malformed-name", "a topic's name is more than plain words")
UNUSED_NAMES = _warning("O806", "unused-names", "a topic lists names that no word uses")
TOPIC_WITHOUT_REPLY = _warning(
    "O807", "topic-without-reply", "a topic's words are answered with nothing"
)
TOPIC_NARROWS = _note("O808", "topic-narrows", "a topic's word means everything to a weaker file")

# O81x: what a file takes back, and findings that it silences

ABSENT_TEXT = _error("O810", "absent-text", "a text is taken back that is not inherited")
PROTECTED_TEXT = _error(
    "O811", "protected-text", "a rule that may be a protected word is taken back"
)
FILLER_BESIDE_STOP = _warning(
    "O812", "filler-beside-stop", "filler or a tolerance beside STOP is taken back"
)
WIDE_EXCEPTION = _warning("O813", "wide-exception", "an exception disarms many rules")
UNKNOWN_FINDING = _error("O815", "unknown-finding", "`allow` names no finding")
SILENCED_ERROR = _error("O816", "silenced-error", "`allow` names an error")
UNUSED_SILENCE = _warning("O817", "unused-silence", "`allow` silences nothing")
SILENCE_WITHOUT_REASON = _error("O818", "silence-without-reason", "`allow` gives no reason")

# O82x: limits and run-time variables of replies, buttons

UNDECLARED_PLACEHOLDER = _warning(
    "O820", "undeclared-placeholder", "a reply names a run-time variable that nothing declares"
)
UNUSED_RUNTIME_VARIABLE = _warning(
    "O821", "unused-runtime-variable", "no reply has a place for a run-time variable"
)
INVALID_LENGTH = _error("O822", "invalid-length", "a length is no number, or out of range")
REPEATED_LIMIT = _error("O823", "repeated-limit", "one scope has two limits of replies in one file")
UNSET_BRAND = _hint("O824", "unset-brand", "no file sets the brand that replies begin with")
REPLY_WITHOUT_BRAND = _hint("O825", "reply-without-brand", "a reply does not name the brand")
AMBIGUOUS_BUTTON = _error("O826", "ambiguous-button", "a button asks for two actions")
REPEATED_BUTTON = _warning("O827", "repeated-button", "a button is listed twice")
INVALID_PAYLOAD = _error("O828", "invalid-payload", "a payload is empty, or too long")

# O83x: variables as other languages write them, taking back in countries, buttons of topics

FOREIGN_VARIABLE = _warning(
    "O830", "foreign-variable", "a reply has a variable as another language writes it"
)
VARIABLE_IN_KEYWORD = _warning("O831", "variable-in-keyword", "a keyword has a variable")
REMOVED_IN_VAIN = _warning(
    "O832", "removed-in-vain", "a removed keyword is still read, as a sentence or phrase"
)
INHERITED_FILLER = _hint("O833", "inherited-filler", "filler that is inherited anyway")


ALL: tuple[Code, ...] = tuple(
    sorted(
        (each for each in tuple(globals().values()) if isinstance(each, Code)),
        key=lambda code: code.id,
    )
)
"""Every code, in order of its id."""

BY_ID: dict[str, Code] = {code.id: code for code in ALL}
"""Every code by its id."""
