"""Forms and what people write in them."""
