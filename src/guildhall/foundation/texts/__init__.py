"""The words of the portal in English and Welsh, by area and key, with the authority's own overrides."""
