"""Downloads for every school, and the floor plans of one's own."""
