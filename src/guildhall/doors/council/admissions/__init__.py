"""Rounds of admissions as the council's team keeps them: numbers, each school's list, and loading them."""
