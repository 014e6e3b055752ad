"""Information Requested: whom an officer asked for advice on a child, by when, and what came of it."""
