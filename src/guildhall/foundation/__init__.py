"""What every room stands on; it knows nothing of children, forms or councils' work."""
