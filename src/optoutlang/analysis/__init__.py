"""Questions about whole rulesets, answered exactly.

`proofs`: what is certain about one ruleset. `differences`: what changes between
two. `adequacy`: what the test cases of a ruleset reach, and which slips of the
pen they would notice.
"""
