"""What one printed line or cell is, told once."""
