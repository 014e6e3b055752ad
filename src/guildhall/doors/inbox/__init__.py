"""Messages and notifications, at every door."""
