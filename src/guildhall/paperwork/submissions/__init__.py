"""Drafts that people fill in and sealed submissions that never change."""
