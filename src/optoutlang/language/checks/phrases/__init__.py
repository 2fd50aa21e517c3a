"""Checks of phrases."""
