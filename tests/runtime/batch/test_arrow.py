"""A column means what its texts mean one by one, whatever its layout, with the compiled core and without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest

from optoutlang import Decision, Matcher
from optoutlang.language.compiler.from_model import from_model
from optoutlang.runtime import native
from optoutlang.runtime.batch import arrow
from optoutlang.runtime.batch.fields import ALL, NAMES
from tests.builders.packs import matcher as matcher_of_pack
from tests.builders.rulesets import program, ruleset_of
from tests.gate.texts import Texts

CASES = Path(__file__).parents[1] / "matcher" / "cases"
RULESETS = sorted(each.name for each in CASES.iterdir() if each.is_dir())
RULES = """
opt-out { phrases "stop texting" }
language es { opt-out { keywords BAJA reply "Listo." } }
country MX { opt-out { keywords CANCELAR } }
"""


@pytest.fixture(params=["core", "pure"])
def setting(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    name = str(request.param)
    if name == "core" and not native.IS_BUILT:
        pytest.skip("there is no compiled core: it needs a C compiler")
    monkeypatch.setenv(native.PURE, "" if name == "core" else "1")
    return name


@pytest.fixture
def rules(setting: str) -> Matcher:  # noqa: ARG001  # the matcher is made under it
    return Matcher(program(RULES))


def rows(decisions: list[Decision | None]) -> list[dict[str, object] | None]:
    """Return what a column holds for decisions, as their own JSON has it."""
    found: list[dict[str, object] | None] = []
    for each in decisions:
        if each is None:
            found.append(None)
            continue
        said: dict[str, object] = {"answer": None, **each.to_dict()}
        said["notes"] = [note.code.value for note in each.notes]
        found.append({name: said[name] for name in NAMES})
    return found


def layouts(texts: list[str | None]) -> Iterator[tuple[str, pa.Array | pa.ChunkedArray]]:
    """Yield columns of the same texts in every layout that is read."""
    plain = pa.array(texts, pa.string())
    padded = pa.array(["STOP", *texts, "STOP"], pa.string())
    yield "string", plain
    yield "large_string", plain.cast(pa.large_string())
    yield "string_view", pa.array(texts, pa.string_view())
    yield "dictionary", plain.dictionary_encode()
    yield "dictionary of large_string", plain.cast(pa.large_string()).dictionary_encode()
    yield "slice", padded.slice(1, len(texts))
    yield "slice of a dictionary", padded.dictionary_encode().slice(1, len(texts))
    yield "chunks", pa.chunked_array([plain.slice(0, 2), plain.slice(2, 0), plain.slice(2)])


def test_every_field_of_a_decision_is_a_column() -> None:
    decision = Matcher(program(RULES)).match("STOP")
    assert decision is not None
    assert {each.name for each in ALL} == {*decision.to_dict(), "answer"}


@pytest.mark.parametrize("name", RULESETS)
@pytest.mark.usefixtures("setting")
def test_fuzzed_columns_mean_what_their_texts_mean(name: str) -> None:
    ruleset = ruleset_of((f"{name}.optout", (CASES / name / "rules.optout").read_text("utf-8")))
    compiled = from_model(ruleset)
    random = Random(name)  # noqa: S311  # no secret
    made = Texts(compiled, random)
    matcher = Matcher(compiled)
    texts = [each.encode("utf-8", "replace").decode() for each in (made.text() for _ in range(400))]
    countries = [random.choice([None, "US", "MX", "mx", "DE", "XX"]) for _ in texts]

    found = arrow.match(matcher, pa.array(texts))
    abroad = arrow.match(matcher, pa.array(texts), country=pa.array(countries))

    assert found.to_pylist() == rows(matcher.match_many(texts))
    assert abroad.to_pylist() == rows(matcher.match_many(texts, countries=countries))


@pytest.mark.slow
@pytest.mark.usefixtures("setting")
def test_a_fuzzed_column_means_to_the_largest_pack_what_its_texts_mean() -> None:
    compiled = matcher_of_pack("world").program
    matcher = Matcher(compiled)
    made = Texts(compiled, Random(1))  # noqa: S311
    texts = [each.encode("utf-8", "replace").decode() for each in (made.text() for _ in range(500))]
    found = arrow.match(matcher, pa.array(texts), workers=2)
    assert found.to_pylist() == rows(matcher.match_many(texts))


def test_every_layout_of_a_column_gives_the_same(rules: Matcher) -> None:
    texts = ["STOP", None, "hello", "", "please stop texting me", "hello", None, "ＢＡＪＡ", "стоп"]
    expected = rows([None if each is None else rules.match(each) for each in texts])
    assert sum(each is not None for each in expected) == 3
    for name, column in layouts(texts):
        found = arrow.match(rules, column)
        assert found.to_pylist() == expected, name
        assert found.type == arrow.decision_type()
        assert isinstance(found, pa.ChunkedArray) is (name == "chunks")


def test_a_country_may_be_one_for_all_or_a_column_of_any_layout(rules: Matcher) -> None:
    texts: list[str | None] = ["CANCELAR"] * 6
    countries = ["MX", "US", None, "mx", "XX", "MX"]
    expected = rows([rules.match("CANCELAR", country=each) for each in countries])
    assert [each is not None for each in expected] == [True, False, False, True, False, True]
    for name, column in layouts(texts):
        for other, where in layouts([*countries]):
            assert arrow.match(rules, column, country=where).to_pylist() == expected, (name, other)
        assert arrow.match(rules, column, country="MX").null_count == 0


def test_a_language_may_be_one_for_all_or_a_column(rules: Matcher) -> None:
    texts, languages = ["STOP", "STOP", "STOP"], ["es", None, "not a tag"]
    expected = rows(rules.match_many(texts, languages=languages))
    assert [each["language"] for each in expected if each] == ["es", "en", "en"]
    found = arrow.match(rules, pa.array(texts), language=pa.array(languages))
    assert found.to_pylist() == expected
    assert arrow.match(rules, pa.array(texts), language="es").field("language")[2].as_py() == "es"


def test_a_country_that_is_none_is_noted_or_refused_in_whatever_row_it_stands(
    rules: Matcher,
) -> None:
    texts, where = pa.array(["hello", "STOP"]), pa.array(["Atlantis", "Atlantis"])
    found = arrow.match(rules, texts, country=where)
    assert found.to_pylist()[1]["notes"] == ["unknown-country"]
    with pytest.raises(ValueError, match="Atlantis"):
        arrow.match(rules, texts, country=where, strict=True)
    with pytest.raises(ValueError, match="Atlantis"):
        arrow.match(rules, texts, country="Atlantis", strict=True)
    with pytest.raises(ValueError, match="no tag"):
        arrow.match(rules, texts, language=pa.array(["no tag", None]), strict=True)


def test_parts_and_threads_change_nothing(rules: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["STOP", "hello", "CANCELAR", None, "BAJA"] * 20
    where = pa.array(["MX", None, "MX", "US", "MX"] * 20)
    column = pa.chunked_array([pa.array(texts[:37]), pa.array(texts[37:])])
    whole = arrow.match(rules, column, country=where)
    monkeypatch.setattr(arrow, "ROWS", 7)
    assert arrow.match(rules, column, country=where).to_pylist() == whole.to_pylist()
    assert arrow.match(rules, column, country=where, workers=3).to_pylist() == whole.to_pylist()


@pytest.mark.parametrize("is_encoded", [False, True])
def test_each_different_text_of_a_part_is_decided_once(
    rules: Matcher, monkeypatch: pytest.MonkeyPatch, *, is_encoded: bool
) -> None:
    asked: list[str] = []
    match = Matcher.match

    def counted(self: Matcher, text: str, **options: str | None) -> Decision | None:
        asked.append(text)
        return match(self, text, **options)  # type: ignore[arg-type]

    column = pa.array(["STOP", "BAJA", "stop texting", "STOP"] * 500)
    monkeypatch.setattr(Matcher, "match", counted)
    found = arrow.match(rules, column.dictionary_encode() if is_encoded else column)
    assert found.null_count == 0
    assert sorted(asked) == ["BAJA", "STOP", "stop texting"]


def test_fields_are_chosen_by_name(rules: Matcher) -> None:
    found = arrow.match(rules, pa.array(["STOP", "hi"]), fields=("certain", "action"))
    assert found.type == pa.struct([("certain", pa.bool_()), ("action", pa.string())])
    assert found.to_pylist() == [{"certain": True, "action": "opt-out"}, None]
    for wrong in (("verdict",), (), ("action", "action")):
        with pytest.raises(ValueError, match="field"):
            arrow.match(rules, pa.array(["STOP"]), fields=wrong)


def test_bytes_that_are_no_utf8_are_read_as_replacement_characters(rules: Matcher) -> None:
    broken = [b"STOP", b"\xff stop texting", b"STO\xffP", b"\xed\xa0\x80", b"\xc3", b"\xf8\x88\x80"]
    for binary, text in ((pa.binary(), pa.string()), (pa.large_binary(), pa.large_string())):
        found = arrow.match(rules, pa.array(broken, binary).view(text))
        assert found.to_pylist() == rows(
            rules.match_many([each.decode("utf-8", "replace") for each in broken])
        )
        assert found.is_valid().to_pylist() == [True, True, True, False, False, False]


def test_columns_without_rows_or_texts_are_read(rules: Matcher) -> None:
    assert len(arrow.match(rules, pa.array([], pa.string()))) == 0
    assert len(arrow.match(rules, pa.chunked_array([], pa.string()))) == 0
    assert arrow.match(rules, pa.nulls(3)).null_count == 3
    assert arrow.match(rules, pa.nulls(3, pa.string())).null_count == 3
    nothing = pa.array([None, None], pa.dictionary(pa.int8(), pa.string()))
    assert arrow.match(rules, nothing).null_count == 2


def test_what_is_no_column_of_text_is_refused_by_name(rules: Matcher) -> None:
    with pytest.raises(TypeError, match="`texts` is a column of int64"):
        arrow.match(rules, pa.array([1]))
    with pytest.raises(TypeError, match="`texts` is no column of Arrow but list"):
        arrow.match(rules, ["STOP"])
    with pytest.raises(TypeError, match="`country` is a column of bool"):
        arrow.match(rules, pa.array(["STOP"]), country=pa.array([True]))
    with pytest.raises(ValueError, match="`language` has 2 rows, and `texts` has 1"):
        arrow.match(rules, pa.array(["STOP"]), language=pa.array(["en", "es"]))


def test_batches_get_one_column_more(rules: Matcher) -> None:
    table = pa.table(
        {"body": ["STOP", "CANCELAR", "hi"], "where": ["US", None, "MX"], "id": [1, 2, 3]}
    )
    found = pa.Table.from_batches(
        arrow.match_batches(
            rules,
            table.to_batches(max_chunksize=2),
            text="body",
            country_column="where",
            country="MX",
            output="said",
            fields=["action"],
        )
    )
    assert found.column_names == ["body", "where", "id", "said"]
    assert found["said"].to_pylist() == [{"action": "opt-out"}, {"action": "opt-out"}, None]
    with pytest.raises(KeyError, match="no columns are `text`; there are `body`, `where`, `id`"):
        list(arrow.match_batches(rules, table.to_batches()))


def test_rules_may_be_an_artefact_or_its_path(rules: Matcher, tmp_path: Path) -> None:
    data, path = rules.to_bytes(), tmp_path / "rules.optoutc"
    path.write_bytes(data)
    for given in (data, path, str(path)):
        assert arrow.match(given, pa.array(["STOP"])).null_count == 0
    with pytest.raises(ValueError, match=r"`us` is no artefact; .*optoutlang.load\('us'\)"):
        arrow.match("us", pa.array(["STOP"]))
