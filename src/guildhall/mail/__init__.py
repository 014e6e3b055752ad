"""What the authority sends to people."""
