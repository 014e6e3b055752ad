"""Whom the council telephones when the school is shut, as the school keeps it."""
