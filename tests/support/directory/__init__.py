"""A small council directory: a real OpenID Connect provider in a process of its own."""
