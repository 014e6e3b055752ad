"""Faults thrown at a real portal while people use it, and what must be true afterwards.

A client's ledger decides what was acknowledged; ``invariants`` says what the portal holds. Every run
that must show nothing also has a control, a portal without the protection, that must show something.
"""
