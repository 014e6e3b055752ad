"""Filling in a form, at whichever door: start, steps, files, summary, receipt."""
