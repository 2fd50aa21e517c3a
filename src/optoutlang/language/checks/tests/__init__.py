"""Checks of `test` blocks."""
