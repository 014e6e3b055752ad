"""The dated entries of a child, each pointing at a mention."""
