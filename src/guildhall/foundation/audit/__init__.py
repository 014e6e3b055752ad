"""What happened and who looked: append-only and hash-chained. Not a log for programmers."""
