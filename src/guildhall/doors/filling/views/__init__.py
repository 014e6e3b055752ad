"""One stretch of the way each: starting, stepping, filing, checking, sending, lists."""
