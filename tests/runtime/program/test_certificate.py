"""The certificate: right content passes, and whatever else it says is refused, by its own checker already."""

from __future__ import annotations

import ast
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from optoutlang.runtime.program import certificate
from optoutlang.runtime.program.artefact import ArtefactError, from_bytes
from optoutlang.runtime.program.certificate import CertificateError, verify
from tests.language.compiler.rulesets import program
from tests.runtime.program.test_artefact import RULES, Edit, canonical, content, put, sealed

OTHER_LINES = RULES + '\n country DE { opt-out { keywords "S.T.O.P" } }'


@pytest.fixture(scope="module")
def sample() -> dict[str, Any]:
    return content(program(OTHER_LINES))


def test_every_context_is_certified_once_with_the_lines_of_its_words(
    sample: dict[str, Any],
) -> None:
    found = sample["certificate"]
    lines = [words["stop"][2] for _, words in found]

    assert [contexts for contexts, _ in found] == [["", "CO", "MX", "US"], ["DE"]]
    assert lines == [1, 2 + OTHER_LINES[: OTHER_LINES.index("country DE")].count("\n")]


def test_the_checker_accepts_what_the_compiler_wrote(sample: dict[str, Any]) -> None:
    verify(sample)


def rebind(where: str, action: str | None) -> Edit:
    """Return an edit that tells table and certificate the same lie about STOP."""

    def edit(content: dict[str, Any]) -> None:
        if where == "":
            content["base"]["keywords"]["stop"][0] = action
        else:
            overlay = content["overlays"][content["countries"][where]]
            overlay.setdefault("keywords", {})["stop"] = action and [
                action,
                [["en", "STOP", 0, 1]],
            ]
        content["certificate"] = [
            [contexts, words | {"stop": [action, *words["stop"][1:]]}]
            for contexts, words in content["certificate"]
        ]

    return edit


CERTIFICATE = ("certificate", 0)
TAMPERED: dict[str, Edit] = {
    "no certificate": lambda content: content.pop("certificate"),
    "a certificate that is an object": put("certificate", value={}),
    "an empty certificate": put("certificate", value=[]),
    "a group without words": put(*CERTIFICATE, value=[[""]]),
    "a context left out": put(*CERTIFICATE, 0, value=["", "CO", "US"]),
    "the base left out": put(*CERTIFICATE, 0, value=["CO", "MX", "US"]),
    "a context twice": put(*CERTIFICATE, 0, value=["", "CO", "MX", "US", "US"]),
    "a context that is no text": put(*CERTIFICATE, 0, 0, value=[]),
    "a country that the rules do not name": put(*CERTIFICATE, 0, 3, value="FR"),
    "a word left out": lambda content: content["certificate"][0][1].pop("help"),
    "a word too many": put(*CERTIFICATE, 1, "end", value=["opt-out", 0, 1]),
    "another action": put(*CERTIFICATE, 1, "stop", 0, value="help"),
    "another line": put(*CERTIFICATE, 1, "stop", 2, value=99),
    "another source": put(*CERTIFICATE, 1, "stop", 1, value=1),
    "no line": put(*CERTIFICATE, 1, "stop", value=["opt-out"]),
    "a word that is no row": put(*CERTIFICATE, 1, "stop", value="opt-out"),
    "the table rebinds STOP": put("base", "keywords", "stop", 0, value="help"),
    "the table loses STOP": lambda content: content["base"]["keywords"].pop("stop"),
    "the table holds no meaning": put("base", "keywords", "stop", value="opt-out"),
    "a country loses STOP": put("overlays", 0, "keywords", "stop", value=None),
    "table and certificate rebind STOP": rebind("", "opt-in"),
    "table and certificate rebind STOP in a country": rebind("MX", "opt-in"),
    "table and certificate lose STOP in a country": rebind("MX", None),
    "no base": lambda content: content.pop("base"),
    "a base without keywords": lambda content: content["base"].pop("keywords"),
    "an overlay that is not there": put("countries", "US", value=9),
    "an overlay counted from the end": put("countries", "US", value=-1),
    "an overlay numbered by a boolean": put("countries", "US", value=True),
    "an overlay that is a list": put("overlays", 0, value=[]),
    "no overlays": lambda content: content.pop("overlays"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_tampering_is_refused_by_the_checker_alone_and_on_load(
    name: str, sample: dict[str, Any]
) -> None:
    forged = deepcopy(sample)
    TAMPERED[name](forged)

    with pytest.raises(CertificateError):
        verify(forged)
    with pytest.raises(ArtefactError, match="malformed"):
        from_bytes(sealed(canonical(forged)))


@pytest.mark.parametrize("content", [None, [], 1, "", {}, {"certificate": []}])
def test_what_is_no_content_proves_nothing(content: object) -> None:
    with pytest.raises(CertificateError):
        verify(content)


def test_what_neither_table_nor_certificate_says_is_refused(sample: dict[str, Any]) -> None:
    forged = deepcopy(sample)
    forged["base"]["keywords"]["stop"] = None
    for _, words in forged["certificate"]:
        words["stop"] = None

    with pytest.raises(CertificateError, match="`stop` is not certified to mean opt-out in "):
        verify(forged)


MESSAGES = {
    "no certificate": "no certificate",
    "a group without words": "the certificate is malformed",
    "a context left out": "no certificate for MX",
    "the base left out": "no certificate for the base",
    "a context twice": "`US` is certified twice, or no context",
    "another line": "`stop` is not certified to mean opt-out in the base",
    "a country loses STOP": "`stop` is not certified to mean opt-out in CO",
    "the table rebinds STOP": "`stop` is not certified to mean opt-out in the base",
    "no base": "no tables to certify",
    "an overlay that is not there": "US has no table",
}


@pytest.mark.parametrize("name", MESSAGES)
def test_the_checker_says_where(name: str, sample: dict[str, Any]) -> None:
    forged = deepcopy(sample)
    TAMPERED[name](forged)

    with pytest.raises(CertificateError) as refused:
        verify(forged)
    assert str(refused.value) == MESSAGES[name]


def test_a_certificate_in_another_order_is_not_canonical(sample: dict[str, Any]) -> None:
    forged = deepcopy(sample)
    forged["certificate"].reverse()

    verify(forged)
    with pytest.raises(ArtefactError, match="canonical form"):
        from_bytes(sealed(canonical(forged)))


def test_the_checker_imports_nothing_of_the_project() -> None:
    tree = ast.parse(Path(certificate.__file__).read_text(encoding="utf-8"))
    imported = {each.module for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)}

    assert imported == {"__future__", "collections.abc"}
    assert not [each for each in ast.walk(tree) if isinstance(each, ast.Import)]
