"""Whom to telephone about a school when it is shut: kept by the school, read by the council. Not the accounts
of its users, and not its telephone number by day.
"""
