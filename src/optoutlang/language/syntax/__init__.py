"""Source text to a lossless syntax tree, and the tree back to one canonical layout."""
