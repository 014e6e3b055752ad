"""File transfer at the schools' door: what came, what was sent, sending, and the lost pupils."""
