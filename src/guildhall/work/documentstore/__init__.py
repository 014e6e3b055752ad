"""Copies of approved forms and their files in the authority's own document store, where it wants them."""
