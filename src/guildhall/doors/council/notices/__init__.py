"""Schools' notices as the council looks after them."""
