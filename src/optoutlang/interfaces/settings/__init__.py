"""Settings in TOML files, read with diagnostics that name place, reason and cure: a gateway's, and a project's."""
