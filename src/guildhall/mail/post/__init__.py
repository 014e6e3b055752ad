"""What the authority posts to its schools, by responsibility and sensitivity, and what schools do with it."""
