"""Kills of a gateway under load."""
