"""Permission words, the role table, and the door that every view declares."""
