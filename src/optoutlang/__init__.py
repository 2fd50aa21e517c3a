"""optoutlang: rules as code for the words with which people tell a business to stop texting them.

The run-time face: load compiled rules and ask them what a message means.
Each name is imported when it is first used, as `__init__.pyi` says it is: a program that imports this package
and asks nothing pays nothing. No name loads Lark or click; `compile`, and `load` of a source file, load the
authoring half when they are called.
"""

from __future__ import annotations

from importlib import import_module

_HOMES = {
    "Action": "runtime.terms.action",
    "ArtefactError": "runtime.program.artefact",
    "CompileError": "language.diagnostics.diagnostic",
    "Decision": "runtime.terms.decision",
    "MatchedBy": "runtime.terms.action",
    "Matcher": "runtime.matcher",
    "Note": "runtime.terms.note",
    "NoteCode": "runtime.terms.note",
    "compile": "loading",
    "load": "loading",
}
"""The module of each public name."""

__all__ = [*_HOMES, "__version__"]  # noqa: PLE0604 - the table says the names

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Return a public name from its module, and keep it here."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the names here and those that are not imported yet."""
    return sorted({*globals(), *__all__})
