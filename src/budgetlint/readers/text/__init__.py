"""Plain text: markup taken off, tables found by tabs, pipes or alignment."""
