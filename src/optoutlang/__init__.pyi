from optoutlang.language.diagnostics.diagnostic import CompileError as CompileError
from optoutlang.loading import compile as compile  # noqa: A004 - as `re.compile`
from optoutlang.loading import load as load
from optoutlang.runtime.matcher import Matcher as Matcher
from optoutlang.runtime.program.artefact import ArtefactError as ArtefactError
from optoutlang.runtime.terms.action import Action as Action
from optoutlang.runtime.terms.action import MatchedBy as MatchedBy
from optoutlang.runtime.terms.decision import Decision as Decision
from optoutlang.runtime.terms.note import Note as Note
from optoutlang.runtime.terms.note import NoteCode as NoteCode

__all__ = [
    "Action",
    "ArtefactError",
    "CompileError",
    "Decision",
    "MatchedBy",
    "Matcher",
    "Note",
    "NoteCode",
    "__version__",
    "compile",
    "load",
]

__version__: str
