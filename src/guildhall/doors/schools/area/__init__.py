"""Our School Area: one page of everything that is personal to a school."""
