"""Mentions of a child, the scorer, and decisions that tie a mention to a record."""
