"""Ordinary words of many languages, so that no typo of a keyword is one (docs/language.md §5).

The lists come from another project and have their own licence: data/README.md.
"""
