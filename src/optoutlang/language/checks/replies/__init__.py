"""Checks of replies."""
