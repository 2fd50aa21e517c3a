"""Skeletons for the common changes of CONTRIBUTING.md."""
