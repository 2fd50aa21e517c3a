"""The matrix of frames and languages: what people say to end messages, held against the packs."""
