"""What tests of several parts begin with: rulesets from text, shipped packs, artefacts."""
