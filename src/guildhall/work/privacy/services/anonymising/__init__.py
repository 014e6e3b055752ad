"""A copy of the whole database for a test or training system, in which nobody can be recognised."""
