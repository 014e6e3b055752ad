"""Schools' batches of invoices as the council's finance team handles them, and the list of cost codes."""
