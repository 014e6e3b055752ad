"""Guildhall: one portal for everyone around a child."""
