"""The model: the statements of all sources, names resolved, each with its file, scope and place."""
