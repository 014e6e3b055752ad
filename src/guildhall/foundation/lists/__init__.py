"""Lists of names that the authority keeps in an order of its own. Knows no list: rooms say what they hold."""
