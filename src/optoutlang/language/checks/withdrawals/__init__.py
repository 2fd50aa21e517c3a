"""Checks of what a file takes back: `remove` of texts, and exceptions."""
