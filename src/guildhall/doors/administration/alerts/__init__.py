"""Alerts: their list, one of them, its recipients, and what it did."""
