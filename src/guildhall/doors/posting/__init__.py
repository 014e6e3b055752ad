"""The officers' side of post: writing it for schools, publishing it, and seeing what became of it."""
