"""Documents and tools that the council offers to schools, and each school's floor plans."""
