"""The mutants of a module: its source with one small change each, by mutmut's operators.

mutmut's own runner leaves out module level and decorated functions, and with
them the fold tables, the properties and all that is cached here; so the
operators are taken, and applied wherever there is code.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

import libcst as cst
from libcst.metadata import ByteSpanPositionProvider, CodeSpan, MetadataWrapper
from mutmut.mutation.mutators import mutation_operators

NAMES_ONLY = ("len", "isinstance")
"""Calls that have no behaviour, or whose mutants are all refused at once."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A source, and the same with one change."""

    before: str
    source: str

    @property
    def change(self) -> str:
        """Return the lines taken out and put in, each behind its sign."""
        lines = self.before.splitlines(), self.source.splitlines()
        found = list(unified_diff(*lines, n=0, lineterm=""))[2:]
        return "\n".join(f"{each[0]} {each[1:].strip()}" for each in found if each[0] in "-+")


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield the mutants of a source file that Python can compile, no source twice."""
    source = path.read_text(encoding="utf-8")
    visitor = _Visitor()
    module = MetadataWrapper(cst.parse_module(source)).visit(visitor)
    seen = {ast.dump(ast.parse(source))}
    for original, span, changed in visitor.changes:
        made = _replaced(module, original, span, changed)
        try:
            tree = ast.dump(ast.parse(made))
            compile(made, "mutant", "exec")
        except SyntaxError:
            continue
        if tree not in seen:
            seen.add(tree)
            yield Mutant(source, made)


def _replaced(
    module: cst.Module, original: cst.CSTNode, span: CodeSpan, changed: cst.CSTNode
) -> str:
    if isinstance(changed, cst.Match):  # several lines: their indentation is the module's business
        replaced = module.deep_replace(original, changed)
        assert isinstance(replaced, cst.Module)
        return str(replaced.code)
    data: bytes = module.bytes
    code: str = module.code_for_node(changed)
    return (data[: span.start] + code.encode() + data[span.start + span.length :]).decode()


class _Visitor(cst.CSTVisitor):
    """Collects nodes, where they stand, and what they are changed to."""

    METADATA_DEPENDENCIES = (ByteSpanPositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self.changes: list[tuple[cst.CSTNode, CodeSpan, cst.CSTNode]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if _is_for_readers(node):
            return False
        span = self.get_metadata(ByteSpanPositionProvider, node, None)
        if span is not None:  # some blanks have no place
            self.changes += [(node, span, changed) for changed in _changed(node)]
        return True


def _changed(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for kind, operator in mutation_operators:
        if isinstance(node, kind):
            yield from (each for each in operator(node) if _strict(each) == _strict(node))


def _is_for_readers(node: cst.CSTNode) -> bool:
    """Tell whether a node is there for people and type checkers alone, what an exception says included."""
    match node:
        case cst.Annotation() | cst.Decorator() | cst.ImportFrom() | cst.Raise():
            return True
        case cst.Assign(value=cst.Call(func=cst.Name("TypeVar"))):
            return True
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(name))]):
            is_type = name.lstrip("_")[:1].isupper() and not name.isupper()
            return name == "__all__" or is_type
        case cst.Call(func=cst.Name(name)):
            return name in NAMES_ONLY
        case cst.Expr(value=cst.SimpleString()) | cst.Arg(keyword=cst.Name("strict")):
            return True
    return False


def _strict(node: cst.CSTNode) -> str | None:
    """Return what `zip(…, strict=…)` says: a guard of ours, or the default written out; no test minds it."""
    if not isinstance(node, cst.Call):
        return None
    said = (each.value for each in node.args if each.keyword and each.keyword.value == "strict")
    return next((each.value for each in said if isinstance(each, cst.Name)), None)
