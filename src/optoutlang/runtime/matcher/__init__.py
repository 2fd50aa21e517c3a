"""Compiled rules and the search in them: the run-time half, which needs pyahocorasick alone."""
