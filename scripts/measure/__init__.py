"""Measurements: each figure is a ratio against a reference or a peer that ran in the same minutes."""
