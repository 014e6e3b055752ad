"""The officers' and administrators' door."""
