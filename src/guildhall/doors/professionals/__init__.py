"""The professionals' door."""
