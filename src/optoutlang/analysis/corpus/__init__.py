"""Many messages at once: read from files, decided, counted and compared."""
