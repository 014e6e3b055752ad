"""Whole files of children compared with each other, in memory, by the scorer that compares one child.

Nothing here reads or writes the authority's records.
"""
