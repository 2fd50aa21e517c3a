"""The checks of a ruleset that can be compiled: one module for each, and one list of them."""
