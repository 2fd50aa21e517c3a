"""The words that every part uses: actions, countries, languages, decisions."""
