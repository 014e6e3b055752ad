"""Templates of messages: what officers start from when they write to somebody."""
