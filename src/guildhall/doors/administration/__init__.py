"""General administration: where the authority runs its own portal."""
