"""What the example documents say: figures, tables, texts, and the errors planted in them."""
