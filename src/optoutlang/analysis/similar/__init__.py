"""The suggester's training: from a ruleset, and messages that ask for nothing, to weights of n-grams."""
