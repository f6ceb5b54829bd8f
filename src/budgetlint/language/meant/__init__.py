"""What was meant by what cannot be read, and whether that works."""
