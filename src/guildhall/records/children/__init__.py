"""The authority's record of a child or young person."""
