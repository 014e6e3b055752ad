"""The adults in the authority's records, and which of them a portal account belongs to. Not the accounts."""
