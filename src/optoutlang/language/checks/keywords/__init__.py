"""Checks of keywords."""
