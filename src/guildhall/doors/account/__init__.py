"""Registering, signing in and My Account: the pages of an account, whichever door its owner uses."""
