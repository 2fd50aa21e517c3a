"""The project file, `optout.toml`: what commands do without arguments, brands, and how bad findings are."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from optoutlang.interfaces.settings import codes
from optoutlang.interfaces.settings.locate import locate
from optoutlang.interfaces.settings.section import Findings, Section
from optoutlang.language.diagnostics.codes import ALL
from optoutlang.language.diagnostics.diagnostic import Code, CompileError, Diagnostic, Severity
from optoutlang.language.diagnostics.suggest import closest
from optoutlang.language.driver.project import PROJECT_FILE, project_folder
from optoutlang.language.source.text import SourceText

_CODES: Mapping[str, Code] = {
    name.casefold(): code for code in ALL for name in (code.id, code.slug)
}


@dataclass(frozen=True, slots=True)
class Standard:
    """What is asked of some rules: `rules` are files and folders, relative to the project's folder.

    `strict` says whether warnings fail a check, `severities` how bad findings are, by the code's id, where that is not
    what the language says.
    """

    rules: tuple[str, ...] = (".",)
    strict: bool = False
    severities: Mapping[str, Severity] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Project:
    """A project: its `folder`, what is asked of all its rules, and `brands`, which may ask for more."""

    folder: Path
    standard: Standard
    brands: Mapping[str, Standard] = field(default_factory=dict, hash=False)

    def files(self, brands: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return the rules of some brands, by default of the whole project, as paths from where the process stands."""
        chosen = [self.brands[name] for name in brands] or [self.standard]
        here = Path.cwd()
        paths = (self.folder / each for standard in chosen for each in standard.rules)
        shown = (
            str(each.relative_to(here) if each.is_relative_to(here) else each) for each in paths
        )
        return tuple(dict.fromkeys(shown))

    def judged(self, finding: Diagnostic) -> Diagnostic:
        """Return a finding with the severity that the project gives it."""
        severity = self._standard_of(finding).severities.get(finding.code.id)
        if severity is None:
            return finding
        return replace(finding, code=replace(finding.code, severity=severity))

    def fails(self, finding: Diagnostic) -> bool:
        """Tell whether a finding, as it was judged, fails a check without `--strict`."""
        severity = finding.code.severity
        is_warning = severity is Severity.WARNING
        return severity is Severity.ERROR or (is_warning and self._standard_of(finding).strict)

    def _standard_of(self, finding: Diagnostic) -> Standard:
        """Return what is asked of the file of a finding; a file outside the project is asked for nothing."""
        path = Path(finding.primary.place.source.path).resolve()
        if not path.is_relative_to(self.folder):
            return _NOTHING
        for brand in self.brands.values():
            if any(path.is_relative_to((self.folder / each).resolve()) for each in brand.rules):
                return brand
        return self.standard


_NOTHING = Standard()


def read_project(start: Path) -> Project | None:
    """Return the project of a folder, or of the nearest one above; None without a project file.

    Raises:
        CompileError: the file is no TOML, or has a key or value that means nothing; says which and where.
        OSError: it cannot be read.
    """
    folder = project_folder(start.resolve() / PROJECT_FILE)
    if folder is None:
        return None
    path = folder / PROJECT_FILE
    text = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    source = SourceText(PROJECT_FILE, text, str(shown))
    findings = Findings(source, locate(text), {}, folder)
    project = None
    try:
        project = _project(folder, Section(findings, tomllib.loads(text), ()))
    except tomllib.TOMLDecodeError as error:
        findings.no_toml(str(error))
    if findings.found or project is None:
        raise CompileError(tuple(sorted(findings.found, key=lambda each: each.sort_key)))
    return project


def _project(folder: Path, root: Section) -> Project:
    severities = _severities(root)
    strict = root.flag("strict", default=False)
    brands = dict(_brands(folder, root, Standard((), strict, severities)))
    theirs = tuple(each for brand in brands.values() for each in brand.rules)
    rules = _rules(folder, root, theirs or (".",))
    root.close()
    return Project(folder, Standard(rules, strict, severities), brands)


def _brands(folder: Path, root: Section, above: Standard) -> Iterator[tuple[str, Standard]]:
    """Yield the brands by name; a brand is asked for what the project is, unless it says otherwise."""
    section = root.section("brands")
    if section is None:
        return
    for name, brand in section.tables():
        if "rules" not in brand:
            cure = f'add `rules = ["brands/{name}"]`'
            brand.wrong(None, f"brand `{name}` has no rules", cure, codes.MISSING)
        rules = _rules(folder, brand, ())
        strict = brand.flag("strict", default=above.strict)
        yield name, Standard(rules, strict, {**above.severities, **_severities(brand)})
        brand.close()


def _rules(folder: Path, section: Section, default: tuple[str, ...]) -> tuple[str, ...]:
    rules = section.texts("rules", default)
    for each in rules:
        if "rules" in section and not (folder / each).exists():
            near = closest(each, _beside(folder / each, folder))
            cure = f"did you mean `{near}`?" if near else f"names begin at `{folder}`"
            section.wrong("rules", f"there is no file or folder `{each}`", cure, codes.NO_SUCH)
    return rules


def _beside(path: Path, folder: Path) -> Iterator[str]:
    """Yield what stands where a file or folder should, as the project file would name it."""
    if path.parent.is_dir() and path.parent.is_relative_to(folder):
        yield from (str(each.relative_to(folder)) for each in path.parent.iterdir())


def _severities(section: Section) -> dict[str, Severity]:
    """Return the severities that a table `severity` gives, by the id of the code."""
    table = section.section("severity")
    found: dict[str, Severity] = {}
    for name, level in () if table is None else table.entries():
        assert table is not None  # noqa: S101 - it has entries
        code = _CODES.get(name.casefold())
        if code is None:
            near = closest(name, _CODES)
            cure = f"did you mean `{near}`?" if near else "`optout explain --list` lists all"
            table.wrong(name, f"there is no finding `{name}`", cure, codes.NO_SUCH)
            continue
        severity = table.chosen(name, level, Severity)
        if code.severity is Severity.ERROR and severity not in {None, Severity.ERROR}:
            message = f"`{name}` is an error of the language; it cannot be lowered"
            table.wrong(name, message, f"`optout explain {code.id}` says how to correct the rules")
        elif severity is not None:
            found[code.id] = severity
    return found
