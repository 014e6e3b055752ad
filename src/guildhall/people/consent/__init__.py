"""The library and schedule of consent statements, withdrawals, who is told of them, and who wants email.

The published statements and what each person answered to them are in accounts.
"""
