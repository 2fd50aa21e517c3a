"""Stores for the consent engine, behind one port."""
