"""Lists of people in and out: what providers' files mean, and imports and exports that stream."""
