"""The run-time half: what an application embeds. It needs pyahocorasick alone."""
