"""The Action Tracker at the schools' door."""
