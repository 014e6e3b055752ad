"""Batch invoices as a school sends them: a file, its lines checked, the control total, and what became of it."""
