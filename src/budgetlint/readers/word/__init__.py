"""Word packages: paragraphs with their printed numbers, tables with their spans."""
