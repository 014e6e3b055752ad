"""Keeping what schools download, and the floor plans of each school."""
