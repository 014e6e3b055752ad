"""Asking the Eligibility Checking Service about applications. Not deciding on them: officers do."""
