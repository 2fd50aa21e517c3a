"""The plan says of every module whether it is mutated, and if not, why."""

from __future__ import annotations

from tests.mutation.plan import SOURCE, parts, plan

MUTATED = {
    "language/compiler",
    "language/model",
    "language/reference",
    "runtime/canonical",
    "runtime/matcher",
    "runtime/program",
    "runtime/terms",
}


def test_every_module_is_mutated_or_left_out_for_a_reason() -> None:
    there = {path for folder in MUTATED for path in (SOURCE / folder).glob("*.py")}
    left_out = {SOURCE / path: reason for path, reason in plan()["left_out"].items()}
    mutated = {path for part in parts() for path in part.modules}

    assert mutated | left_out.keys() == there
    assert not mutated & left_out.keys()
    assert all(left_out.values())


def test_every_part_has_tests_that_are_there() -> None:
    found = list(parts())
    assert {part.name for part in found} == MUTATED
    for part in found:
        assert len(part.test_files()) >= len(part.tests)
