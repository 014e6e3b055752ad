"""Data collections as a school sees them: the collections, a file, what is wrong in it, and sending it on."""
