"""Data collections as the council sees them: who has not submitted, one return, and the census days."""
