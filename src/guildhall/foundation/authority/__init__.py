"""The authority's name, look and settings, with the history of each. Not its words: those are in texts."""
