"""Checks of classes, guards and frames."""
