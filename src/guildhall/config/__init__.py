"""Settings, root addresses and the tables that name rooms above the code that reads them."""
