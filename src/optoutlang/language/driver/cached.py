"""A root file checked and compiled, with the results of former runs where nothing has changed.

The key of a result is the digest of the release, of the root file's place and
of its content. The result itself states all else that was read (`files`), and
counts only if that is unchanged. The program is kept apart from it, as an
artefact under its own digest, and goes through all the checks of an artefact
when it is loaded. Neither the parser nor the checks are imported where both
are there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from optoutlang.language.diagnostics.diagnostic import CompileError
from optoutlang.language.driver.cache import Cache
from optoutlang.language.driver.entry import Entry, decoded, encoded
from optoutlang.language.driver.examples import Outcome, run_cases, run_used_cases
from optoutlang.language.driver.files import DISK, Files, RecordedFiles
from optoutlang.language.driver.project import project_folder
from optoutlang.language.driver.release import release_digest
from optoutlang.language.driver.root import FileRoot, Fresh, Root, Summary
from optoutlang.language.source.text import SourceText
from optoutlang.runtime.matcher.matcher import Matcher
from optoutlang.runtime.program.artefact import ArtefactError


class Build:
    """One root file, checked and compiled as far as it is asked for; `cache` None makes everything anew.

    Raises:
        OSError: the root file cannot be read.
    """

    def __init__(self, root: Root, cache: Cache | None, *, files: Files = DISK) -> None:
        self._root = root
        self._cache = cache
        self._files = RecordedFiles(files)
        self._key = "" if cache is None else _key(root, self._files)
        self._fresh: Fresh | None = None
        self._texts: Sequence[SourceText] = ()
        self._entry: Entry | None = None

    def check(self) -> Summary:
        """Return the result of checking the file.

        Raises:
            OSError: the root file cannot be read.
        """
        return self._checked().summary

    def compile(self) -> Matcher:
        """Return the file's matcher.

        Raises:
            CompileError: the file has errors.
            OSError: the root file cannot be read.
        """
        entry = self._checked()
        if entry.summary.name is None:
            raise CompileError(entry.summary.diagnostics)
        kept = self._kept_matcher(entry.program)
        return self._compile_anew() if kept is None else kept

    def test(self) -> tuple[Outcome, ...]:
        """Return the outcome of each case of the file's `test` blocks, in their order.

        Raises:
            CompileError: the file has errors.
            OSError: the root file cannot be read.
        """
        outcomes = self._checked().outcomes
        if outcomes is None:
            matcher = self.compile()
            entry = self._checked()
            outcomes = run_cases(entry.summary.examples, matcher)
            self._keep(replace(entry, outcomes=outcomes))
        return outcomes

    def test_used(self) -> tuple[Outcome, ...]:
        """Return the outcome of each test case of the files that the file uses, under the file's own rules.

        Those that a stronger file settles are left out. Their outcomes are not kept.

        Raises:
            CompileError: the file has errors.
            OSError: the root file cannot be read.
        """
        # Here, not above: it loads the parser and all checks.
        from optoutlang.language.driver.fresh import used_examples_of  # noqa: PLC0415

        return run_used_cases(used_examples_of(self._root, files=self._files), self.compile())

    def _checked(self) -> Entry:
        entry = self._entry or self._kept_entry()
        if entry is None:
            entry = Entry(self._check_anew().summary)
            self._keep(entry)
        self._entry = entry
        return entry

    def _compile_anew(self) -> Matcher:
        # Here, not above: it loads the parser and all checks.
        from optoutlang.language.driver.fresh import matcher_of  # noqa: PLC0415

        fresh = self._fresh or self._check_anew()
        if fresh.ruleset is None:  # a file changed, since the check was kept or made
            raise CompileError(fresh.summary.diagnostics)
        matcher = matcher_of(fresh.ruleset)
        if self._cache is not None:
            self._cache.put(matcher.digest, matcher.to_bytes())
            self._keep(Entry(fresh.summary, matcher.digest))
        return matcher

    def _check_anew(self) -> Fresh:
        # Here, not above: as before.
        from optoutlang.language.driver.fresh import check_root  # noqa: PLC0415

        self._fresh = check_root(self._root, files=self._files)
        self._texts = self._fresh.texts
        return self._fresh

    def _kept_matcher(self, digest: str | None) -> Matcher | None:
        data = self._cache.get(digest) if self._cache and digest else None
        if data is None:
            return None
        try:
            matcher = Matcher.from_bytes(data)
        except ArtefactError:
            return None
        return matcher if matcher.digest == digest else None

    def _kept_entry(self) -> Entry | None:
        data = self._cache.get(self._key) if self._cache else None
        entry = None if data is None else decoded(data, self._root, self._files)
        if entry is None:
            return None
        self._texts = entry[1]
        return entry[0]

    def _keep(self, entry: Entry) -> None:
        self._entry = entry
        if self._cache is None:
            return
        data = encoded(entry, self._texts, self._files)
        if data is not None:
            self._cache.put(self._key, data)


def _key(root: Root, files: Files) -> str:
    if isinstance(root, FileRoot):
        resolved = files.resolve(root.path)
        place = [str(root.path), str(resolved), str(project_folder(resolved))]
        data = files.read(root.path)
    else:
        place, data = [root.name, str(root.folder), ""], root.data
    parts = json.dumps([release_digest(), *place, sha256(data).hexdigest()])
    return sha256(parts.encode()).hexdigest()
