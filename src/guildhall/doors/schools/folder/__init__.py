"""The pages of My School Folder, and Change Access."""
