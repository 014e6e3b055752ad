"""The families' pages: front and home, My Family, choosing a person and a form, the authority's pages."""
