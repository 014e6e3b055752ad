"""Traded services as the council keeps them: the catalogue, and what schools ask."""
