"""The subcommands of `optout consent`, one a module."""
