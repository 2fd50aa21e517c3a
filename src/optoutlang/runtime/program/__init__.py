"""Compiled rules as plain data: the program, its contexts, and the artefact that carries it."""
