"""Work that must happen after a commit: leased rows, a worker, email. Not a general queue."""
