"""Closures that schools report: kept in their calendar, and told to the council's officers."""
