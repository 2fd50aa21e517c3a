"""Speed: definitions, what they are run with, records of the results, and the page docs/performance.md."""
