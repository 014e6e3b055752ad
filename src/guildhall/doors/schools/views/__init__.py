"""What the schools' door shows."""
