"""The test cases of used files, for asking whether they hold under the file that uses them too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from optoutlang.language.model.class_reader import ClassReader
from optoutlang.language.model.collector import Collector
from optoutlang.language.model.file_reader import FileReader
from optoutlang.language.model.findings import Findings
from optoutlang.language.model.from_syntax import Loaded
from optoutlang.language.model.preferences import Preferences
from optoutlang.language.model.ruleset import Example, Ruleset
from optoutlang.language.model.runtime_variables import RuntimeVariables
from optoutlang.language.model.variables import Variables
from optoutlang.runtime.canonical import key

_Asked = tuple[str, bool, str | None, str | None]


def used_examples(loaded: tuple[Loaded, ...], ruleset: Ruleset) -> tuple[Example, ...]:
    """Return the cases of all files but the root, weakest file first, as far as they speak of other files' rules.

    `ruleset` is the model of the files. Left out is

    - a case that a stronger file settles: by a case with the same message,
      country and preferred language, whatever it expects;
    - a case of `none` for a message that is a request elsewhere by another case
      of its file: it tells where its file's words hold, not what others add;
    - what a case says of its reply, and where it names neither country nor
      preferred language of the answer's language: a stronger file may reply in
      its own words, and several files may claim a word.
    """
    cases = [tuple(_examples(index, each, ruleset)) for index, each in enumerate(loaded)]
    settled: list[set[_Asked]] = [set() for _ in loaded]
    for index, file in enumerate(ruleset.files):
        for weaker in file.weaker:
            settled[weaker] |= {_asked(each) for each in cases[index]}
    return tuple(
        _without_reply(each)
        for index, those in enumerate(cases[:-1])
        for each in _about_messages(those)
        if _asked(each) not in settled[index]
    )


def _about_messages(cases: tuple[Example, ...]) -> Iterator[Example]:
    requests = {_read(each) for each in cases if each.action is not None}
    return (each for each in cases if each.action is not None or _read(each) not in requests)


def _read(example: Example) -> tuple[bool, str]:
    """Return what two cases share that are about one message; a button's payload has one spelling."""
    return example.button, example.message if example.button else key(example.message)


def _without_reply(example: Example) -> Example:
    is_placed = example.country is not None or example.prefer is not None
    language = example.language if is_placed else None
    return replace(example, states_reply=False, reply=None, language=language)


def _examples(index: int, each: Loaded, ruleset: Ruleset) -> Iterator[Example]:
    """Yield the cases of one file; nobody is told here what is wrong with them."""
    findings, collector = Findings(each.file.source), Collector()
    weaker = tuple(file.weaker for file in ruleset.files)
    runtime = RuntimeVariables(collector)
    variables = Variables(weaker, runtime)
    reader = FileReader(
        file=index,
        preferences=Preferences(ruleset.files, collector),
        variables=variables,
        runtime=runtime,
        classes=ClassReader(weaker, variables, collector),
        findings=findings,
        collector=collector,
    )
    return reader.examples(each.file)


def _asked(example: Example) -> _Asked:
    return example.message, example.button, example.country, example.prefer
