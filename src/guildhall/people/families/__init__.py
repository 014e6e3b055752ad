"""The children a citizen has added to My Family, as the family wrote them. Not the authority's records."""
