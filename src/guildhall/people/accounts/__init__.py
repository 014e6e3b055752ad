"""One account per person: registration, sign-in, second step, sessions, own details."""
