"""Batch invoices as a school sends them: a file, its lines checked, the total, and what became of it."""
