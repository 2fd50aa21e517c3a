"""How much the test cases of a ruleset say: coverage and mutants of the rules (docs/testing-rules.md)."""
