"""Schools' income and expenditure as the council's finance team keeps it: statements and returns."""
