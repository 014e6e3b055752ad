"""Actions that officers give schools, at the council's door."""
