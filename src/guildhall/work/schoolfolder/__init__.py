"""My School Folder: the documents of a school, and who there may read or add them. Not for the council."""
