"""Establishments and the authority's teams."""
