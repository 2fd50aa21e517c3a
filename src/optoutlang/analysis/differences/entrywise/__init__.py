"""Two rulesets compared entry by entry, for rules too large to search."""
