"""The adults in the authority's records, and whose portal account is whose, as officers keep them."""
