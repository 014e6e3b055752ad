"""Income and expenditure of schools: the account statements that the council's finance team publishes each
month, and the financial returns that it asks for. Not the council's ledger, and not schools' invoices.
"""
