"""A root file and everything it uses, read and parsed; the only pass that reads `.optout` files.

It reads them through `Files`, so that a text that is not saved can stand for a file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path

from optoutlang.language.diagnostics import codes
from optoutlang.language.diagnostics.diagnostic import Code, Diagnostic, Edit, Fix, Label
from optoutlang.language.diagnostics.suggest import closest
from optoutlang.language.driver.files import DISK, Files
from optoutlang.language.driver.project import project_folder
from optoutlang.language.driver.suggester import suggester
from optoutlang.language.model.from_syntax import Loaded
from optoutlang.language.packs import pack_names, pack_of, pack_path, packs_folder
from optoutlang.language.source.place import Place
from optoutlang.language.source.text import SourceText
from optoutlang.language.syntax.parse import parse, parse_once
from optoutlang.language.syntax.read import decode, read_text
from optoutlang.language.syntax.tree import File, Use
from optoutlang.runtime.terms.similar import SimilarModel

STANDARD = "standard"
"""The pack that every file uses without saying so."""

_PACK = "pack:"
"""How the names of packs' files begin."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Parsed files, weakest first and the root last, and what is wrong with them.

    `similar` is the suggester, if some file asks for it.
    `loaded` is empty when the root cannot be read or files use each other in a circle.
    """

    loaded: tuple[Loaded, ...]
    diagnostics: tuple[Diagnostic, ...]
    similar: SimilarModel | None = None


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where a file is, which folder its paths may not leave, and how names begin there."""

    path: Path | None
    folder: Path | None
    prefix: str
    shown: str


@dataclass(slots=True)
class _File:
    tree: File
    origin: _Origin
    uses: dict[str, Use | None] = field(default_factory=dict)


def load_path(path: Path, *, files: Files = DISK) -> Sources:
    """Read a root file and all that it uses, through `files`.

    Raises:
        OSError: the root file itself cannot be read.
    """
    origin = _root_origin(path, files)
    name = f"{origin.prefix}{_below(origin)}{path.name}"
    source, found = decode(files.read(path), name=name, path=str(path))
    return _load(source, origin, found, files)


def load_bytes(
    data: bytes, *, name: str, folder: Path | None = None, files: Files = DISK
) -> Sources:
    """Parse a root file given as bytes, as from standard input; otherwise as `load_text`."""
    origin = _Origin(None, folder.resolve() if folder else None, "", "")
    source, found = decode(data, name=name, path=name)
    return _load(source, origin, found, files)


def load_text(text: str, *, name: str, folder: Path | None = None, files: Files = DISK) -> Sources:
    """Parse a root file given as text; without a folder it can use packs, but no files."""
    origin = _Origin(None, folder.resolve() if folder else None, "", "")
    source, found = read_text(text, name=name, path=name)
    return _load(source, origin, found, files)


def _root_origin(path: Path, files: Files) -> _Origin:
    resolved = files.resolve(path)
    pack = pack_of(resolved) if resolved.is_relative_to(packs_folder().resolve()) else None
    if pack is not None:
        return _pack_origin(pack, resolved)
    shown = str(path.parent / "_")[:-1]
    folder = project_folder(resolved)
    if folder is None:
        return _Origin(resolved, resolved.parent, "", "" if shown == "./" else shown)
    # Of a project, every file is named from its folder, and so is shown where it is from here.
    above = "../" * len(resolved.parent.relative_to(folder).parts)
    return _Origin(
        resolved, folder, "", os.path.normpath(f"{shown}{above}") + "/" if above else shown
    )


def _below(origin: _Origin) -> str:
    """Return where a root file's folder stands in the folder that its names begin at: empty for that folder itself."""
    if origin.path is None or origin.folder is None or origin.path.parent == origin.folder:
        return ""
    return f"{origin.path.parent.relative_to(origin.folder).as_posix()}/"


def _pack_origin(name: str, path: Path) -> _Origin:
    return _Origin(path, path.parent, f"{_PACK}{name}/", f"{_PACK}{name}/")


def _load(
    source: SourceText | None, origin: _Origin, found: tuple[Diagnostic, ...], files: Files
) -> Sources:
    if source is None:
        return Sources((), found)
    loader = _Loader(files)
    loader.add(source, origin)
    return loader.finish(found)


class _Loader:
    """Files by name; each is read and parsed once."""

    def __init__(self, files: Files) -> None:
        self._reader = files
        self._files: dict[str, _File] = {}
        self._seen: set[str] = set()
        self._found: list[Diagnostic] = []

    def add(self, source: SourceText, origin: _Origin) -> None:
        """Parse a root file and read what it uses, and what that uses."""
        self._seen.add(source.name)
        waiting = [(source, origin)]
        while waiting:
            source, origin = waiting.pop()
            tree, found = (parse_once if source.name.startswith(_PACK) else parse)(source)
            self._found += found
            user = self._files[source.name] = _File(tree, origin)
            waiting += self._used(user)

    def finish(self, found: tuple[Diagnostic, ...]) -> Sources:
        """Put the files in order, the weakest first, whatever the order of `use`."""
        graph = {name: set(user.uses) & set(self._files) for name, user in self._files.items()}
        sorter = TopologicalSorter(graph)
        try:
            sorter.prepare()
        except CycleError as error:
            self._found.append(self._cycle(error.args[1]))
            return Sources((), _sorted([*found, *self._found]))
        order: list[str] = []
        while sorter.is_active():
            ready = sorted(sorter.get_ready())
            order += ready
            sorter.done(*ready)
        index = {name: position for position, name in enumerate(order)}
        loaded = tuple(
            Loaded(self._files[name].tree, tuple(sorted(index[each] for each in graph[name])))
            for name in order
        )
        root = self._files[order[-1]].origin
        trees = (each.file for each in loaded)
        similar, wrong = suggester(trees, root.path, root.prefix, self._reader)
        return Sources(loaded, _sorted([*found, *self._found, *wrong]), similar)

    def _cycle(self, names: list[str]) -> Diagnostic:
        """Report a circle of names, each of which is used by the next one."""
        labels = []
        for used, user in pairwise(names):
            use = self._files[user].uses[used]
            if use is not None:
                place = Place(self._files[user].tree.source, use.span)
                labels.append(Label(place, f"uses {used}"))
        labels.sort(key=lambda each: each.place.sort_key)
        return Diagnostic(
            codes.USE_CYCLE,
            "these files use each other in a circle",
            labels[0],
            tuple(labels[1:]),
            help="a file is stronger than what it uses, so one of them has to give way",
        )

    def _used(self, user: _File) -> Iterator[tuple[SourceText, _Origin]]:
        """Yield the sources that a file uses, the standard pack first."""
        if user.tree.source.name != f"pack:{STANDARD}/{STANDARD}.optout":
            yield from self._pack(user, STANDARD, None)
        targets: set[str] = set()
        for statement in user.tree.statements:
            if isinstance(statement, Use):
                target = statement.target.value
                if target in targets:
                    self._report(
                        user,
                        statement,
                        codes.REPEATED_USE,
                        f"`{target}` is used twice",
                        help="delete one of the two",
                    )
                    continue
                targets.add(target)
                if target.endswith(".optout") or "/" in target:
                    yield from self._path(user, target, statement)
                else:
                    yield from self._pack(user, target, statement)

    def _pack(
        self, user: _File, name: str, use: Use | None
    ) -> Iterator[tuple[SourceText, _Origin]]:
        try:
            path = pack_path(name)
        except LookupError:
            path = None
        if path is not None:
            yield from self._read(user, path, _pack_origin(name, path), use)
        elif use is not None:
            near = closest(name, pack_names())
            fix = None
            if near:
                edit = Edit(Place(user.tree.source, use.target.span), f'"{near}"')
                fix = Fix(f"use `{near}`", (edit,))
            advice = f"did you mean `{near}`?" if near else "`optout packs` lists them all"
            message = f"no pack has the name `{name}`"
            self._report(user, use, codes.UNKNOWN_PACK, message, help=advice, fix=fix)

    def _path(self, user: _File, target: str, use: Use) -> Iterator[tuple[SourceText, _Origin]]:
        origin = user.origin
        if origin.folder is None:
            self._report(
                user,
                use,
                codes.UNREADABLE_USE,
                f"`{target}` cannot be found: this text stands in no folder",
                help="save it as a file, or use packs alone",
            )
            return
        if not target.startswith(("./", "../")) or "\0" in target:
            self._report(
                user,
                use,
                codes.UNREADABLE_USE,
                f"`{target}` is neither a pack nor a path beside this file",
                help=f"write `./{target.lstrip('/')}` for a file beside this one",
            )
            return
        here = origin.path.parent if origin.path else origin.folder
        path = self._reader.resolve(here / target)
        if not path.is_relative_to(origin.folder):
            self._report(
                user,
                use,
                codes.USE_OUTSIDE_FOLDER,
                f"`{target}` lies outside the ruleset's folder",
                help="keep a ruleset's files in the root file's folder and below, or put an empty "
                "`optout.toml` into the folder that holds all of them",
            )
            return
        used = _Origin(path, origin.folder, origin.prefix, origin.shown)
        yield from self._read(user, path, used, use)

    def _read(
        self, user: _File, path: Path, origin: _Origin, use: Use | None
    ) -> Iterator[tuple[SourceText, _Origin]]:
        relative = path.relative_to(origin.folder or path.parent).as_posix()
        name = f"{origin.prefix}{relative}"
        user.uses[name] = use
        if name in self._seen:
            return
        self._seen.add(name)
        try:
            data = self._reader.read(path)
        except OSError as error:
            reason = (error.strerror or "it cannot be read").lower()
            if use is None:
                raise
            meant = _file_meant(use.target.value, path)
            self._report(
                user,
                use,
                codes.UNREADABLE_USE,
                f"cannot read `{use.target.value}`: {reason}",
                help=None if meant is None else f"did you mean `{meant}`?",
                fix=None if meant is None else _written(user, use, meant),
            )
            return
        source, found = decode(data, name=name, path=f"{origin.shown}{relative}")
        self._found += found
        if source is not None:
            yield source, origin

    def _report(
        self,
        user: _File,
        use: Use,
        code: Code,
        message: str,
        *,
        help: str | None = None,  # noqa: A002  # the field's name
        fix: Fix | None = None,
    ) -> None:
        place = Place(user.tree.source, use.target.span)
        self._found.append(Diagnostic(code, message, Label(place), help=help, fix=fix))


def _file_meant(target: str, path: Path) -> str | None:
    """Return the target of a `use` whose file is there and has nearly this name, or None."""
    try:
        names = [each.name for each in path.parent.iterdir() if each.suffix == ".optout"]
    except OSError:
        return None
    near = closest(path.name, sorted(names))
    return None if near is None else f"{target.rpartition('/')[0]}/{near}"


def _written(user: _File, use: Use, target: str) -> Fix:
    place = Place(user.tree.source, use.target.span)
    return Fix(f"write `{target}`", (Edit(place, f'"{target}"'),))


def _sorted(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(found, key=lambda each: each.sort_key))
