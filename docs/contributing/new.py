"""Write the skeleton of a check, a command or a rule pack: `make new-check`, `make new-command`, `make new-pack`.

A template is a folder that looks like the repository. The placeholders stand in
the names of its files and folders as words (`CODE-NAME.md.template`), in their
texts with a dollar sign (`$CODE`). Where a list has to name the new thing, a
line is put into it, in order. Nothing that exists is overwritten.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template

from optoutlang.language.syntax.format import format_file
from optoutlang.language.syntax.parse import parse
from optoutlang.language.syntax.read import decode

TEMPLATES = Path(__file__).parent / "templates"
FAMILIES = {
    "2": "keywords",
    "3": "phrases",
    "4": "replies",
    "5": "languages",
    "6": "tests",
    "7": "frames",
}
LANGUAGE = Path("src/optoutlang/language")
CODES = LANGUAGE / "diagnostics/codes.py"
REGISTRY = LANGUAGE / "checks/registry.py"

_SUFFIX = ".template"
_CONSTANT = re.compile(r'^[A-Z_]+ = _\w+\(\s*"(O\d{3})".*?\)$', re.MULTILINE | re.DOTALL)


class NotWrittenError(Exception):
    """The skeleton cannot be written; nothing was."""


def new_check(root: Path, *, code: str, name: str) -> list[Path]:
    """Write a check with its code and page; return the files, changed ones too.

    Raises:
        NotWrittenError: the code or the name has no right form, or is taken.
    """
    if not re.fullmatch(r"O[2-6]\d{2}", code) or not re.fullmatch(r"[a-z]+(-[a-z]+)*", name):
        raise NotWrittenError("a check has a CODE such as O411 and a NAME such as shouted-reply")
    text = (root / CODES).read_text(encoding="utf-8")
    if f'"{code}"' in text or f'"{name}"' in text:
        raise NotWrittenError(f"`{code}` or `{name}` is taken: {CODES.as_posix()}")
    family, module = FAMILIES[code[1]], name.replace("-", "_")
    title = f"a finding with the name {name}"
    constant = module.upper()
    words = {"FAMILY": family, "MODULE": module, "CODE": code, "NAME": name}
    written = _write(root, "check", {**words, "CONSTANT": constant, "TITLE": title})
    _add_code(root / CODES, code, f'{constant} = _warning("{code}", "{name}", "{title}")')
    _register(root, family, module, code)
    return [*written, root / CODES, root / REGISTRY]


def new_command(root: Path, *, name: str) -> list[Path]:
    """Write a command and its test; return the files.

    Raises:
        NotWrittenError: the name has no right form, or is taken.
    """
    if not re.fullmatch(r"[a-z]+", name):
        raise NotWrittenError("a command has a NAME of lower-case letters, such as `stats`")
    return _write(root, "command", {"MODULE": name, "NAME": name})


def new_pack(root: Path, *, name: str, title: str) -> list[Path]:
    """Write a pack's folder and let `natural` or `world` use it; return the files, changed ones too.

    Raises:
        NotWrittenError: the name has no right form, or is taken.
    """
    match = re.fullmatch(r"(?:(lang|natural)-([a-z]{2,3}(?:-[a-z0-9]+)*)|([a-z]{2}))", name)
    if match is None:
        raise NotWrittenError("a pack has a NAME such as `lang-cy`, `natural-cy` or `cl`")
    shelf = {"lang": "words", "natural": "natural", None: "country"}[match[1]]
    tag = match[2] or match[3]
    words = {"TAG": tag, "NAME": name, "TITLE": title or name, "COUNTRY": tag.upper()}
    written = _write(root, f"pack-{shelf}", {**words, "LANGUAGE": _language_tag(tag)})
    _lay_out(next(path for path in written if path.suffix == ".optout"))
    joined = "natural" if shelf == "natural" else "world"
    user = root / "rules" / joined / f"{joined}.optout"
    _add_use(user, name)
    return [*written, user]


def _lay_out(path: Path) -> None:
    """Lay a rule file out as `optout fmt` does: how wide its columns are depends on the names in it."""
    source, _ = decode(path.read_bytes(), name=path.name)
    assert source is not None  # noqa: S101 - the template is UTF-8
    path.write_text(format_file(parse(source)[0]), encoding="utf-8")


def _language_tag(tag: str) -> str:
    """Return a BCP 47 tag in the usual case: `zh-Hant`, `pt-BR`."""
    first, *others = tag.split("-")
    cased = {2: str.upper, 4: str.title}
    return "-".join((first, *(cased.get(len(each), str.lower)(each) for each in others)))


def _write(root: Path, template: str, words: Mapping[str, str]) -> list[Path]:
    """Write the files of a template; all or, where one exists, none."""
    files = dict(_files(TEMPLATES / template, words))
    existing = [path for path in files if (root / path).exists()]
    if existing:
        raise NotWrittenError(f"`{existing[0].as_posix()}` exists already")
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return [root / path for path in files]


def _files(template: Path, words: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    """Yield the path, from the repository's folder, and the text of each file of a template."""
    for source in sorted(template.rglob(f"*{_SUFFIX}")):
        name = source.relative_to(template).as_posix().removesuffix(_SUFFIX)
        for word, value in words.items():
            name = name.replace(word, value)
        yield Path(name), Template(source.read_text(encoding="utf-8")).substitute(words)


def _add_code(path: Path, code: str, line: str) -> None:
    """Put a code's line behind the code with the next smaller id."""
    text = path.read_text(encoding="utf-8")
    before = [each for each in _CONSTANT.finditer(text) if each[1] < code]
    at = max(before, key=lambda each: each[1]).end()
    path.write_text(f"{text[:at]}\n{line}{text[at:]}", encoding="utf-8")


def _add_use(path: Path, pack: str) -> None:
    """Put `use "PACK"` behind the last `use` of a name that sorts before it, among those of its kind."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kind = pack.partition("-")[0] if "-" in pack else ""
    uses = [(match[1], at) for at, match in enumerate(map(_USE.match, lines)) if match is not None]
    alike = [
        (name, at) for name, at in uses if (name.partition("-")[0] if "-" in name else "") == kind
    ]
    smaller = [at for name, at in alike if name < pack]
    at = max(smaller) + 1 if smaller else min(at for _, at in alike)
    lines.insert(at, f'use "{pack}"\n')
    path.write_text("".join(lines), encoding="utf-8")


_USE = re.compile(r'use "([a-z0-9-]+)"$')


def _register(root: Path, family: str, module: str, code: str) -> None:
    """Import a check in the registry, and list it in order of the codes."""
    path = root / REGISTRY
    text = path.read_text(encoding="utf-8")
    text = re.sub(
        rf"(from optoutlang\.language\.checks\.{family} import) (?:\((.*?)\)|([^(\n]+))",
        lambda match: f"{match[1]} ({_names(match[2] or match[3], module)})",
        text,
        count=1,
        flags=re.DOTALL,
    )
    listed = re.findall(r"^    (\w+)\.check,$", text, re.MULTILINE)
    later = [each for each in listed if _code_of(root, each) > code]
    place = f"    {later[0]}.check,\n" if later else ')\n"""One function for each check'
    text = text.replace(place, f"    {module}.check,\n{place}", 1)
    path.write_text(text, encoding="utf-8")


def _names(names: str, module: str) -> str:
    """Return the names of an import, one a line, with one more."""
    found = {*re.findall(r"\w+", names), module}
    return "\n" + "".join(f"    {each},\n" for each in sorted(found))


def _code_of(root: Path, module: str) -> str:
    """Return the code that the docstring of a check begins with."""
    [path] = (root / LANGUAGE / "checks").glob(f"*/{module}.py")
    return path.read_text(encoding="utf-8")[3:7]


def main() -> int:
    """Write what the arguments ask for, and say what was written and what comes next."""
    parser = argparse.ArgumentParser(prog="python -m docs.contributing.new", description=__doc__)
    kinds = parser.add_subparsers(dest="kind", required=True)
    check = kinds.add_parser("check")
    check.add_argument("code")
    check.add_argument("name")
    kinds.add_parser("command").add_argument("name")
    pack = kinds.add_parser("pack")
    pack.add_argument("name")
    pack.add_argument("title", nargs="?", default="")
    asked = parser.parse_args()
    root = Path.cwd()
    try:
        if asked.kind == "check":
            written = new_check(root, code=asked.code, name=asked.name)
        elif asked.kind == "command":
            written = new_command(root, name=asked.name)
        else:
            written = new_pack(root, name=asked.name, title=asked.title)
    except NotWrittenError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    names = "\n".join(f"  {each.relative_to(root).as_posix()}" for each in written)
    sys.stdout.write(f"wrote, or changed:\n{names}\nCONTRIBUTING.md says what to do with each.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
