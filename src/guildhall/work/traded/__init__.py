"""My Traded Services: what the council sells to schools, and what schools ask about it. No orders."""
