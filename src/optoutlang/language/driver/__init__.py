"""The order of the passes: load, parse, resolve names, check, compile."""
