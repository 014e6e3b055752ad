"""The counter: a finished draft is sealed and carried to the room its form names."""
