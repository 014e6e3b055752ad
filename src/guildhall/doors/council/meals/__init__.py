"""Free school meals lists as the council's team keeps them: what schools ask, each list, and loading them."""
