"""What officers do with what arrives."""
