"""Whole files and the whole register at once, with Splink on DuckDB: learning weights and finding pairs.

Splink is an extra (``requirements/linkage.txt``); nothing of the portal while it runs needs it.
"""
