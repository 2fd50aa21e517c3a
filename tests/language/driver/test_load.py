"""Which files a ruleset reads, in what order, and what is said about those that it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from optoutlang.language.driver.load import Sources, load_bytes, load_path, load_text
from optoutlang.language.packs import pack_names, pack_path

STANDARD = "pack:standard/standard.optout"


def names(sources: Sources) -> list[str]:
    return [each.file.source.name for each in sources.loaded]


def found(sources: Sources) -> list[tuple[str, str]]:
    return [(each.code.slug, each.primary.place.rule) for each in sources.diagnostics]


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "root.optout"


def test_every_file_uses_the_standard_pack_and_the_root_is_last() -> None:
    assert names(load_text("", name="a")) == [STANDARD, "a"]
    assert names(load_path(pack_path("standard"))) == [STANDARD]


@pytest.mark.parametrize("pack", pack_names())
def test_a_pack_has_the_same_name_as_a_root_and_as_a_used_file(pack: str) -> None:
    name = f"pack:{pack}/{pack}.optout"
    assert names(load_path(pack_path(pack)))[-1] == name
    assert name in names(load_text(f'use "{pack}"', name="a"))


def test_the_order_of_use_does_not_matter(tmp_path: Path) -> None:
    parts = {"a.optout": 'use "us"', "b/c.optout": 'use "../a.optout"'}
    uses = ['use "./a.optout"', 'use "./b/c.optout"', 'use "ca"']
    one = load_path(write(tmp_path, {**parts, "root.optout": "\n".join(uses)}))
    other = load_path(write(tmp_path, {"root.optout": "\n".join(reversed(uses))}))
    assert names(one) == names(other)
    assert names(one)[-1] == "root.optout"
    assert names(one).index("a.optout") < names(one).index("b/c.optout")
    assert not one.diagnostics


def test_a_file_that_several_use_is_read_once(tmp_path: Path) -> None:
    files = {
        "root.optout": 'use "./a.optout" use "./b.optout"',
        "a.optout": 'use "./c.optout"',
        "b.optout": 'use "./c.optout"',
        "c.optout": "opt-out {",
    }
    sources = load_path(write(tmp_path, files))
    assert names(sources).count("c.optout") == 1
    assert found(sources) == [("unclosed-block", "c.optout:1")]


FAULTS = {
    "an unknown pack": ('use "uss"', "unknown-pack"),
    "a pack like no other": ('use "qqqqqqqqqqqq"', "unknown-pack"),
    "a repeated use": ('use "us" use "us"', "repeated-use"),
    "a path outside the folder": ('use "../a.optout"', "use-outside-folder"),
    "a way around outside": ('use "./b/../../a.optout"', "use-outside-folder"),
    "an absent file": ('use "./absent.optout"', "unreadable-use"),
    "a folder": ('use "./b/"', "unreadable-use"),
    "a path without its dot": ('use "a.optout"', "unreadable-use"),
    "an absolute path": ('use "/a.optout"', "unreadable-use"),
    "a NUL in a path": ('use "./\\u{0}.optout"', "unreadable-use"),
    "itself": ('use "./root.optout"', "use-cycle"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_used_is_reported_where_it_is_named(tmp_path: Path, fault: str) -> None:
    text, slug = FAULTS[fault]
    (tmp_path / "rules" / "b").mkdir(parents=True)
    sources = load_path(write(tmp_path / "rules", {"root.optout": text}))
    assert found(sources) == [(slug, "root.optout:1")]
    assert bool(names(sources)) == (slug != "use-cycle")


def test_a_link_out_of_the_folder_is_outside(tmp_path: Path) -> None:
    write(tmp_path, {"outside.optout": ""})
    root = write(tmp_path / "rules", {"root.optout": 'use "./link.optout"'})
    (root.parent / "link.optout").symlink_to(tmp_path / "outside.optout")
    assert found(load_path(root)) == [("use-outside-folder", "root.optout:1")]


def test_a_circle_of_links_cannot_be_read(tmp_path: Path) -> None:
    root = write(tmp_path, {"root.optout": 'use "./link.optout"'})
    (tmp_path / "link.optout").symlink_to("link.optout")
    assert found(load_path(root)) == [("unreadable-use", "root.optout:1")]
    with pytest.raises(OSError, match="link"):
        load_path(tmp_path / "link.optout")


def test_a_circle_shows_every_file_in_it(tmp_path: Path) -> None:
    files = {
        "root.optout": 'use "./a.optout"',
        "a.optout": 'use "./b.optout"',
        "b.optout": '\nuse "./a.optout"',
    }
    sources = load_path(write(tmp_path, files))
    (circle,) = sources.diagnostics
    assert circle.code.slug == "use-cycle"
    assert [each.place.rule for each in (circle.primary, *circle.related)] == [
        "a.optout:1",
        "b.optout:2",
    ]
    assert sources.loaded == ()


def test_a_near_pack_name_has_a_fix() -> None:
    (unknown,) = load_text('use "uss"', name="a").diagnostics
    assert unknown.fix is not None
    assert unknown.fix.edits[0].replacement == '"us"'
    (far,) = load_text('use "qqqqqqqqqqqq"', name="a").diagnostics
    assert far.fix is None


def test_a_text_without_a_folder_can_use_packs_alone(tmp_path: Path) -> None:
    write(tmp_path, {"a.optout": ""})
    text = 'use "./a.optout"'
    assert found(load_text(text, name="t")) == [("unreadable-use", "t:1")]
    assert "a.optout" in names(load_text(text, name="t", folder=tmp_path))
    assert "a.optout" in names(load_bytes(text.encode(), name="t", folder=tmp_path))


def test_bytes_that_are_not_utf8_make_no_ruleset(tmp_path: Path) -> None:
    sources = load_bytes(b"\xff", name="t")
    assert (sources.loaded, found(sources)) == ((), [("unreadable-character", "t:1")])
    (tmp_path / "a.optout").write_bytes(b"#\n\xff")
    used = load_path(write(tmp_path, {"root.optout": 'use "./a.optout"'}))
    assert found(used) == [("unreadable-character", "a.optout:2")]


def test_a_root_that_cannot_be_read_is_the_callers_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_path(tmp_path / "absent.optout")


def test_places_show_the_path_that_the_caller_gave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "rules", {"root.optout": 'use "./a.optout"', "a.optout": "x"})
    (wrong,) = load_path(Path("rules/root.optout")).diagnostics
    assert wrong.primary.place.source.path == "rules/a.optout"
