"""Activities and Events: what schools offer and announce to one another. No post of the council."""
