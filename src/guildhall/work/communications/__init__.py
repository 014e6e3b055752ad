"""What was said to people about a case or a child, and whether it arrived, read from the rooms' evidence."""
