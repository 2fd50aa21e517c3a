"""Error recovery: what is wrong where the grammar cannot go on, and how the parse goes on all the same."""
