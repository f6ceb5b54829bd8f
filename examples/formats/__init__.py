"""How a document is written in each format; nothing here knows what it says."""
