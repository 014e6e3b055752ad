"""The door of schools and settings."""
