"""`frames` statements to frames of the model (docs/language.md §5.25)."""

from __future__ import annotations

from optoutlang.language.diagnostics import codes
from optoutlang.language.model.class_reader import ClassReader
from optoutlang.language.model.collector import Collector
from optoutlang.language.model.definitions import Definitions
from optoutlang.language.model.findings import Findings
from optoutlang.language.model.frame_rows import (
    MAX_GAP_WORDS,
    MAX_GAPS,
    MAX_PARTS,
    MAX_ROWS,
    GluedPartError,
    MisplacedGapError,
    Row,
    rows_of,
)
from optoutlang.language.model.frame_text import FrameText, MalformedFrameError, read_frame
from optoutlang.language.model.members import MAX_TOKENS
from optoutlang.language.model.pattern import ClassName
from optoutlang.language.model.phrase_text import MalformedPhraseError
from optoutlang.language.model.statement import Frame, Origin
from optoutlang.language.model.variables import Variables
from optoutlang.language.syntax.tree import Frames, Word
from optoutlang.runtime.terms.action import Action

MAX_CONDITIONS = 4
"""How many guards a frame may have, and how many needs."""

_SHORTER = "say it in several frames"


class FrameReader:
    """Reads the `frames` statements of one file."""

    def __init__(
        self,
        file: int,
        variables: Variables,
        classes: ClassReader,
        findings: Findings,
        collector: Collector,
    ) -> None:
        self._file = file
        self._variables = variables
        self._classes = classes
        self._findings = findings
        self._collector = collector

    def read(
        self, statement: Frames, action: Action, scopes: tuple[str | None, ...], language: str
    ) -> None:
        """Read a statement for some scopes."""
        guards = self._conditions(statement.guards, self._classes.guards, "guards")
        needs = self._conditions(statement.needs, self._classes.classes, "needs")
        for word in statement.frames:
            read = self._frame(word)
            if read is None or guards is None or needs is None:
                continue
            place = self._findings.place(word.span)
            for scope in scopes:
                origin = Origin(self._file, scope, place)
                self._collector.add(
                    Frame(origin, action, language, word.value, *read, guards=guards, needs=needs)
                )

    def _conditions(
        self, words: tuple[Word, ...], known: Definitions, what: str
    ) -> tuple[ClassName, ...] | None:
        """Return what a list names, or collect errors and return None."""
        if len(words) > MAX_CONDITIONS:
            self._findings.add(
                codes.TOO_MANY_CONDITIONS,
                f"these frames have {len(words)} {what}; {MAX_CONDITIONS} is the most",
                self._findings.place(words[MAX_CONDITIONS].span),
                help="put several classes into one guard"
                if what == "guards"
                else "put the words into one class",
            )
        places = (self._findings.place(each.span) for each in words)
        names = [
            known.look_up(each.value, self._file, place, self._findings)
            for each, place in zip(words, places, strict=True)
        ]
        sound = tuple(dict.fromkeys(each for each in names if each is not None))
        return sound if len(words) <= MAX_CONDITIONS and None not in names else None

    def _frame(self, word: Word) -> FrameText | None:
        pieces = self._variables.pieces(word, self._file, self._findings, self._classes.classes)
        if pieces is None:
            return None
        try:
            read = read_frame(pieces)
        except MalformedPhraseError as error:
            code = error.code if isinstance(error, MalformedFrameError) else None
            self._findings.add(
                code or codes.MALFORMED_PHRASE,
                str(error),
                self._findings.inside(word, error.start, error.end),
                help=error.help,
            )
            return None
        return read if self._has_sound_rows(word, read) else None

    def _has_sound_rows(self, word: Word, read: FrameText) -> bool:
        place = self._findings.place(word.span)
        count = read.pattern.count
        if count > MAX_ROWS:
            self._findings.add(
                codes.FRAME_TOO_WIDE,
                f"this frame stands for {count:,} rows; {MAX_ROWS} is the most",
                place,
                help="put alternatives into a class, or say it in several frames",
            )
            return False
        try:
            rows = rows_of(read.pattern)
        except GluedPartError:
            self._findings.add(
                codes.MALFORMED_FRAME,
                "a class or a gap touches a letter, or another one",
                place,
                help="put a space between the parts of a frame; endings go into the class",
            )
            return False
        except MisplacedGapError:
            self._findings.add(
                codes.MISPLACED_GAP,
                "this frame can begin or end with a gap",
                place,
                help="take the gap out, or put it into brackets with the part behind it: `[.. {me}]`",
            )
            return False
        return all(self._is_sound(row, word) for row in rows)

    def _is_sound(self, row: Row, word: Word) -> bool:
        gaps = [each.gap for each in row if each.gap]
        if not row:
            code, message = codes.EMPTY_FRAME, "this frame can be empty"
            help_ = "write a word or a class that always stands there"
        elif len(row) > MAX_PARTS:
            code, help_ = codes.FRAME_TOO_WIDE, "leave parts out that others imply"
            message = f"this frame has {len(row)} parts; {MAX_PARTS} is the most"
        elif any(len(each.literal) > MAX_TOKENS for each in row):
            code, help_ = codes.FRAME_TOO_WIDE, "write what is said so exactly in `phrases`"
            message = f"this frame has more than {MAX_TOKENS} words in a row"
        elif len(gaps) > MAX_GAPS:
            code, help_ = codes.MISPLACED_GAP, _SHORTER
            message = f"this frame has {len(gaps)} gaps; {MAX_GAPS} is the most"
        elif sum(gaps) > MAX_GAP_WORDS:
            code, help_ = codes.MISPLACED_GAP, "make a gap narrower: `..2`"
            message = (
                f"the gaps of this frame hold up to {sum(gaps)} words; {MAX_GAP_WORDS} is the most"
            )
        else:
            return True
        self._findings.add(code, message, self._findings.place(word.span), help=help_)
        return False
