"""Ordinary words of many languages, so that no typo of a keyword is one (docs/language.md §5).

The lists are data of others, under a licence of their own: data/README.md.
"""
