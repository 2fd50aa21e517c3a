"""Adequacy of the test cases of a ruleset: coverage and mutants of the rules (docs/testing-rules.md)."""
