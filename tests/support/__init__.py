"""What tests with real processes stand on: a portal on a kind of database, and people who visit it."""
