"""The gate between the compiled core and the steps in Python: one meaning, whatever is fuzzed (docs/decisions/0020)."""
