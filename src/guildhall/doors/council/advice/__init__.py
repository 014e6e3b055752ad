"""Information Requested on a child's involvement, at the council's door."""
