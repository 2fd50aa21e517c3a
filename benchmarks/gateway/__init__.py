"""The gateway beside bare routes, under load."""
