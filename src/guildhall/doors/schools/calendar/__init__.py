"""The school's calendar, what the school keeps of it itself, and its closures."""
