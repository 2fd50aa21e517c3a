"""No bytes make the parser or the loader raise anything but their own error."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from optoutlang.language.driver.compile import check_path, check_text
from optoutlang.runtime.matcher import Matcher
from optoutlang.runtime.program.artefact import MAGIC, ArtefactError, from_bytes, to_bytes
from optoutlang.testing.library import ROOT, Block, Library, text_of
from optoutlang.testing.messages import anything
from optoutlang.testing.rulesets import GeneratedRuleset, compile_library, errors, rulesets
from optoutlang.testing.statements import libraries
from tests.properties.test_protected import assert_protected

PIECES = (
    *(
        "{",
        "}",
        '"',
        ",",
        "->",
        "#",
        "\\",
        "\\u{",
        "\n",
        "\r",
        "\t",
        "\x00",
        "\u2028",
        "\ufeff",
        "(",
        "|",
    ),
    *(
        "country",
        "language",
        "opt-out",
        "keywords",
        "only",
        "none",
        "reply",
        "test",
        "let x",
        "=",
        "-",
    ),
    *("\ud800", "use", "ruleset", "from", "prefer", "typos", "{brand}", "ßﬀ", "🛑", "الغاء"),
)


@st.composite
def damaged(draw: st.DrawFn, text: str) -> str:
    """Draw a text with up to three pieces taken out or put in."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        piece = draw(st.one_of(st.sampled_from(PIECES), anything(), st.just("")))
        text = text[:start] + piece + text[end:]
    return text


def check_bytes(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, ROOT)
        path.write_bytes(data)
        checked = check_path(path)
    assert (checked.ruleset is None) == bool(errors(checked))


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_reported(data: bytes) -> None:
    check_bytes(data)


@pytest.mark.slow
@given(libraries(), st.data())
def test_damaged_files_are_read_or_reported(library: Library, data: st.DataObject) -> None:
    text = data.draw(damaged(text_of(library[ROOT])))
    checked = check_text(text)
    event("sound" if checked.ruleset else "reported")

    assert (checked.ruleset is None) == bool(errors(checked))
    check_bytes(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("text", ["0¡\ud800ruleset"])
def test_texts_that_once_were_too_much_are_reported(text: str) -> None:
    assert check_text(text).ruleset is None


@given(st.binary(max_size=80), st.booleans())
def test_any_bytes_are_an_artefact_error(data: bytes, sealed: bool) -> None:  # noqa: FBT001
    with pytest.raises(ArtefactError):
        from_bytes(seal(data) if sealed else data)


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 5)
@given(rulesets(), st.data())
def test_damaged_artefacts_are_an_error(rules: GeneratedRuleset, data: st.DataObject) -> None:
    artefact = to_bytes(rules.program)
    at = data.draw(st.integers(0, len(artefact) - 1))
    if data.draw(st.booleans()):
        hurt = artefact[:at]
    else:
        flipped = artefact[at] ^ (1 << data.draw(st.integers(0, 7)))
        hurt = artefact[:at] + bytes([flipped]) + artefact[at + 1 :]
    with pytest.raises(ArtefactError):
        from_bytes(hurt)


Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

values: st.SearchStrategy[Json] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 10**20),
    st.floats(),
    st.sampled_from(
        ("", "stop", "start", "help", "opt-out", "opt-in", "en", "MX", "x" * 64, "\ud800")
    ),
    st.just([]),
    st.just({}),
)


@st.composite
def forged(draw: st.DrawFn, value: Json) -> Json:
    """Draw a JSON value in which one place is another value, is gone, or stands twice."""
    if isinstance(value, dict) and value and draw(st.integers(0, 9)):
        name = draw(st.sampled_from(sorted(value)))
        others = {each: value[each] for each in value if each != name}
        change = draw(st.integers(0, 9))
        if change == 0:
            return others
        if change == 1:
            return others | {draw(st.sampled_from(("stop", "x", "MX", ""))): value[name]}
        return others | {name: draw(forged(value[name]))}
    if isinstance(value, list) and value and draw(st.integers(0, 9)):
        at = draw(st.integers(0, len(value) - 1))
        change = draw(st.integers(0, 9))
        if change < 2:
            return value[:at] + value[at + 1 :] if change else [*value, value[at]]
        return [*value[:at], draw(forged(value[at])), *value[at + 1 :]]
    return draw(values)


def seal(payload: bytes) -> bytes:
    """Return bytes with the head and the digest of an artefact."""
    return MAGIC + sha256(payload).hexdigest().encode() + b"\n" + payload


def dump(value: Json) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


RULES = compile_library(
    {
        ROOT: (
            "ruleset forged",
            "filler pls",
            Block("opt-out", ("keywords FOO", 'phrases "[pls] stop me"', 'except "no stop"')),
            Block("country MX, CO", ("prefer es", Block("opt-in", ("only keywords BAR",)))),
        )
    }
)


@given(st.data())
def test_a_forged_artefact_is_an_error_or_keeps_the_protected_words(data: st.DataObject) -> None:
    parts = [json.loads(each) for each in to_bytes(RULES.program)[len(MAGIC) + 65 :].split(b"\n")]
    made = data.draw(forged(parts))
    forgery = b"\n".join(map(dump, made if isinstance(made, list) else [made]))
    try:
        program = from_bytes(seal(forgery))
    except ArtefactError:
        event("refused")
    else:
        event("read")
        assert_protected(Matcher(program))
    try:
        matcher = Matcher.from_bytes(seal(forgery))
    except ArtefactError:
        return
    try:
        assert_protected(matcher)
        matcher.prepare()
    except ArtefactError:
        event("opened alone")
