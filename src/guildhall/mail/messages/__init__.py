"""Portal messages to people, templates, and the notification that one is waiting."""
