"""Checks of languages."""
