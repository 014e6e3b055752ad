"""The schools' list of pupils eligible for free school meals, and what schools ask to have changed in it."""
