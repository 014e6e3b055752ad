"""Schools' invoices, sent to the council's finance team in batches: a file checked line by line, a control
total that must match, and what became of each batch. Not the council's ledger: nothing is paid here.
"""
