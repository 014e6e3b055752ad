"""What the authority knows about children, and how an incoming child is tied to it."""
