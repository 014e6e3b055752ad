"""The library and schedule of consent statements, and who is told of withdrawals.

What each person answered is in accounts.
"""
